import type { types } from "@slack/bolt";
import { cutLine, plainText } from "#src/adapters/chat/plain-text";

/** What Slack's markup gives a meaning; no sign makes any of it literal, so such text is drawn as rich text. */
const alive = /[*_~`<>&]|:[^\s:]{1,80}:|:\/\/|\bwww\./u;

/** Whether a text means itself wherever Slack reads markup. */
export const isInert = (text: string): boolean => !alive.test(text);

/** What a notification or a screen reader gets: control sequences are escaped, so nothing mentions or links. */
export const escapeText = (text: string): string =>
  plainText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Text in which nothing is read as markup, not even `:smile:`. */
export const plain = (text: string): types.PlainTextElement => ({ type: "plain_text", text, emoji: false });

/** One line that fits; Slack refuses a text without anything in it. */
export const plainLabel = (text: string, most: number): types.PlainTextElement =>
  plain(cutLine(text, most) || "…");

/** Markup of our own. `verbatim` keeps Slack from finding links and names in it. */
export const mrkdwn = (text: string): types.MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** An instant that every reader sees in their own zone and language; the same in UTC for programs without it. */
export function timestamp(instant: number): string {
  const at = new Date(instant).toISOString();
  const inUtc = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return `<!date^${Math.floor(instant / 1000)}^{date_short_pretty} {time}|${inUtc}>`;
}
