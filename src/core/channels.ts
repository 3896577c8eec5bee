import type { ChannelId, SubmissionId, TenantId } from "./ids.ts";
import type { Sentence } from "./refusal.ts";
import type { Reply } from "./reply.ts";

/** Speaks in a channel that a command was not sent from. */
export interface Channels {
  /**
   * The tenant's own channel that somebody named: by its id, or as the platform writes a link to it.
   *
   * @throws Refusal where the tenant has no such channel, or none that can hold a daily post
   */
  find(tenant: TenantId, named: string): Promise<ChannelId>;
  /** What keeps the bot from posting there, and who can mend it; null where nothing does that is known. */
  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null;
  /** The channel as its members know it; its id where nobody says. */
  nameOf?(tenant: TenantId, channel: ChannelId): Promise<string>;
  /**
   * @param submission what asked for it: delivered twice, it is posted once
   * @throws Refusal that says what is missing where the bot may not post there
   */
  post(tenant: TenantId, channel: ChannelId, reply: Reply, submission: SubmissionId): Promise<void>;
}
