import { withoutMentions } from "./mentions.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** Most lines have none of it, and to look for each kind takes long. */
const MARKUP = /[[<*_~`&@\\\u200B-\u200D\u2060\uFEFF]/u;

/** A line's words without Markdown's and HTML's inline mark-up; links keep their words, pictures go, nothing mentions anybody. */
export const plainWords = (text: string): string =>
  (MARKUP.test(text) ? withoutMarkup(text) : text).replace(/\s+/gu, " ").trim();

function withoutMarkup(text: string): string {
  const linked = text.includes("](")
    ? text
        .replace(/!\[[^\]]{0,300}\]\([^)\s]{0,2000}(?:\s"[^"]{0,300}")?\)/gu, " ")
        .replace(/\[([^\]]{1,500})\]\([^)\s]{0,2000}(?:\s"[^"]{0,300}")?\)/gu, "$1")
    : text;
  const untagged = linked.includes("<") ? linked.replace(/<\/?[a-zA-Z][^<>]{0,500}>/gu, " ") : linked;
  const bare = untagged.replace(/\\\*/gu, "*").replace(/(?:\*\*|__|~~)/gu, "");
  const plain = /[*_]/u.test(bare)
    ? bare.replace(/(^|[^\p{L}\p{N}*])[*_]([^*_\s][^*_]{0,300}?)[*_](?![\p{L}\p{N}])/gu, "$1$2")
    : bare;
  const words = plain
    .replace(/`{1,2}([^`]{1,500})`{1,2}/gu, "$1")
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/gu, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\u200B-\u200D\u2060\uFEFF]/gu, "");
  return withoutMentions(words);
}

const ENDS_BOLD = /(?:\*\*|__)\s?[:：]?$/u;

/** Whether a line's words are bold from the first to the last, a marker or a colon aside. */
export const isBold = (text: string): boolean => {
  const bare = text.trim();
  if ((!bare.startsWith("**") && !bare.startsWith("__")) || !ENDS_BOLD.test(bare.slice(-4))) return false;
  const inner = /^(?:\*\*|__)(.{1,400}?)(?:\*\*|__)\s?[:：]?$/u.exec(bare)?.[1];
  return inner !== undefined && !inner.includes("**");
};

const LEAD = /^\s*(?:\*{2,3}|__)([^*_]{1,120}?)(?:\*{2,3}|__)(?=.)/u;

/** Whether some words are bold behind those that the line begins with. */
export const isStressed = (text: string): boolean =>
  !isBold(text) && /(?:\*\*|__)[^*_]{2,200}(?:\*\*|__)/u.test(text.replace(LEAD, ""));

/** The bold words that a line begins with; null where it begins otherwise, or is bold to its end. */
export function boldLead(text: string): string | null {
  const lead = LEAD.exec(text)?.[1];
  if (lead === undefined || isBold(text)) return null;
  const words = plainWords(lead).replace(/[\s:：]+$/u, "");
  return words === "" ? null : words;
}
