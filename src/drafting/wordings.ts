import { sentencesOf } from "./sentences.ts";
import { contentWords, isFieldWord, type Meaning, meaningsIn } from "./words.ts";

/** What a point says, as far as its wordings are drawn from it. */
interface Worded {
  readonly title: string;
  readonly statement: string;
}

type Phrases = { readonly zh: string[]; readonly en: string[] };

export interface Wordings {
  /** Each says the point. */
  readonly phrases: readonly string[];
  /** Each says something of it. */
  readonly hints: readonly string[];
}

const MOST_PHRASES = 20;
const MOST_WORDS = 20;
const MOST_TRANSLATED = 60;
/** Words of a meaning that are paired with others. */
const MOST_NAMES = 4;
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

/** Two words with something between them, in either order. */
const eitherOrder = (one: string, other: string): string[] =>
  one === other ? [] : [`${one}*${other}`, `${other}*${one}`];

/** Words that stand in one point alone, two by two with their neighbours, and the same in the other language. */
export function wordingsOf(title: string, points: readonly Worded[]): readonly Wordings[] {
  const texts = points.map((point) => [point.title, ...tellingSentences(point)]);
  const words = texts.map((list) => list.map(contentWords));
  const meanings = texts.map((list) => list.map(meaningsIn));
  const wordCount = countIn(words.map((list) => list.flat()));
  const meaningCount = countIn(meanings.map((list) => list.flat()));
  const askedWords = new Set(contentWords(title));
  const askedMeanings = new Set(meaningsIn(title));
  const isTelling = (word: string): boolean =>
    wordCount.get(word) === 1 && !askedWords.has(word) && !isFieldWord(word);
  /** Two such words beside each other stand in one point as good as ever. */
  const isScarce = (word: string): boolean =>
    (wordCount.get(word) ?? 0) <= 2 && !askedWords.has(word) && !isFieldWord(word);
  const isNews = (meaning: Meaning): boolean =>
    meaningCount.get(meaning) === 1 && !askedMeanings.has(meaning);
  return points.map((point, at) => {
    const [, ...sentences] = words[at] ?? [];
    const pairs = sentences.flatMap((list) =>
      list.flatMap((word, place) => {
        const next = list[place + 1];
        const isPair =
          next !== undefined && (isTelling(word) || isTelling(next) || (isScarce(word) && isScarce(next)));
        return isPair ? eitherOrder(word, next) : [];
      }),
    );
    const name = point.title.split(" · ")[0] ?? "";
    const names = !name.endsWith("…") && contentWords(name).some(isTelling) ? [name] : [];
    const told = meanings[at] ?? [];
    return {
      phrases: [...[...names, ...pairs].slice(0, MOST_PHRASES), ...translatedPairs(told, isNews)],
      hints: [
        ...(words[at] ?? []).flat().filter(isTelling).slice(0, MOST_WORDS),
        ...translatedWords(told, isNews),
      ],
    };
  });
}

/** Two meanings of one sentence in the words of both languages, of which one is in no other point. */
function translatedPairs(
  sentences: readonly (readonly Meaning[])[],
  isNews: (meaning: Meaning) => boolean,
): readonly string[] {
  const pairs = sentences.flatMap((meanings) =>
    meanings.flatMap((one, at) =>
      meanings
        .slice(at + 1)
        .flatMap((other) =>
          isNews(one) || isNews(other)
            ? (["zh", "en"] as const).flatMap((language) =>
                one[language]
                  .slice(0, MOST_NAMES)
                  .flatMap((left) =>
                    other[language].slice(0, MOST_NAMES).flatMap((right) => eitherOrder(left, right)),
                  ),
              )
            : [],
        ),
    ),
  );
  return [...new Set(pairs)].slice(0, MOST_TRANSLATED);
}

const translatedWords = (
  sentences: readonly (readonly Meaning[])[],
  isNews: (meaning: Meaning) => boolean,
): readonly string[] =>
  sentences
    .flat()
    .filter((meaning) => isNews(meaning) && meaning.tellsAlone)
    .flatMap(({ zh, en }) => [...zh, ...en])
    .filter((word) => word.length > 1);

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
const ENDING = /(?:isations?|izations?|ations?|ating|ings?|edly|ed|ies|es|s|ly|ions?|e|y)$/u;

/** An English word so that all its endings are found. */
const stemOf = (word: string): string => (/^[a-z]{5,}$/u.test(word) ? `${word.replace(ENDING, "")}~` : word);
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
