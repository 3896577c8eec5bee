import type { Reading } from "./reading.ts";
import { along, lengthOf, rowsIn, type Senses, shareKnown, shippedSenses, sumOf, unitOf } from "./senses.ts";

/** What the points of a question mean. */
export interface Meant {
  readonly senses: Senses;
  /** What all the points have in common. */
  readonly middle: Float64Array;
  readonly points: readonly {
    readonly whole: Float64Array;
    /** What sets it apart from the other points. */
    readonly own: Float64Array;
    /** Of what it was joined out of; empty where it is one thing. */
    readonly parts: readonly Float64Array[];
  }[];
}

/** So much of what a document says must be known for its sense to tell anything. */
const LEAST_KNOWN = 0.37;

/**
 * What the points of a question mean; undefined where they speak of something whose words are not known.
 *
 * @param points as normalised texts
 * @param parts by point, what it was joined out of
 */
export function meantBy(
  points: readonly string[],
  senses = shippedSenses(),
  parts: readonly (readonly string[])[] = [],
): Meant | undefined {
  if (shareKnown(points.join("\n"), senses) < LEAST_KNOWN) return undefined;
  const wholes = points.map((text) => unitOf(sumOf(rowsIn(text, senses), senses)));
  const middle = new Float64Array(senses.size);
  for (const whole of wholes)
    for (const [at, value] of whole.entries()) middle[at] = (middle[at] ?? 0) + value / wholes.length;
  return {
    senses,
    middle: unitOf(middle),
    points: wholes.map((whole, at) => ({
      whole,
      parts: (parts[at] ?? []).map((text) => unitOf(sumOf(rowsIn(text, senses), senses))),
      own: wholes.length < 2 ? whole : unitOf(whole.map((value, place) => value - (middle[place] ?? 0))),
    })),
  };
}

const MOST_CLAUSES = 3;
/** How much may lie between a stretch's first word and its last: a hundred Chinese letters. */
const WIDEST = 300;
/** Length of a sum from which on a stretch counts in full. */
const FULL = 56;
const LOWEST_RANK = 4;

/** A few clauses on end, and how near they come to each point. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Cosines, less where few words are known. */
  readonly near: readonly number[];
  readonly own: readonly number[];
  /** By point, how near it comes to each of its parts. */
  readonly parts: readonly (readonly number[])[];
}

/** How an answer comes near a point, at the clauses that come nearest; `from` and `to` count clauses. */
export interface Likeness {
  readonly from: number;
  readonly to: number;
  readonly near: number;
  /** How much nearer than to the next point. */
  readonly ahead: number;
  /** To what sets the point apart. */
  readonly own: number;
  /** How many points those clauses come nearer to. */
  readonly rank: number;
  /** How many of its parts are said somewhere, and how many there are; 0 and 0 where it is one thing. */
  readonly parts: { readonly said: number; readonly all: number };
}

/** An answer against all points: how near the whole comes to what they share, and each of them. */
export interface Likenesses {
  readonly whole: number;
  readonly points: readonly (Likeness | undefined)[];
}

/** How near an answer comes to each point; undefined where no word of it is known. */
export function likenessesIn(meant: Meant, reading: Reading, isMasked: (at: number) => boolean): Likenesses {
  const { senses, middle, points } = meant;
  const said = reading.clauses.map(({ start, end }) =>
    rowsIn(reading.text.text.slice(start, end), senses, (at) => isMasked(start + at)),
  );
  const stretches = stretchesOf(meant, said, reading);
  return {
    whole: along(unitOf(sumOf(new Set(said.flat()), senses)), middle),
    points: points.map((_, at) => likenessTo(at, stretches)),
  };
}

function stretchesOf(
  { senses, points }: Meant,
  said: readonly (readonly number[])[],
  { clauses, widths }: Reading,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [from, first] of clauses.entries()) {
    const begin = widths[first.start] ?? 0;
    const rows = new Set<number>();
    for (let at = from; at < Math.min(clauses.length, from + MOST_CLAUSES); at += 1) {
      if (at > from && (widths[clauses[at]?.end ?? 0] ?? 0) - begin > WIDEST) break;
      for (const row of said[at] ?? []) rows.add(row);
      if (rows.size === 0) continue;
      const sum = sumOf(rows, senses);
      const fullness = Math.sqrt(Math.min(1, lengthOf(sum) / FULL));
      const direction = unitOf(sum);
      stretches.push({
        from,
        to: at + 1,
        near: points.map(({ whole }) => along(direction, whole) * fullness),
        own: points.map(({ own }) => along(direction, own) * fullness),
        parts: points.map(({ parts }) => parts.map((part) => along(direction, part) * fullness)),
      });
    }
  }
  return stretches;
}

const highest = (
  stretches: readonly Stretch[],
  heightOf: (stretch: Stretch) => number,
): Stretch | undefined => {
  let best: Stretch | undefined;
  for (const stretch of stretches)
    if (best === undefined || heightOf(stretch) > heightOf(best)) best = stretch;
  return best;
};

function likenessTo(at: number, stretches: readonly Stretch[]): Likeness | undefined {
  const ownOf = ({ own }: Stretch): number => own[at] ?? 0;
  const nearOf = ({ near }: Stretch): number => near[at] ?? 0;
  const nearest = highest(stretches, nearOf);
  const sharpest = highest(stretches, ownOf);
  if (nearest === undefined || sharpest === undefined) return undefined;
  return {
    from: sharpest.from,
    to: sharpest.to,
    near: nearOf(nearest),
    ahead: nearOf(nearest) - Math.max(-1, ...nearest.near.filter((_, other) => other !== at)),
    own: ownOf(sharpest),
    parts: partsIn(at, stretches),
    rank: Math.min(LOWEST_RANK, sharpest.own.filter((value) => value > ownOf(sharpest)).length),
  };
}

/** A part is said where a stretch comes nearer to it than to the other parts and to every other point. */
const NEAR_PART = 0.37;

function partsIn(at: number, stretches: readonly Stretch[]): Likeness["parts"] {
  const all = stretches[0]?.parts[at]?.length ?? 0;
  const said = new Set<number>();
  for (const { near, parts } of stretches) {
    const own = parts[at] ?? [];
    const most = Math.max(NEAR_PART, ...own, ...near.filter((_, other) => other !== at));
    for (const [part, value] of own.entries()) if (value >= most) said.add(part);
  }
  return { said: said.size, all };
}
