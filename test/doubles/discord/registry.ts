import { ApplicationCommandType } from "discord.js";
import { type Json, objectsIn, textIn } from "./form.ts";

export interface Registered {
  readonly id: string;
  readonly guildId: string | null;
  readonly body: Json;
}

const typeOf = ({ body }: Registered): unknown => body.type ?? ApplicationCommandType.ChatInput;

export const commandJson = (botId: string, { id, guildId, body }: Registered): Json => ({
  version: id,
  default_member_permissions: null,
  dm_permission: true,
  nsfw: false,
  contexts: null,
  integration_types: [0],
  name_localizations: null,
  description: "",
  description_localizations: null,
  type: ApplicationCommandType.ChatInput,
  ...body,
  id,
  application_id: botId,
  ...(guildId === null ? {} : { guild_id: guildId }),
});

/** The registered commands. */
export class Registry {
  #commands: readonly Registered[] = [];
  readonly #nextId: () => string;

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  in(guildId: string | null): readonly Registered[] {
    return this.#commands.filter((each) => each.guildId === guildId);
  }

  /** Puts commands in the place of those with the same name and type; a name that stays keeps its id. */
  put(guildId: string | null, bodies: readonly Json[], keepOthers: boolean): readonly Registered[] {
    const old = this.in(guildId);
    const registered = bodies.map((body): Registered => {
      const same = old.find((each) => each.body.name === body.name && typeOf(each) === (body.type ?? 1));
      return { id: same?.id ?? this.#nextId(), guildId, body };
    });
    const ids = new Set(registered.map(({ id }) => id));
    this.#commands = [
      ...this.#commands.filter((each) => each.guildId !== guildId || (keepOthers && !ids.has(each.id))),
      ...registered,
    ];
    return registered;
  }

  remove(id: string): boolean {
    const before = this.#commands.length;
    this.#commands = this.#commands.filter((each) => each.id !== id);
    return this.#commands.length < before;
  }

  /** The command that a member sees there; the guild's own before the global one. */
  find(guildId: string | null, name: string, type: number): Registered | undefined {
    const fits = (each: Registered) => textIn(each.body.name) === name && typeOf(each) === type;
    return (guildId === null ? undefined : this.in(guildId).find(fits)) ?? this.in(null).find(fits);
  }

  list(): readonly { readonly name: string; readonly type: number; readonly guildId: string | null }[] {
    return this.#commands.map((each) => ({
      name: textIn(each.body.name),
      type: Number(typeOf(each)),
      guildId: each.guildId,
    }));
  }
}

/** The options below a path of subcommands. */
export function optionsAt(command: Json, path: readonly string[]): readonly Json[] {
  const [name, ...rest] = path;
  const options = objectsIn(command.options);
  if (name === undefined) return options;
  const next = options.find((option) => option.name === name);
  if (next === undefined) throw new Error(`/${textIn(command.name)} has no subcommand ${name}`);
  return optionsAt(next, rest);
}
