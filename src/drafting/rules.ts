import type { RuledPoint } from "#core/draft/drafting";
import type { Glossary } from "#core/scoring/glossary";
import { type RubricFile, rubricFileSchema } from "#core/scoring/rubric";
import { conceptsIn, conceptsWithin, directionsIn } from "./concepts.ts";
import { signsOf } from "./signs.ts";
import { countIn, inLanguages, tellingSentences } from "./wordings.ts";

/** A point with the id that it has in the pack. */
interface Identified {
  readonly id: string;
  readonly point: Pick<RuledPoint, "title" | "statement" | "aliases" | "parts">;
}

const MOST_CLAIMS = 10;

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

const OPPOSITE = { up: "down", down: "up" } as const;
/** Points that say what is not, or is less: members say them with a denial as often as without one. */
const NEGATIVE =
  /[不没无别勿未非省]|避免|防止|减少|降低|去除|去掉|消除|限制|冻结|\b(?:no|not|never|nothing|nobody|none|neither|nor|hardly|barely|rarely|without|cannot|don't|doesn't|isn't|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reduc(?:es?|ed|ing)|remov(?:es?|ed|ing)|skip(?:s|ped|ping)?|un(?:changed|touched)|less|fewer|instead of|rather than|only)\b/iu;

const words = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** How somebody begins who says a thing in one sentence. */
const LEAD = { zh: "简单说：", en: "In short: " } as const;

/**
 * What says a point in full, each as a whole answer. A title out of the statement's own words says nothing more, and
 * what is said twice counts as repeated: such a statement gets a lead-in instead.
 */
function examplesOf({ title, statement }: Identified["point"]): [string, string] {
  const lead = /\p{Script=Han}/u.test(statement) ? LEAD.zh : LEAD.en;
  return [
    statement,
    words(statement).includes(words(title)) ? `${lead}${statement}` : `${title}: ${statement}`,
  ];
}

/**
 * Rules by which a drafted question can be graded before anybody has worked on them: the glossary's concepts that a
 * point's title names, which way it turns them, and signs of what it says, of which enough together say it in other
 * words. Other names of a point only add to what its title and statement give.
 */
export function draftRules(
  id: string,
  title: string,
  points: readonly Identified[],
  glossary: Glossary,
): RubricFile {
  const asked = conceptsWithin(title, glossary);
  const names = points.map(({ point }) => conceptsIn(point.title, glossary));
  const others = points.map(({ point }) => conceptsIn(point.aliases.join("; "), glossary));
  const nameCount = countIn(names);
  const asks = asksFor(title);
  const { gist, points: own } = signsOf(
    title,
    points.map(({ point }) => point),
    glossary,
  );
  const drafted = points.map(({ id: pointId, point }, at) => {
    const directions = directionsIn(point.title, glossary);
    const turned = (concept: string): string =>
      directions.has(concept) ? `${concept}:${directions.get(concept)}` : concept;
    const alone = topical(
      (names[at] ?? []).filter((concept) => !asked.has(concept) && nameCount.get(concept) === 1),
      glossary,
    );
    const isNegative = NEGATIVE.test(`${point.title} ${tellingSentences(point).join(" ")}`);
    // A guessed rule that is denied says little against such a point.
    const either = (rule: string): string => (isNegative ? `${rule} ; either` : rule);
    const alsoNamed = topical(others[at] ?? [], glossary).filter(
      (concept) => !asked.has(concept) && !nameCount.has(concept),
    );
    const claims = [...new Set([...alone.map(turned).slice(0, MOST_CLAIMS), ...alsoNamed])];
    const phrases = inLanguages(point.aliases);
    const none = { zh: [], en: [] };
    return {
      id: pointId,
      enough: asks === "explain" ? ("relation" as const) : ("name" as const),
      claims: claims.map(either),
      contradicts: [...directions].map(
        ([concept, direction]) => `${concept}:${OPPOSITE[direction]} ; clause`,
      ),
      phrases: isNegative ? none : phrases,
      eitherPhrases: isNegative ? phrases : none,
      ...(point.parts === undefined || point.parts.length < 2 ? {} : { parts: [...point.parts] }),
      ...own[at],
      examples: { hit: examplesOf(point) },
    };
  });
  return rubricFileSchema.parse({
    schema: 1,
    id,
    asks,
    topics: allTopics(glossary),
    ...(gist === undefined ? {} : { gist }),
    points: drafted,
  });
}

const topicsOf = (concept: string, glossary: Glossary): readonly string[] =>
  glossary.entries[glossary.numberOf.get(concept) ?? -1]?.topics ?? [];

/** Those that belong to a topic: words of everyday use belong to none. */
const topical = (concepts: readonly string[], glossary: Glossary): readonly string[] =>
  concepts.filter((concept) => topicsOf(concept, glossary).length > 0);

const topicsKnown = new WeakMap<Glossary, readonly string[]>();

/**
 * Every topic there is: rules that were drawn from a few sentences claim part of what an answer may speak of, and the
 * rest of it is not off the topic for that.
 */
function allTopics(glossary: Glossary): readonly string[] {
  const known = topicsKnown.get(glossary);
  if (known !== undefined) return known;
  const topics = [...new Set(glossary.entries.flatMap((entry) => entry.topics))];
  topicsKnown.set(glossary, topics);
  return topics;
}
