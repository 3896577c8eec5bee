import type { Glossary } from "#core/scoring/glossary";
import type { RubricFile } from "#core/scoring/rubric";
import { conceptsIn } from "./concepts.ts";
import opposites from "./opposites.json" with { type: "json" };
import { sentencesOf } from "./sentences.ts";
import counts from "./word-counts.json" with { type: "json" };
import { countIn, inLanguages, stemOf } from "./wordings.ts";
import { contentWords, isFieldWord, meaningsIn } from "./words.ts";

type Gist = NonNullable<RubricFile["gist"]>;
type Names = Pick<Gist["signs"][number], "zh" | "en">;

/** What a point says, as far as signs of it are drawn. */
interface Worded {
  readonly title: string;
  readonly statement: string;
  readonly aliases: readonly string[];
}

/** Something that a text speaks of; `key` is the same wherever it does. */
interface Sign extends Names {
  readonly key: string;
  readonly concepts: string[];
  /** How much it tells, before one looks at where it stands. */
  readonly weight: number;
}

/** Signs of a question, and of each of its points which and how much. */
interface Signs {
  readonly gist: Gist | undefined;
  readonly points: readonly {
    readonly signs: readonly [number, number][];
    readonly contrary: readonly [number, number][];
  }[];
}

const SENTENCES = 3;
/** Chosen by hand before any was tried, and kept: sums of logarithms. */
const KINDS = {
  concept: 0.9,
  everyday: -0.3,
  meaning: 0.3,
  fieldMeaning: -0.5,
  named: 0.8,
  word: 0.3,
  fieldWord: -0.6,
};
/** Points of the shipped questions that use a word, and what it loses by that. */
const COMMON = [
  { from: 18, loss: -0.8 },
  { from: 9, loss: -0.4 },
  { from: 4, loss: 0 },
  { from: 0, loss: 0.3 },
];
const IN_TITLE = 0.3;
const ASKED = -4;
/** By how many points of the question speak of it. */
const SHARED = [0.6, 0, -1, -2];

const THRESHOLDS = { partial: 25, hit: 50, relevant: 50, sure: 100 };

const countOf: Readonly<Record<string, number>> = counts;
const rarity = (words: readonly string[]): number => {
  const count = Math.max(0, ...words.map((word) => countOf[word] ?? 0));
  return COMMON.find(({ from }) => count >= from)?.loss ?? 0;
};

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
/** Latin words in a Chinese text, numbers and capitals within a word name one thing. */
function isNamed(word: string, text: string): boolean {
  if (isChinese(word)) return false;
  if (/\d/u.test(word) || isChinese(text)) return true;
  const at = text.toLowerCase().indexOf(word);
  return /\p{Ll}\p{Lu}|\p{Lu}\p{Ll}*\p{Lu}/u.test(text.slice(at, at + word.length));
}

/** What a text speaks of: common meanings, words of its own and concepts of the glossary, each once. */
function signsIn(text: string, glossary: Glossary): ReadonlyMap<string, Sign> {
  const signs = new Map<string, Sign>();
  const taken = new Set<string>();
  for (const { zh, en, tellsAlone } of meaningsIn(text)) {
    const words = [...zh, ...en];
    for (const word of words) taken.add(stemOf(word));
    const weight = (tellsAlone ? KINDS.meaning : KINDS.fieldMeaning) + rarity(words);
    const names = inLanguages(words);
    const key = `meaning ${words.join(" ")}`;
    signs.set(key, { key, weight, concepts: [], zh: names.zh, en: names.en });
  }
  for (const word of contentWords(text)) {
    const stem = stemOf(word);
    if (taken.has(stem)) continue;
    const kind = isNamed(word, text) ? KINDS.named : isFieldWord(word) ? KINDS.fieldWord : KINDS.word;
    const names = isChinese(word) ? { zh: [word], en: [] } : { zh: [], en: [stem] };
    signs.set(stem, { key: stem, weight: kind + rarity([word]), concepts: [], ...names });
  }
  for (const concept of conceptsIn(text, glossary)) {
    const topics = glossary.entries[glossary.numberOf.get(concept) ?? -1]?.topics ?? [];
    const weight = topics.length > 0 ? KINDS.concept : KINDS.everyday;
    const key = `concept ${concept}`;
    signs.set(key, { key, weight, concepts: [concept], zh: [], en: [] });
  }
  return signs;
}

const hundredths = (weight: number): number => Math.round(100 * weight);

/** The signs by which the points of a question are known in other words, and in the other language. */
export function signsOf(title: string, points: readonly Worded[], glossary: Glossary): Signs {
  const asked = signsIn(title, glossary);
  const texts = points.map((point) => {
    const said = [...sentencesOf(point.statement).slice(0, SENTENCES), ...point.aliases].join(" \n ");
    return { head: signsIn(point.title, glossary), body: signsIn(said, glossary), said };
  });
  const spoken = texts.map(({ head, body }) => new Map([...head, ...body]));
  const count = countIn(spoken.map((signs) => [...signs.keys()]));
  const numbers = new Map<string, number>();
  const signs: Gist["signs"] = [];
  const numberOf = (key: string, sign: () => Gist["signs"][number]): number => {
    const known = numbers.get(key) ?? signs.length;
    if (known === signs.length) signs.push(sign());
    numbers.set(key, known);
    return known;
  };
  const number = ({ key, weight, concepts, zh, en }: Sign): number =>
    numberOf(key, () => ({ weight: hundredths(Math.exp(weight)), concepts, zh, en }));
  const pole = (key: string, { zh, en }: Names): number =>
    numberOf(`pole ${key}`, () => ({ weight: 0, concepts: [], zh, en }));
  const drafted = points.map((point, at) => {
    const own = [...(spoken[at]?.values() ?? [])].map((sign) => {
      const shared = SHARED[Math.min(count.get(sign.key) ?? 1, SHARED.length) - 1] ?? 0;
      const place = (asked.has(sign.key) ? ASKED : shared) + (texts[at]?.head.has(sign.key) ? IN_TITLE : 0);
      return { sign, weight: Math.exp(sign.weight + place) };
    });
    // A long point has more words by which it may be known, and chance has more too.
    const size = Math.sqrt(own.reduce((sum, { weight }) => sum + weight, 0));
    const text = `${point.title} \n ${texts[at]?.said ?? ""}`.toLowerCase();
    return {
      signs: own.flatMap(({ sign, weight }): [number, number][] => {
        const share = hundredths(weight / size);
        const place = number(sign);
        return share > 0 ? [[place, share]] : [];
      }),
      contrary: polesIn(text).map(([name, own, opposite, names]): [number, number] => [
        pole(`${name} ${own}`, names[own]),
        pole(`${name} ${opposite}`, names[opposite]),
      ]),
    };
  });
  for (const sign of asked.values()) number(sign);
  return { gist: signs.length === 0 ? undefined : { ...THRESHOLDS, signs }, points: drafted };
}

type Pole = "one" | "other";

const poles = opposites.map((names, name) => ({
  name,
  names,
  finds: { one: findsAny(names.one), other: findsAny(names.other) },
}));

function findsAny({ zh, en }: Names): RegExp {
  const latin = en.map((word) => `(?<![a-z])${word.endsWith("~") ? word.slice(0, -1) : `${word}(?![a-z])`}`);
  return new RegExp([...zh, ...latin].join("|"), "u");
}

/** The pairs of opposites of which a text says one side alone: that side first. */
function polesIn(text: string): readonly (readonly [number, Pole, Pole, Readonly<Record<Pole, Names>>])[] {
  return poles.flatMap(({ name, names, finds }) => {
    const [one, other] = [finds.one.test(text), finds.other.test(text)];
    if (one === other) return [];
    return [one ? ([name, "one", "other", names] as const) : ([name, "other", "one", names] as const)];
  });
}
