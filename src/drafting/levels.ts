import words from "./furniture.json" with { type: "json" };

const LEVEL = `(?:${words.levels.join("|")})`;
/** How hard a question is and what it counts, in brackets or between dots: (easy), 【中等 · 10分】. */
const NOTE = String.raw`[(（[【〔]?\s?${LEVEL}(?:[\s,，、/|·:：;-]{1,3}${LEVEL}){0,4}\s?[)）\]】〕]?`;
const BRACKETED = String.raw`[(（[【〔]\s?${LEVEL}(?:[\s,，、/|·:：;-]{1,3}${LEVEL}){0,4}\s?[)）\]】〕]`;
const ALL = new RegExp(`^[\\s·|:：—–-]{0,4}${NOTE}[\\s·|:：—–-]{0,4}$`, "iu");
const AT_FIRST = new RegExp(String.raw`^(?:${BRACKETED}|${LEVEL}\s?[·|—–])[\s·|:：—–-]{0,4}`, "iu");
const AT_LAST = new RegExp(
  String.raw`\s{0,3}(?:${BRACKETED}|[·|—–]\s?${LEVEL}|[★☆⭐🌟🔥]{1,5})\uFE0F?\s?$`,
  "iu",
);

/** Whether a title says only how hard its question is. */
export const isLevel = (text: string): boolean => text.length <= 60 && ALL.test(text);

/** A title without what it says of its question's level at either end. */
export function withoutLevel(text: string): string {
  const bare = text.slice(0, 600).replace(AT_FIRST, "").replace(AT_LAST, "").trim();
  return text.length > 600 || bare.length < 2 ? text : bare;
}
