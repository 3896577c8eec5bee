import { clauseTokens } from "./clause-tokens.ts";
import { signsIn } from "./features.ts";
import weights from "./objection.json" with { type: "json" };
import type { Reading, Token } from "./reading.ts";
import type { Resemblances } from "./resemblance.ts";
import type { Finding, Judgement } from "./verdict.ts";

/** What the rules found for and against one point. */
export interface Found {
  readonly support: readonly Finding[];
  readonly oppose: readonly Finding[];
}

/** What a question's wordings are like, and how many meanings the glossary has. */
interface Words {
  readonly resemblances: Resemblances;
  readonly known: number;
}

/** A clause, or two of one sentence; `to` is not part of it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What it is known by: hashes. */
  readonly marks: ReadonlySet<number>;
}

/** Fewer words and runs of letters say nothing. */
const FEWEST = 3;
const FEW = 8;
/** A stretch is about a point that its words tell of so much, and not much more of another. */
const ABOUT = 0.4;
const RIVAL = 0.7;

const DENYING: ReadonlySet<string> = new Set(["not", "forbid", "useless", "needless", "without"]);

type Sign = keyof typeof weights.signs;
/** What of a stretch tells whether it speaks against a point. Their weights were fitted to labelled answers of all topics. */
type Signs = Readonly<Record<Sign, number>>;

/** By clause: the points that something in it speaks for, in full or in half, or against. */
interface Spoken {
  readonly hit: ReadonlySet<number>;
  readonly half: ReadonlySet<number>;
  readonly against: ReadonlySet<number>;
}

function spokenIn(found: readonly Found[], { clauses }: Reading): Spoken[] {
  const spoken = clauses.map(() => ({
    hit: new Set<number>(),
    half: new Set<number>(),
    against: new Set<number>(),
  }));
  const clauseAt = (token: Token): number => {
    let low = 0;
    let high = clauses.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((clauses[middle]?.end ?? 0) < token.end) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const [point, { support, oppose }] of found.entries()) {
    for (const { match, worth } of support) {
      for (const clause of new Set([match.clause, ...match.tokens.map(clauseAt)]))
        spoken[clause]?.[worth === "hit" ? "hit" : "half"].add(point);
    }
    for (const { match } of oppose) spoken[match.clause]?.against.add(point);
  }
  return spoken;
}

/** What others hold, whatever the member makes of it. */
const REPORTED =
  /有人|有的人|(?:很多|不少|许多)人|常听|听说|网上说|误区|误解|\bpeople (?:often |usually |also )?(?:think|say|believe|assume|claim)|\b(?:myth|misconception)|it is (?:often )?(?:said|believed)/;

/** Sentences in which something is asked, or told as a belief: nothing in them is held against anybody. */
function unclaimedIn({ clauses, text: { text } }: Reading): ReadonlySet<number> {
  return new Set(
    clauses
      .filter(({ asked, believed, start, end }) => asked || believed || REPORTED.test(text.slice(start, end)))
      .map(({ sentence }) => sentence),
  );
}

function stretchesOf(reading: Reading, known: number): Stretch[] {
  const { clauses } = reading;
  const marks = clauses.map((_, at) => signsIn(reading, at, at + 1, known));
  const stretches: Stretch[] = [];
  for (const [from, clause] of clauses.entries()) {
    const own = marks[from] ?? new Set<number>();
    stretches.push({ from, to: from + 1, marks: own });
    if (clauses[from + 1]?.sentence !== clause.sentence) continue;
    stretches.push({ from, to: from + 2, marks: new Set([...own, ...(marks[from + 1] ?? [])]) });
  }
  const unclaimed = unclaimedIn(reading);
  return stretches.filter(
    ({ from, to, marks: { size } }) =>
      size >= FEWEST &&
      clauses.slice(from, to).every(({ rejected, sentence }) => !rejected && !unclaimed.has(sentence)) &&
      clauses[to]?.corrects !== true,
  );
}

const flag = (condition: boolean): number => (condition ? 1 : 0);

/** A stretch seen beside one point, and what it tells. */
interface Sighting {
  readonly point: number;
  readonly from: number;
  readonly to: number;
  readonly signs: Signs;
}

/** Everything in an answer that is about a point which the rules do not find contradicted. */
function sightingsIn(
  judgements: readonly Judgement[],
  found: readonly Found[],
  reading: Reading,
  { resemblances, known }: Words,
): Sighting[] {
  const spoken = spokenIn(found, reading);
  const halves = found.map((_, point) => spoken.filter(({ half }) => half.has(point)).length);
  const stretches = stretchesOf(reading, known).map((stretch) => ({
    ...stretch,
    like: resemblances.of(stretch.marks),
  }));
  // A half of what is right may look wrong: by point, the stretches that are more like what is right.
  const rightly = found.map((_, point) =>
    stretches.filter(({ like }) => (like[point]?.right ?? 0) >= (like[point]?.wrong ?? 0)),
  );
  return stretches.flatMap(({ from, to, marks, like }) => {
    const here = spoken.slice(from, to);
    const clauses = reading.clauses.slice(from, to);
    const words = clauses.flatMap(({ tokens }) => tokens.filter(({ overlay }) => !overlay));
    const topics = like.map(({ topic }) => topic);
    const most = Math.max(...topics);
    const denials = words.filter(({ type }) => DENYING.has(type)).length;
    return like.flatMap(({ topic, right, wrong }, point): Sighting[] => {
      if (rightly[point]?.some((other) => other.from <= from && other.to >= to)) return [];
      const verdict = judgements[point]?.verdict;
      const half = here.filter((clause) => clause.half.has(point)).length;
      const named = flag(half > 0 || here.some((clause) => clause.hit.has(point)));
      const rival = topic >= most ? Math.max(0, ...topics.filter((_, other) => other !== point)) : most;
      if (verdict === "contradict" || (named === 0 && (topic < ABOUT || topic < rival * RIVAL))) return [];
      const signs: Signs = {
        bias: 1,
        wrong,
        own: flag(topic >= most),
        length: Math.log(marks.size),
        short: flag(marks.size < FEW),
        against: flag(here.some((clause) => clause.against.has(point))),
        halfElsewhere: flag((halves[point] ?? 0) > half),
        rivalled: flag(here.some((clause) => [...clause.hit].some((other) => other !== point))),
        turned: denials % 2,
        missed: flag(verdict === "miss"),
        halved: flag(verdict === "partial"),
        wrongOfMissed: wrong * flag(verdict === "miss"),
        wrongOfNamed: (wrong - right) * named,
        needlessOfNamed: flag(words.some(({ type }) => type === "needless")) * named,
        uselessOfNamed: flag(words.some(({ type }) => type === "useless")) * named,
      };
      return [{ point, from, to, signs }];
    });
  });
}

const weigh = (signs: Signs): number =>
  (Object.keys(weights.signs) as Sign[]).reduce((sum, sign) => sum + signs[sign] * weights.signs[sign], 0);

/**
 * Finds what speaks against a point in words that no rule foresaw: a stretch that is about it, and more like what the
 * rubric knows as wrong than like what it knows as right. One stretch speaks against one point, the likeliest.
 */
export function withObjections(
  judgements: readonly Judgement[],
  found: readonly Found[],
  reading: Reading,
  words: Words,
): readonly Judgement[] {
  const objections = sightingsIn(judgements, found, reading, words)
    .map((sighting) => ({ ...sighting, weight: weigh(sighting.signs) }))
    .filter(({ weight }) => weight > weights.enough)
    .sort((one, other) => other.weight - one.weight || one.from - other.from || one.point - other.point);
  if (objections.length === 0) return judgements;
  const settled = [...judgements];
  const seen = new Set<number>();
  const taken = new Set<number>();
  for (const { point, from, to, weight } of objections) {
    // The strongest place of a point decides, whether another point has taken it or not.
    if (seen.has(point)) continue;
    seen.add(point);
    const isTaken = taken.has(from) || taken.has(to - 1);
    for (let clause = from; clause < to; clause += 1) taken.add(clause);
    if (isTaken) continue;
    settled[point] = {
      verdict: "contradict",
      reason: "learnt",
      confidence: Math.round(100 / (1 + Math.exp(-weight))) / 100,
      tokens: clauseTokens(reading, from, to).map((token) => [token]),
    };
  }
  return settled;
}
