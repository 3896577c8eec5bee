import type { MemberId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Amendment, Reply } from "#core/reply";
import { troubleOf } from "./failure.ts";
import type { SlackMessage } from "./render.ts";
import { type Sending, sentence } from "./sending.ts";

/** Where the reply to one delivery is shown. */
export interface Outlet {
  /** Shows the reply. Never rejects: where it cannot be shown, the member reads why, as far as Slack lets us say so. */
  show(reply: Reply, locale: Locale): Promise<void>;
  /** Shows what the reply has become. Never rejects. */
  amend(amendment: Amendment, locale: Locale): Promise<void>;
}

export interface OutletParts {
  readonly sending: Sending;
  readonly member: MemberId;
  /** Names the delivery in what is logged. */
  readonly id: string;
}

/** Runs one step of showing; what fails is logged, with what it means. */
export async function attempt(
  what: string,
  { sending, id }: OutletParts,
  step: () => Promise<void>,
): Promise<ReturnType<typeof troubleOf> | null> {
  try {
    await step();
    return null;
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === "late" || trouble === "no-view" || trouble === "no-message")
      sending.log.info("a reply came too late", { what, trouble, submission: id });
    else sending.log.error("Slack did not take a reply", error, { what, trouble, submission: id });
    return trouble;
  }
}

/** The last way to a member: a direct message that says why it is one. */
export async function sayDirectly(
  { sending, member, id }: OutletParts,
  messages: readonly SlackMessage[],
  locale: Locale,
  why = messagesFor(locale).slack.lateResult,
): Promise<void> {
  const told = await sending.drawOrApologise(sentence(why), locale, id);
  await sending.directly(member, [...told, ...messages]);
}
