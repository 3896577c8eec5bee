import { ApplicationCommandOptionType, ApplicationCommandType } from "discord.js";
import { type Json, objectsIn, textIn } from "./form.ts";
import type { Front } from "./front.ts";
import type { FileToSend, OptionValue } from "./handles.ts";
import { attachmentJson, memberJson, userJson } from "./message-json.ts";
import { optionsAt, type Registered } from "./registry.ts";
import { memberBits, type Person, type Room } from "./world.ts";

type Values = Readonly<Record<string, OptionValue>>;

interface Input {
  readonly data: Json;
  readonly focusedType: number;
}

/** The command as this member sees it there; throws where the member does not. */
export function visibleCommand(
  front: Front,
  person: Person,
  room: Room,
  name: string,
  type: ApplicationCommandType,
): Registered {
  const command = front.registry.find(room.guildId, name, type);
  if (command === undefined) throw new Error(`no command ${name} is registered here`);
  const { contexts, dm_permission, default_member_permissions } = command.body;
  const isDirect = room.guildId === null;
  if (isDirect && (dm_permission === false || (Array.isArray(contexts) && !contexts.includes(1))))
    throw new Error(`/${name} is not offered in direct messages`);
  const needed = default_member_permissions == null ? 0n : BigInt(String(default_member_permissions));
  if (!isDirect && (default_member_permissions === "0" || (memberBits(person) & needed) !== needed))
    throw new Error(`/${name} is not offered to ${person.name}, who lacks a permission`);
  return command;
}

const isFile = (value: OptionValue): value is FileToSend => typeof value === "object";

function checked(option: Json, value: OptionValue, isTyping: boolean): string | number | boolean {
  const name = textIn(option.name);
  const refuse = (why: string): never => {
    throw new Error(`Discord does not send ${name}=${String(value)}: ${why}`);
  };
  if (isFile(value)) return refuse("a file");
  const { type, min_value, max_value, min_length, max_length } = option;
  const choices = objectsIn(option.choices);
  if (isTyping) return String(value);
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    return refuse("no such choice");
  switch (type) {
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number:
      if (typeof value !== "number") return refuse("not a number");
      if (type === ApplicationCommandOptionType.Integer && !Number.isSafeInteger(value))
        return refuse("not whole");
      if (typeof min_value === "number" && value < min_value) return refuse(`less than ${min_value}`);
      if (typeof max_value === "number" && value > max_value) return refuse(`more than ${max_value}`);
      return value;
    case ApplicationCommandOptionType.Boolean:
      return typeof value === "boolean" ? value : refuse("not true or false");
    default:
      if (typeof value !== "string") return refuse("not a text");
      if (type === ApplicationCommandOptionType.String && value.length > Number(max_length ?? 6000))
        return refuse("too long");
      if (type === ApplicationCommandOptionType.String && value.length < Number(min_length ?? 0))
        return refuse("too short");
      return value;
  }
}

/** What the ids among the options stand for. */
function resolved(front: Front, room: Room, options: readonly Json[], files: Json): Json {
  const { world } = front;
  const idsOf = (...types: readonly ApplicationCommandOptionType[]) =>
    options.filter(({ type }) => types.includes(Number(type))).map(({ value }) => String(value));
  const people = idsOf(ApplicationCommandOptionType.User, ApplicationCommandOptionType.Mentionable);
  const entries = (ids: readonly string[], make: (id: string) => Json) =>
    Object.fromEntries(ids.map((id) => [id, make(id)]));
  const parts: Json = {
    attachments: files,
    users: entries(people, (id) => userJson(world, id)),
    members: entries(people, (id) => ({
      ...memberJson(world.people.get(id) ?? { roles: [] }),
      permissions: "0",
    })),
    channels: entries(idsOf(ApplicationCommandOptionType.Channel), (id) => channelJson(front, id)),
    roles: entries(idsOf(ApplicationCommandOptionType.Role), (id) => roleJson(front, room, id)),
  };
  return Object.fromEntries(
    Object.entries(parts).filter(([, part]) => Object.keys(part as object).length > 0),
  );
}

export function channelJson({ world }: Front, id: string): Json {
  const room = world.rooms.get(id);
  if (room === undefined) throw new Error(`there is no channel ${id} to pick`);
  return { id, name: room.name, type: room.type, permissions: "0", parent_id: room.parentId };
}

export function roleJson({ world }: Front, room: Room, id: string): Json {
  const roles = [...(world.guilds.get(room.guildId ?? "")?.roles ?? [])];
  const [name] = roles.find(([, known]) => known === id) ?? [];
  if (name === undefined) throw new Error(`there is no role ${id} to pick`);
  return {
    id,
    name,
    color: 0,
    hoist: false,
    position: 1,
    permissions: "0",
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** What Discord's client sends for `words` (a command and its subcommands) with these values. */
export function commandInput(
  front: Front,
  person: Person,
  room: Room,
  words: string,
  values: Values,
  focused: string | null,
): Input {
  const [name = "", ...path] = words.replace(/^\//, "").split(" ");
  const command = visibleCommand(front, person, room, name, ApplicationCommandType.ChatInput);
  const registered = optionsAt(command.body, path);
  const unknown = Object.keys(values).find((key) => !registered.some((option) => option.name === key));
  if (unknown !== undefined) throw new Error(`/${words} has no option ${unknown}`);
  const files: Record<string, Json> = {};
  const options = registered.flatMap((option) => {
    const key = textIn(option.name);
    const value = values[key];
    if (value === undefined) {
      if (option.required === true && focused === null) throw new Error(`/${words} needs ${key}`);
      return [];
    }
    const { type } = option;
    if (isFile(value) && type === ApplicationCommandOptionType.Attachment) {
      const attachment = front.cdn.add(front.nextId(), room.id, value, null);
      files[attachment.id] = { ...attachmentJson(attachment), ephemeral: true };
      return [{ name: key, type, value: attachment.id }];
    }
    if (key === focused && option.autocomplete !== true) throw new Error(`${key} has no autocomplete`);
    return [
      {
        name: key,
        type,
        value: checked(option, value, key === focused),
        ...(key === focused ? { focused: true } : {}),
      },
    ];
  });
  const nested = path.reduceRight<readonly Json[]>(
    (inner, part, depth) => [{ name: part, type: depth === path.length - 1 ? 1 : 2, options: inner }],
    options,
  );
  const known = resolved(front, room, options, files);
  return {
    focusedType: Number(registered.find((option) => option.name === focused)?.type ?? 3),
    data: {
      id: command.id,
      name,
      type: ApplicationCommandType.ChatInput,
      ...(command.guildId === null ? {} : { guild_id: command.guildId }),
      ...(nested.length > 0 ? { options: nested } : {}),
      ...(Object.keys(known).length > 0 ? { resolved: known } : {}),
    },
  };
}
