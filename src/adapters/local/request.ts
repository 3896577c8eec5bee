import type { ChannelId, Instant, MemberId, SubmissionId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Action, Reply } from "#core/reply";
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

/** What the member has before them: the options of its answer action, and since when. */
export interface Open {
  readonly options: Action["options"];
  readonly at: Instant;
}

/** `/vram 7b` as [`vram`, `7b`], with the slash of a Chinese keyboard too; null for plain text. */
export function commandIn(text: string): readonly [string, string] | null {
  const parts = /^[/／](\S{0,200})(?:\s([\s\S]*))?/u.exec(text);
  return parts === null ? null : [(parts[1] ?? "").toLowerCase(), parts[2] ?? ""];
}

/** The action by which a reply asks for an answer; null where it does not. */
export function answerAction(reply: Reply): Action | null {
  const actions = reply.blocks.flatMap((block) => {
    if (block.kind === "buttons") return block.buttons.map(({ action }) => action);
    return block.kind === "form" ? [block.form.action] : [];
  });
  return actions.find(({ command }) => command === "answer") ?? null;
}

/** What was typed as a request; text without a command answers what is open. */
export function requestFrom(identity: Identity, sent: Sent, open: Open | null): Request {
  const typed = commandIn(sent.text);
  const answers = typed === null && open !== null;
  return {
    ...identity,
    place: identity.channel,
    role: "admin",
    locale: sent.locale,
    command: typed?.[0] ?? "answer",
    input: answers
      ? { kind: "typed", options: { ...open.options, text: sent.text, opened: open.at } }
      : { kind: "text", text: typed?.[1] ?? sent.text },
    sentAt: sent.at,
    submission: sent.submission,
    pictures: false,
  };
}
