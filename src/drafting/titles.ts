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
