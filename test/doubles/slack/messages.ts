import type { Json } from "./json.ts";
import { textIn } from "./json.ts";

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly alt: string | null;
  readonly mimetype: string;
  readonly size: number;
  readonly url: string;
  readonly bytes: Uint8Array;
  /** When it was there, ms since 1970. */
  readonly at: number;
}

/** A message as the service keeps it. */
export interface Message {
  readonly ts: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  /** null: the app's bot. */
  readonly authorId: string | null;
  /** Whom alone it is for; null for a message of the channel. */
  readonly visibleTo: string | null;
  readonly files: readonly StoredFile[];
  /** In a thread, and shown in the channel too. */
  readonly broadcast: boolean;
  text: string;
  blocks: readonly Json[];
  attachments: readonly Json[];
  metadata: Json | null;
  edits: number;
  editedTs: string | null;
}

/** What a channel's messages are, in the order in which they came. */
export class Messages {
  readonly #byChannel = new Map<string, Map<string, Message>>();
  /** Those for one member alone, by channel. */
  readonly #own = new Map<string, Set<Message>>();
  /** emulate's own timestamp of a message. */
  readonly emulateTs = new Map<string, string>();

  key = (channelId: string, ts: string): string => `${channelId}/${ts}`;

  add(message: Message): Message {
    const { channelId, ts, visibleTo } = message;
    const there = this.#byChannel.get(channelId) ?? new Map<string, Message>();
    this.#byChannel.set(channelId, there.set(ts, message));
    if (visibleTo !== null) {
      const key = this.key(visibleTo, channelId);
      this.#own.set(key, (this.#own.get(key) ?? new Set()).add(message));
    }
    return message;
  }

  get(channelId: string, ts: string): Message | undefined {
    return this.#byChannel.get(channelId)?.get(ts);
  }

  remove(message: Message): void {
    const { channelId, ts, visibleTo } = message;
    this.#byChannel.get(channelId)?.delete(ts);
    if (visibleTo !== null) this.#own.get(this.key(visibleTo, channelId))?.delete(message);
  }

  in(channelId: string): readonly Message[] {
    return [...(this.#byChannel.get(channelId)?.values() ?? [])];
  }

  /** The ones for this member alone. */
  ephemeral(memberId: string, channelId: string): readonly Message[] {
    return [...(this.#own.get(this.key(memberId, channelId)) ?? [])];
  }

  seenBy(memberId: string, channelId: string): readonly Message[] {
    return this.in(channelId).filter(({ visibleTo }) => visibleTo === null || visibleTo === memberId);
  }

  /** What reloading Slack takes away. */
  forgetEphemeral(memberId: string): void {
    for (const channelId of this.#byChannel.keys())
      for (const message of this.ephemeral(memberId, channelId)) this.remove(message);
  }
}

/** Gives blocks and the elements in them the ids that Slack makes up where the app gave none. */
export function withIds(blocks: readonly Json[], nextId: () => string): readonly Json[] {
  const element = (value: unknown): unknown =>
    typeof value === "object" && value !== null && needsId(value as Json)
      ? { ...value, action_id: nextId() }
      : value;
  return blocks.map((block) => ({
    ...block,
    block_id: textIn(block.block_id) || nextId(),
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(element) } : {}),
    ...(block.accessory === undefined ? {} : { accessory: element(block.accessory) }),
    ...(block.element === undefined ? {} : { element: element(block.element) }),
  }));
}

const passive = /^(?:image|plain_text|mrkdwn|rich_text_\w+)$/;

const needsId = ({ type, action_id }: Json): boolean =>
  action_id === undefined && typeof type === "string" && !passive.test(type);
