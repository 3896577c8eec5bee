import type { ChannelId, Instant, TenantId } from "./ids.ts";
import type { Sentence } from "./refusal.ts";
import type { Reply } from "./reply.ts";

/** A thread of a channel, in which a group does something together. */
export interface Stage {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  /** As the platform names it. */
  readonly thread: string;
}

/** What makes a call one and the same, however often and by however many processes it is made. */
export interface Once {
  /** No other call's of the tenant; at most 200 characters. */
  readonly key: string;
  /** When the call was decided: nothing with its key can be older. */
  readonly since: Instant;
}

/** A thread that was opened, with its first message. */
export interface Opened {
  readonly thread: string;
  readonly message: string;
}

/**
 * Puts messages before the people of a thread. Any error means that a message may or may not stand there, and that the
 * call may be made again with the same key; except `PostRefused` (of `ports.ts`): it does not, and never will.
 */
export interface Stages {
  /** What keeps the bot from opening threads in the channel, and who can mend it; null where nothing does that is known. */
  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null;
  /**
   * Opens a thread with its first message, whose buttons bring members in: it stands where the whole channel sees it,
   * as far as the platform allows that.
   *
   * @param title at most 80 characters, plain text
   */
  open(tenant: TenantId, channel: ChannelId, title: string, first: Reply, once: Once): Promise<Opened>;
  /** Posts into the thread; returns the platform's id of the message. */
  post(stage: Stage, reply: Reply, once: Once): Promise<string>;
  /**
   * Brings a message of the thread up to date, the first one included; one that is gone is left so. What it is to say is
   * read when it is written, and once more afterwards: of any number who do so at once, in any process, the last state
   * stays. Edits of one message are paced and run together; resolves when it says what it should.
   *
   * @param read what the message is to say as things stand now; null leaves it as it is
   */
  edit(stage: Stage, message: string, read: () => Promise<Reply | null>): Promise<void>;
}
