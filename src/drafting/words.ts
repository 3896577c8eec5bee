import translations from "./bilingual-words.json" with { type: "json" };
import common from "./common-words.json" with { type: "json" };

/** Words of everyday use, which say nothing by themselves. */
const EVERYDAY: ReadonlySet<string> = new Set(common.everyday);
/** Words that half of all questions of the field use: beside another they tell something, alone they do not. */
const FIELD: ReadonlySet<string> = new Set(common.field);

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

const saysSomething = (word: string): boolean =>
  word.length > 1 && !EVERYDAY.has(word) && !/^\d+$/u.test(word);

/** The words of a sentence that say something, in lower case and in order. */
export function contentWords(sentence: string): readonly string[] {
  const text = sentence.toLowerCase();
  // The segmenter takes long and finds nothing in a text without Chinese that white space does not show.
  if (!/\p{Script=Han}/u.test(text))
    return (text.match(/[\p{L}\p{N}]+(?:['.’-][\p{L}\p{N}]+)*/gu) ?? []).filter(saysSomething);
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike === true && saysSomething(segment) ? [segment] : [],
  );
}

export const isFieldWord = (word: string): boolean => FIELD.has(word);

/** One meaning that both languages have words for. */
export interface Meaning {
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** Whether it tells something without another beside it. */
  readonly tellsAlone: boolean;
}

const meanings: readonly Meaning[] = translations.map(({ zh, en }) => ({
  zh,
  en,
  tellsAlone: ![...zh, ...en].some((word) => FIELD.has(word) || EVERYDAY.has(word)),
}));
const byEnglish = new Map<string, Meaning[]>();
for (const meaning of meanings)
  for (const word of meaning.en) {
    const first = word.split(" ", 1)[0] ?? word;
    byEnglish.set(first, [...(byEnglish.get(first) ?? []), meaning]);
  }

/** Common meanings that a sentence has words for, in either language, each once. */
export function meaningsIn(sentence: string): readonly Meaning[] {
  const text = sentence.toLowerCase();
  const found = new Set<Meaning>();
  if (/\p{Script=Han}/u.test(text))
    for (const meaning of meanings) if (meaning.zh.some((word) => text.includes(word))) found.add(meaning);
  for (const word of new Set(text.match(/[a-z0-9]+(?:-[a-z0-9]+)*/gu) ?? []))
    for (const meaning of byEnglish.get(word) ?? [])
      if (meaning.en.some((name) => name === word || (name.includes(" ") && text.includes(name))))
        found.add(meaning);
  return [...found];
}
