import type { ChannelId, Instant, MemberId, SubmissionId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Request } from "#core/request";

/** Who sits at this machine. Whoever has its keyboard has its data file too, so they may do everything. */
export interface Identity {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly member: MemberId;
}

export interface Sent {
  readonly text: string;
  readonly locale: Locale;
  readonly at: Instant;
  readonly submission: SubmissionId;
}

/** `/vram 7b` as [`vram`, `7b`], with the slash of a Chinese keyboard too; null for plain text. */
export function commandIn(text: string): readonly [string, string] | null {
  const parts = /^[/／]([^\s/／]{1,40})(?:\s([\s\S]*))?$/u.exec(text);
  return parts === null ? null : [(parts[1] ?? "").toLowerCase(), parts[2] ?? ""];
}

/** What was typed as a request; text without a command is an answer. */
export function requestFrom(identity: Identity, sent: Sent): Request {
  const [command, text] = commandIn(sent.text) ?? ["answer", sent.text];
  return {
    ...identity,
    role: "admin",
    locale: sent.locale,
    command,
    input: { kind: "text", text },
    sentAt: sent.at,
    submission: sent.submission,
  };
}
