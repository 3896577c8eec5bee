import { sentencesOf } from "./sentences.ts";

/** What a point says, as far as its wordings are drawn from it. */
interface Worded {
  readonly title: string;
  readonly statement: string;
}

type Phrases = { readonly zh: string[]; readonly en: string[] };

/** Sentences of a statement that rules are drawn from. */
const SENTENCES = 2;

/** The sentences of a point that rules are drawn from. */
export const tellingSentences = ({ statement }: Worded): readonly string[] =>
  sentencesOf(statement).slice(0, SENTENCES);

/** How many of some lists each entry stands in. */
export function countIn<Entry>(lists: readonly (readonly Entry[])[]): ReadonlyMap<Entry, number> {
  const count = new Map<Entry, number>();
  for (const list of lists) for (const entry of new Set(list)) count.set(entry, (count.get(entry) ?? 0) + 1);
  return count;
}

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
const ENDING = /(?:isations?|izations?|ations?|ating|ings?|edly|ed|ies|es|s|ly|ions?|e|y)$/u;

/** An English word so that all its endings are found. */
export const stemOf = (word: string): string =>
  /^[a-z]{5,}$/u.test(word) ? `${word.replace(ENDING, "")}~` : word;
const stemmed = (phrase: string): string =>
  isChinese(phrase) || phrase.includes(" ") ? phrase : phrase.split("*").map(stemOf).join("*");

/** Phrases as a rubric keeps them: by language, English words whatever they end in. */
export function inLanguages(phrases: readonly string[]): Phrases {
  const all = [...new Set(phrases.map(stemmed))];
  return {
    zh: all.filter(isChinese),
    en: all.filter((phrase) => !isChinese(phrase) && phrase.length > 3),
  };
}
