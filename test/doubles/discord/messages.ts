import { MessageFlags } from "discord.js";
import { everyComponent } from "./component-rules.ts";
import { isJson, type Json, objectsIn, textIn } from "./form.ts";
import type { Ping, SeenAttachment } from "./handles.ts";

/** A message, with who may see it. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly at: number;
  readonly type: number;
  /** Null where everybody in the channel sees it; otherwise the only member who does. */
  readonly visibleTo: string | null;
  readonly replyTo: string | null;
  readonly nonce: string | number | null;
  /** The interaction that it answers. */
  readonly interaction: { readonly id: string; readonly memberId: string; readonly type: number } | null;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  attachments: readonly SeenAttachment[];
  flags: number;
  editedAt: number | null;
  edits: number;
  mentions: readonly string[];
  mentionsEveryone: boolean;
  mentionedRoles: readonly string[];
}

export const isEphemeral = ({ visibleTo }: Message): boolean => visibleTo !== null;
export const isThinking = ({ flags }: Message): boolean => (flags & MessageFlags.Loading) !== 0;

/** Discord numbers components; clients that walk them rely on it. */
const numbered = (components: readonly Json[]): readonly Json[] => {
  let id = 0;
  const number = (component: Json): Json => {
    id += 1;
    const own = { id, ...component };
    return {
      ...own,
      ...(Array.isArray(component.components)
        ? { components: objectsIn(component.components).map(number) }
        : {}),
      ...(isJson(component.accessory) ? { accessory: number(component.accessory) } : {}),
    };
  };
  return components.map(number);
};

/** Every word that mentions are read from: embeds never mention. */
const mentioningText = (content: string, components: readonly Json[]): string =>
  [content, ...everyComponent(components).map((component) => textIn(component.content))].join("\n");

/** Whom a body mentions, and whom of them `allowed_mentions` lets it ring. */
export function pingsOf(body: Json, use: "message" | "interaction", messageId: string): Ping {
  const text = mentioningText(textIn(body.content), objectsIn(body.components));
  const allowed = isJson(body.allowed_mentions)
    ? body.allowed_mentions
    : { parse: use === "message" ? ["users", "roles", "everyone"] : ["users"] };
  const parse = Array.isArray(allowed.parse) ? allowed.parse : [];
  const listed = (kind: string): readonly unknown[] => (Array.isArray(allowed[kind]) ? allowed[kind] : []);
  const named = (pattern: RegExp, kind: string) =>
    [...new Set([...text.matchAll(pattern)].map(([, id = ""]) => id))].filter(
      (id) => parse.includes(kind) || listed(kind).includes(id),
    );
  return {
    messageId,
    everyone: /@(?:everyone|here)/.test(text) && parse.includes("everyone"),
    users: named(/<@!?(\d{1,20})>/g, "users"),
    roles: named(/<@&(\d{1,20})>/g, "roles"),
  };
}

export const isRinging = ({ everyone, users, roles }: Ping): boolean =>
  everyone || users.length > 0 || roles.length > 0;

/** Puts into a message what a body says; what it leaves out stays. */
export function write(message: Message, body: Json, files: readonly SeenAttachment[]): void {
  if (body.content !== undefined) message.content = textIn(body.content).trim();
  if (body.embeds !== undefined) message.embeds = objectsIn(body.embeds);
  if (body.components !== undefined) message.components = numbered(objectsIn(body.components));
  const listed = body.attachments === undefined ? null : objectsIn(body.attachments);
  const kept =
    listed === null
      ? message.attachments
      : message.attachments.filter(({ id }) => listed.some((each) => String(each.id) === id));
  message.attachments = [...kept, ...files];
  if (typeof body.flags === "number") message.flags |= body.flags & ~MessageFlags.Ephemeral;
}

/** All messages, and who sees which. */
export class Messages {
  readonly #all = new Map<string, Message>();

  add(message: Message): void {
    this.#all.set(message.id, message);
  }

  get(id: string): Message | undefined {
    return this.#all.get(id);
  }

  remove(id: string): void {
    this.#all.delete(id);
  }

  removeChannel(channelId: string): void {
    for (const { id, channelId: of } of [...this.#all.values()]) if (of === channelId) this.#all.delete(id);
  }

  /** What somebody sees in a channel, oldest first; null for what is there for all. */
  seenBy(memberId: string | null, channelId: string): readonly Message[] {
    return [...this.#all.values()]
      .filter(
        (each) => each.channelId === channelId && (each.visibleTo === null || each.visibleTo === memberId),
      )
      .toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  }
}
