import { createHash } from "node:crypto";
import type { APIEmbed, APIMessage } from "discord.js";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import { LIMITS } from "./limits.ts";
import { type DiscordMessage, renderReply } from "./render.ts";

/** Names an announcement on Discord, where its key would be too long: ten characters of its hash. */
const markOf = (key: string): string =>
  createHash("sha256").update(key).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 10);

/** One message of a post, and how Discord recognises it when it is sent again. */
export interface PostPart {
  readonly message: DiscordMessage;
  readonly nonce: string;
}

const footerOf = (date: string, mark: string, at: number, of: number): string =>
  `${date} · ${mark}${of === 1 ? "" : ` ${at + 1}/${of}`}`;

const textOf = ({ title = "", description = "", fields = [], footer }: APIEmbed): number =>
  fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0) +
  title.length +
  description.length +
  (footer?.text.length ?? 0);

/** The message with its mark in small letters at its end, where it is found again after a crash. */
function marked(message: DiscordMessage, footer: string): DiscordMessage {
  const { body } = message;
  const { content, embeds } = body;
  const small = `${content === "" ? "" : `${content}\n`}-# ${footer}`;
  const last = embeds.at(-1);
  if (last === undefined) {
    // A text that leaves no room below it: an embed that is nothing but its footer stands there.
    const isFull = small.length > LIMITS.content;
    return {
      ...message,
      body: { ...body, ...(isFull ? { embeds: [{ footer: { text: footer } }] } : { content: small }) },
    };
  }
  const text = last.footer === undefined ? footer : `${last.footer.text}\n${footer}`;
  const whole = embeds.reduce(
    (sum, embed) => sum + textOf(embed),
    text.length - (last.footer?.text.length ?? 0),
  );
  if (whole > LIMITS.embedText || text.length > LIMITS.embedFooter)
    return { ...message, body: { ...body, content: small } };
  return { ...message, body: { ...body, embeds: [...embeds.slice(0, -1), { ...last, footer: { text } }] } };
}

/** The messages of a post, in order. */
export function drawPost(
  replies: readonly Reply[],
  locale: Locale,
  { key, date }: { readonly key: string; readonly date: string },
): readonly PostPart[] {
  const mark = markOf(key);
  const messages = replies.flatMap((reply) => renderReply(reply, { locale }));
  return messages.map((message, at) => ({
    message: marked(message, footerOf(date, mark, at, messages.length)),
    nonce: `${mark}-${at}`,
  }));
}

const footersOf = ({ content, embeds }: APIMessage): string[] => [
  ...embeds.flatMap(({ footer }) => footer?.text ?? []),
  content.slice(content.lastIndexOf("\n") + 1),
];

/** Which part of a post a message is, from 0, and of how many; null where it belongs to another. */
export function partIn(
  message: APIMessage,
  key: string,
): { readonly at: number; readonly of: number } | null {
  const mark = markOf(key);
  for (const footer of footersOf(message)) {
    const found = new RegExp(` · ${mark}(?: (\\d{1,3})/(\\d{1,3}))?$`).exec(footer);
    if (found !== null) return { at: Number(found[1] ?? 1) - 1, of: Number(found[2] ?? 1) };
  }
  return null;
}
