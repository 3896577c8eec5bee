import type { DirectMessageOutcome, DirectMessages } from "#core/direct-messages";
import type { MemberId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";

export interface SentMessage {
  readonly member: MemberId;
  readonly reply: Reply;
  readonly key: string;
  readonly locale: Locale;
}

/** Direct messages that a test reads; the same key is one message, as the port promises. */
export class RecordedMessages implements DirectMessages {
  readonly sent: SentMessage[] = [];
  /** How often anybody asked for a message to be sent. */
  calls = 0;
  /** Those who take none. */
  readonly closed = new Set<string>();
  /** What the next calls fail with, before (`lost`) or after (`unsure`) the message went out. */
  readonly failures: ("lost" | "unsure")[] = [];

  async send(
    tenant: string,
    member: MemberId,
    reply: Reply,
    key: string,
    locale: Locale,
  ): Promise<DirectMessageOutcome> {
    this.calls += 1;
    if (this.closed.has(member)) return "not-taken";
    const failure = this.failures.shift();
    if (failure === "lost") throw new Error("the platform did not answer");
    const name = `${tenant}/${member}/${key}`;
    if (!this.sent.some((one) => one.key === name)) this.sent.push({ member, reply, key: name, locale });
    if (failure === "unsure") throw new Error("the platform's answer was lost");
    return "sent";
  }
}
