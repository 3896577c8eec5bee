import { isJson, type Json, textIn } from "./json.ts";
import { blocksIn } from "./message-rules.ts";

/** Mentions in text that Slack reads as mrkdwn. */
const marks =
  /<(?:@([A-Z0-9]{1,30})|!(channel|here|everyone|group)|!subteam\^([A-Z0-9]{1,30}))(?:\|[^<>]*)?>/g;

const inText = (text: string): readonly string[] =>
  [...text.matchAll(marks)].map(([, user, range, group]) => user ?? range ?? group ?? "");

function inValue(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(inValue);
  if (!isJson(value)) return [];
  const { type, text, user_id, range, usergroup_id } = value;
  if (type === "mrkdwn" || type === "markdown") return inText(textIn(text));
  if (type === "user") return [textIn(user_id)];
  if (type === "broadcast") return [textIn(range)];
  if (type === "usergroup") return [textIn(usergroup_id)];
  return Object.values(value).flatMap(inValue);
}

/** Whom a message rings: channel, here, everyone, or ids. The text counts where there are blocks too, since it is what
 * a notification says. */
export const rung = (body: Json): readonly string[] => [
  ...new Set([...inText(textIn(body.text)), ...blocksIn(body).flatMap(inValue)]),
];
