import { resolveDirections } from "./directions.ts";
import type { Glossary } from "./glossary.ts";
import { Lexicon } from "./lexicon.ts";
import { normalise } from "./normalise.ts";
import { findsAny, type Poles, polesIn } from "./poles.ts";
import { type Clause, type Reading, read } from "./reading.ts";
import words from "./reversal-words.json" with { type: "json" };
import { contrastedIn } from "./segments.ts";
import { rowsIn, type Senses, sumOf, unitOf, wordsIn } from "./senses.ts";

const DENYING: ReadonlySet<string> = new Set(["not", "forbid", "useless", "needless", "without"]);
const NO_PHRASES = new Lexicon(2);

const DISMISSING = findsAny(words.dismissing);
const ABSOLUTE = findsAny(words.absolute);
const STRONG = [findsAny(words.dismissing, "g"), findsAny(words.absolute, "g")];
const AMOUNTS = new RegExp(`\\d+(?:\\.\\d+)?|${findsAny(words.amounts).source}`, "g");

/** What of a text may be turned round: which sides it takes, how often it denies, which way its quantities go. */
export interface Stance {
  /** In lower case. */
  readonly text: string;
  readonly sense: Float64Array;
  readonly poles: Poles;
  readonly denials: number;
  /** How often each kind of denial stands there. */
  readonly kinds: ReadonlyMap<string, number>;
  /** By concept of the glossary 1, -1, or 0 where nothing is said. */
  readonly directions: ReadonlyMap<number, number>;
  /** Stems of English words and pairs of Chinese letters. */
  readonly words: ReadonlySet<string>;
  readonly amounts: ReadonlySet<string>;
  readonly dismisses: boolean;
  readonly absolute: boolean;
}

const wordsOf = (text: string): Set<string> =>
  new Set(wordsIn(text).flatMap(({ word }) => (word.length > 1 ? [word] : [])));

/** What a few clauses on end hold, taken together. */
export function stanceOf(
  { text: { text }, clauses }: Reading,
  from: number,
  to: number,
  senses: Senses,
  known: number,
): Stance {
  const own: readonly Clause[] = clauses.slice(from, to);
  const said = text.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0).toLowerCase();
  const kinds = new Map<string, number>();
  const directions = new Map<number, number>();
  let denials = 0;
  for (const { type, overlay, meaning, direction } of own.flatMap(({ tokens }) => tokens)) {
    if (type === "concept" && meaning < known) directions.set(meaning, direction);
    if (overlay || !DENYING.has(type)) continue;
    denials += 1;
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
  }
  return {
    text: said,
    sense: unitOf(sumOf(rowsIn(said, senses), senses)),
    poles: polesIn(said),
    denials,
    kinds,
    directions,
    words: wordsOf(said),
    amounts: new Set(Array.from(said.matchAll(AMOUNTS), ([amount]) => amount)),
    dismisses: DISMISSING.test(said),
    absolute: ABSOLUTE.test(said),
  };
}

/** A point of a drafted question: as a whole, and clause by clause. */
interface ReversiblePoint {
  readonly whole: Stance;
  readonly clauses: readonly Stance[];
  /** Words of the other points. */
  readonly others: ReadonlySet<string>;
}

/** The points of a drafted question as far as an answer may say the reverse of them. */
export interface Reversible {
  readonly senses: Senses;
  readonly known: number;
  readonly asked: ReadonlySet<string>;
  /** Words of the question that some of its points are about and others are not: its two sides. */
  readonly sides: ReadonlySet<string>;
  /** The same where every point speaks of both sides, told by the parts of their sentences. */
  readonly contrasted: ReadonlySet<string>;
  readonly points: readonly ReversiblePoint[];
  /** Words that dismiss or are absolute, as far as the points use them themselves. */
  readonly strong: ReadonlySet<string>;
}

/** A word that more of the points have is no side. */
const MOST_OF_SIDE = 0.67;

/**
 * @param title the question, normalised
 * @param points as normalised texts
 */
export function reversibleBy(
  title: string,
  points: readonly string[],
  senses: Senses,
  glossary: Glossary,
): Reversible {
  const known = glossary.entries.length;
  const stances = points.map((point) => {
    const reading = read(normalise(point), { glossary, phrases: NO_PHRASES }, () => false);
    resolveDirections(reading, glossary);
    return {
      whole: stanceOf(reading, 0, reading.clauses.length, senses, known),
      clauses: reading.clauses.map((_, at) => stanceOf(reading, at, at + 1, senses, known)),
    };
  });
  const asked = wordsOf(title);
  const most = Math.max(1, MOST_OF_SIDE * points.length);
  const sides = [...asked].filter((word) => {
    const count = stances.filter(({ whole }) => whole.words.has(word)).length;
    return count > 0 && count <= most;
  });
  return {
    senses,
    known,
    asked,
    sides: new Set(sides),
    contrasted: contrastedIn(asked, points),
    strong: new Set(
      points.flatMap((point) =>
        STRONG.flatMap((pattern) => Array.from(point.toLowerCase().matchAll(pattern), ([word]) => word)),
      ),
    ),
    points: stances.map((stance, at) => ({
      ...stance,
      others: new Set(stances.flatMap(({ whole }, other) => (other === at ? [] : [...whole.words]))),
    })),
  };
}
