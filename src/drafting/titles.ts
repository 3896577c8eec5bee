import { lengthOf } from "./sentences.ts";

/** What a point is called, and what else stands in the parentheses behind it. */
export interface Name {
  readonly title: string;
  readonly aliases: readonly string[];
}

const LONGEST_TITLE = 60;
/** A title is made of the beginning. */
const LONGEST_READ = 1000;
const PARENTHESES = /\s?[(（]([^()（）]{1,120})[)）]/gu;

/** `经验回放（Replay Buffer/Experience Replay）` is 经验回放, also called Replay Buffer and Experience Replay. */
export function nameOf(text: string): Name {
  const aliases: string[] = [];
  const title = text
    .slice(0, LONGEST_READ)
    .replace(PARENTHESES, (_whole, inner: string) => {
      for (const alias of inner.split(/[/,，、;；|]|\s或\s?|\sor\s/u)) {
        const words = alias.trim().replace(/^(?:简称|即|又称|也称|也叫|aka|i\.e\.|e\.g\.)\s?/iu, "");
        if (words.length > 1 && lengthOf(words) <= 6) aliases.push(words);
      }
      return "";
    })
    .replace(/[\s:：。.;；,，]+$/u, "")
    .trim();
  const short = title === "" ? text.trim() : title;
  return { title: lengthOf(short) > 16 || short.length > LONGEST_TITLE ? titleOf(short) : short, aliases };
}

/** `Grouped-query attention (GQA) shares …`: what stands in parentheses behind the subject of a sentence is its name. */
const SUBJECT = /^(.{2,40}?)\s?[(（]([^()（）]{1,80})[)）]/u;
const LONGEST_SUBJECT = 8;
const LATIN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ./+-]{0,48}$/u;

/** Other names of what a sentence is about. */
export function namesIn(sentence: string): readonly string[] {
  const [, subject = "", inner = ""] = SUBJECT.exec(sentence.slice(0, LONGEST_READ)) ?? [];
  const isName = !/[，,。；;：:]/u.test(subject) && lengthOf(subject) <= LONGEST_SUBJECT;
  if (!isName || /\b(?:e\.g|for example|see|about|such as)\b|例如|比如|如|见|约|等/u.test(inner)) return [];
  // Two or more capitals or another language: an abbreviation or a translation, not a remark.
  return nameOf(`x (${inner})`).aliases.filter(
    (alias) =>
      LATIN_NAME.test(alias) &&
      (/\p{Lu}.*\p{Lu}/u.test(alias) || /\p{Script=Han}/u.test(subject) !== /\p{Script=Han}/u.test(alias)),
  );
}

const MOST_WORDS = 12;

/** The first words of a sentence, up to the end of a clause where there is one. */
export function titleOf(sentence: string): string {
  const read = sentence.slice(0, LONGEST_READ);
  const outside = read.replace(PARENTHESES, "").trim();
  // All of it stands in parentheses.
  const bare = /[\p{L}\p{N}]/u.test(outside) ? outside : read.replace(/[()（）]/gu, " ").trim();
  const clause = bare.split(/[，,。；;：:！!？?]|\.\s|——/u, 1)[0]?.trim() ?? bare;
  const text = (lengthOf(clause) >= 3 ? clause : bare).replace(/[.。]+$/u, "");
  if (lengthOf(text) <= MOST_WORDS && text.length <= LONGEST_TITLE) return text;
  const words = text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+|\s+/gu) ?? [];
  let title = "";
  for (const word of words) {
    if (lengthOf(title + word) > MOST_WORDS || title.length + word.length >= LONGEST_TITLE) break;
    title += word;
  }
  return `${title.trim()}…`;
}
