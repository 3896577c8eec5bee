const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** A line's words without Markdown's and HTML's inline mark-up; links keep their words, pictures go. */
export const plainWords = (text: string): string =>
  text
    .replace(/!\[[^\]]{0,300}\]\([^)\s]{0,2000}(?:\s"[^"]{0,300}")?\)/gu, " ")
    .replace(/\[([^\]]{1,500})\]\([^)\s]{0,2000}(?:\s"[^"]{0,300}")?\)/gu, "$1")
    .replace(/<\/?[a-zA-Z][^<>]{0,500}>/gu, " ")
    .replace(/\\\*/gu, "*")
    .replace(/(?:\*\*|__|~~)/gu, "")
    .replace(/(^|[^\p{L}\p{N}*])[*_]([^*_\s][^*_]{0,300}?)[*_](?![\p{L}\p{N}])/gu, "$1$2")
    .replace(/`{1,2}([^`]{1,500})`{1,2}/gu, "$1")
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/gu, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\u200B-\u200D\u2060\uFEFF]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();

/** Whether a line's words are bold from the first to the last, a marker or a colon aside. */
export const isBold = (text: string): boolean => {
  const bare = text.trim();
  const inner = /^(?:\*\*|__)(.{1,400}?)(?:\*\*|__)\s?[:：]?$/u.exec(bare)?.[1];
  return inner !== undefined && !inner.includes("**");
};

/** The bold words that a line begins with; null where it begins otherwise, or is bold to its end. */
export function boldLead(text: string): string | null {
  const lead = /^\s*(?:\*\*|__)([^*_]{1,120}?)(?:\*\*|__)(?=.)/u.exec(text)?.[1];
  if (lead === undefined || isBold(text)) return null;
  const words = plainWords(lead).replace(/[\s:：]+$/u, "");
  return words === "" ? null : words;
}
