import type { Glossary } from "#core/scoring/glossary";
import { normalise } from "#core/scoring/normalise";
import { type RubricFile, rubricFileSchema } from "#core/scoring/rubric";
import type { DraftPoint } from "./points.ts";
import { sentencesOf } from "./sentences.ts";
import { contentWords } from "./words.ts";

/** A point with the id that it has in the pack. */
interface Identified {
  readonly id: string;
  readonly point: DraftPoint;
}

const MOST_CLAIMS = 16;
const MOST_PHRASES = 14;
const MOST_WORDS = 20;
/** Sentences of a statement that rules are drawn from. */
const SENTENCES = 2;

const REMEDIES =
  /怎么(?:办|解决|处理|缓解|优化|避免)|如何(?:解决|缓解|避免|优化|提升|降低|处理|防止)|有哪些(?:方法|办法|手段|策略)|how (?:to|do you|can you|would you) (?:reduce|avoid|fix|solve|prevent|improve|handle|mitigate)/iu;
const FACTORS = /多大|多少|取决|因素|影响|how (?:much|many|large)|factors?|depend/iu;
const COMPARES = /区别|不同|差异|异同|对比|比较|difference|compare|versus|\bvs\b/iu;

const asksFor = (title: string): RubricFile["asks"] =>
  COMPARES.test(title)
    ? "compare"
    : REMEDIES.test(title)
      ? "remedies"
      : FACTORS.test(title)
        ? "factors"
        : "explain";

/** Concepts of the glossary that a text names, in order, each once; everyday words aside. */
function conceptsIn(text: string, glossary: Glossary): readonly string[] {
  const { entries, overlays } = glossary.lexicon.scan(normalise(text).text);
  const found = [...entries, ...overlays].toSorted((one, other) => one.start - other.start);
  return [
    ...new Set(
      found.flatMap(({ meaning }) => {
        const entry = glossary.entries[meaning];
        return entry !== undefined && entry.type === "concept" && entry.topics.length > 0 ? [entry.id] : [];
      }),
    ),
  ];
}

/** How many points of the question each word or concept stands in. */
function countIn(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const list of lists) for (const word of new Set(list)) count.set(word, (count.get(word) ?? 0) + 1);
  return count;
}

function pairsOf(
  concepts: readonly string[],
  isTelling: (one: string, other: string) => boolean,
): readonly string[] {
  return concepts.flatMap((one, at) =>
    concepts.slice(at + 1).flatMap((other) => (isTelling(one, other) ? [`${one} + ${other}`] : [])),
  );
}

/**
 * Rules by which a drafted question can be graded before anybody has worked on them: the glossary's concepts that a
 * point names, pairs of them that stand in one of its sentences, and its own words two by two.
 */
export function draftRules(
  id: string,
  title: string,
  points: readonly Identified[],
  glossary: Glossary,
): RubricFile {
  const asked = new Set(conceptsIn(title, glossary));
  const names = points.map(({ point }) => conceptsIn([point.title, ...point.aliases].join("; "), glossary));
  const sentences = points.map(({ point }) => sentencesOf(point.statement).slice(0, SENTENCES));
  const bodies = sentences.map((list) => list.map((sentence) => conceptsIn(sentence, glossary)));
  const wordLists = sentences.map((list, at) => [
    ...contentWords(points[at]?.point.title ?? ""),
    ...list.flatMap(contentWords),
  ]);
  const nameCount = countIn(names);
  const bodyCount = countIn(bodies.map((list, at) => [...(names[at] ?? []), ...list.flat()]));
  const wordCount = countIn(wordLists);
  const askedWords = new Set(contentWords(title));
  const asks = asksFor(title);
  const isRare = (concept: string): boolean =>
    (bodyCount.get(concept) ?? 0) <= Math.max(1, points.length / 4);
  const telling = (word: string): boolean => (wordCount.get(word) ?? 0) === 1 && !askedWords.has(word);

  const drafted = points.map(({ id: pointId, point }, at) => {
    const own = (names[at] ?? []).filter((concept) => !asked.has(concept));
    const alone = own.filter((concept) => (nameCount.get(concept) ?? 0) === 1);
    const body = bodies[at] ?? [];
    const pairs = [
      ...pairsOf([...own, ...body.flat().filter((concept) => !own.includes(concept))], (one, other) =>
        own.includes(one) ? isRare(one) || isRare(other) : false,
      ),
      ...body.flatMap((concepts) => pairsOf(concepts, (one, other) => isRare(one) || isRare(other))),
    ];
    const claims = [...new Set([...alone, ...pairs])].slice(0, MOST_CLAIMS);
    const phrases = phrasesFor(point, sentences[at] ?? [], telling);
    // Half a point for what no other point of the question speaks of.
    const hints = [...new Set(body.flat())].filter(
      (concept) => bodyCount.get(concept) === 1 && !asked.has(concept),
    );
    const words = [...new Set(wordLists[at] ?? [])].filter(telling);
    return {
      id: pointId,
      enough: asks === "explain" ? ("relation" as const) : ("name" as const),
      claims,
      partialBy: hints.filter((concept) => !claims.includes(concept)),
      phrases,
      partialPhrases: inLanguages(words.slice(0, MOST_WORDS)),
      examples: { hit: [point.statement, `${point.title}: ${point.statement}`] },
    };
  });
  const topics = new Set(
    points.flatMap((_, at) =>
      [...(names[at] ?? []), ...(bodies[at] ?? []).flat(), ...asked].flatMap(
        (concept) => glossary.entries[glossary.numberOf.get(concept) ?? -1]?.topics ?? [],
      ),
    ),
  );
  if (topics.size === 0)
    for (const { topics: own } of glossary.entries) for (const topic of own) topics.add(topic);
  return rubricFileSchema.parse({ schema: 1, id, asks, topics: [...topics], points: drafted });
}

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A point's title and other names, and pairs of words that stand in this point alone, in their order. */
function phrasesFor(
  point: DraftPoint,
  sentences: readonly string[],
  isTelling: (word: string) => boolean,
): { zh: string[]; en: string[] } {
  const names = [point.title.split(" · ")[0] ?? "", ...point.aliases].filter(
    (name) => !name.endsWith("…") && contentWords(name).some(isTelling),
  );
  const pairs = sentences.flatMap((sentence) => {
    const words = contentWords(sentence);
    return words.flatMap((word, at) => {
      const next = words[at + 1];
      return next !== undefined && next !== word && (isTelling(word) || isTelling(next))
        ? [`${word}*${next}`]
        : [];
    });
  });
  const all = [...new Set([...names, ...pairs])].slice(0, MOST_PHRASES);
  return inLanguages(all);
}

const inLanguages = (phrases: readonly string[]): { zh: string[]; en: string[] } => ({
  zh: phrases.filter(isChinese),
  en: phrases.filter((phrase) => !isChinese(phrase)),
});
