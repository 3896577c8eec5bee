import type { MemberId, TenantId } from "./ids.ts";
import type { Locale } from "./language.ts";
import type { Reply } from "./reply.ts";

/**
 * What became of a message to one member: `sent`, by this call or by an earlier one with its key; `not-taken` where the
 * member takes no such messages, has left, or the platform has none. That is a normal outcome, and final.
 */
export type DirectMessageOutcome = "sent" | "not-taken";

/** Speaks to one member alone, without having been asked. */
export interface DirectMessages {
  /**
   * Sends a private reply to a member. Its buttons belong to that tenant wherever they are pressed.
   *
   * @param key at most 200 characters: the same key twice is one message, also from two processes
   * @param locale the language that the reply is written in
   * @throws where it may or may not have been sent: the caller asks again with the same key
   */
  send(
    tenant: TenantId,
    member: MemberId,
    reply: Reply,
    key: string,
    locale: Locale,
  ): Promise<DirectMessageOutcome>;
}
