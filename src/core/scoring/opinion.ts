import type { Reason, Verdict } from "./grader.ts";

/** What the trained reader makes of one stretch for one key point. */
export interface Impression {
  /** Which stretch. */
  readonly stretch: number;
  readonly covered: number;
  readonly contradicted: number;
  /** Whether no other point is covered, or contradicted, more clearly by it. */
  readonly isOwn: boolean;
  readonly isOwnContradiction: boolean;
}

/** Where an answer speaks most clearly for a point, and where most clearly against it. */
export interface Impressions {
  readonly inFavour: Impression;
  readonly against: Impression;
}

/** No stretch at all: as far from a yes as the models ever are. */
export const NOTHING = -3;

function impressionOf(margins: readonly Float32Array[], stretch: number, point: number): Impression {
  const row = margins[stretch];
  const isLargest = (column: number): boolean => {
    for (let at = column % 2; at < (row?.length ?? 0); at += 2) {
      if ((row?.[at] ?? 0) > (row?.[column] ?? 0)) return false;
    }
    return true;
  };
  return {
    stretch,
    covered: row?.[2 * point] ?? NOTHING,
    contradicted: row?.[2 * point + 1] ?? NOTHING,
    isOwn: isLargest(2 * point),
    isOwnContradiction: isLargest(2 * point + 1),
  };
}

function strongest(margins: readonly Float32Array[], column: number): number {
  let best = 0;
  for (const [stretch, row] of margins.entries()) {
    if ((row[column] ?? 0) > (margins[best]?.[column] ?? 0)) best = stretch;
  }
  return best;
}

/**
 * Impressions of every point from the margins of every stretch. A stretch more can only bring a stronger one: what is
 * said elsewhere takes nothing from what is said here.
 */
export const impressionsOf = (margins: readonly Float32Array[], points: number): Impressions[] =>
  Array.from({ length: points }, (_, point) => ({
    inFavour: impressionOf(margins, strongest(margins, 2 * point), point),
    against: impressionOf(margins, strongest(margins, 2 * point + 1), point),
  }));

export const verdictOrder = ["miss", "partial", "hit", "contradict"] as const satisfies readonly Verdict[];
const telling = ["mixed", "one-side", "negated", "wrong-direction", "core+detail"] as const;

/** What the rules found for a point. */
export interface ByRules {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/**
 * What decides a verdict: what the rules found, what the reader believes of a stretch, and both together.
 *
 * @param best how clearly the point is covered at the best place of the answer
 */
export function evidenceFor({ verdict, reason }: ByRules, impression: Impression, best: number): number[] {
  const { covered, contradicted, isOwn, isOwnContradiction } = impression;
  const flag = (condition: boolean): number => (condition ? 1 : 0);
  return [
    ...verdictOrder.map((one) => flag(one === verdict)),
    ...telling.map((one) => flag(one === reason)),
    covered,
    contradicted,
    Math.max(0, covered),
    Math.max(0, contradicted),
    flag(isOwn),
    flag(isOwnContradiction),
    flag(contradicted > covered),
    covered - contradicted,
    best,
    best - contradicted,
    ...verdictOrder.flatMap((one) => [flag(one === verdict) * covered, flag(one === verdict) * contradicted]),
  ];
}

/** A softmax over the four verdicts, in `verdictOrder`. */
export interface Weighing {
  readonly means: number[];
  readonly spreads: number[];
  /** One row a piece of evidence, one column a verdict. */
  readonly weights: number[][];
  readonly biases: number[];
}

/** How likely each verdict is, in `verdictOrder`. */
export function weigh(evidence: readonly number[], { means, spreads, weights, biases }: Weighing): number[] {
  const sums = [...biases];
  for (const [at, value] of evidence.entries()) {
    const normal = (value - (means[at] ?? 0)) / (spreads[at] ?? 1);
    for (const [column, weight] of (weights[at] ?? []).entries())
      sums[column] = (sums[column] ?? 0) + normal * weight;
  }
  const most = Math.max(...sums);
  const shares = sums.map((sum) => Math.exp(sum - most));
  const total = shares.reduce((one, other) => one + other, 0);
  return shares.map((share) => share / total);
}

/**
 * How likely something must be before the reader adds it to what the rules found. Below one half: most points of most
 * answers are misses, and one overlooked costs as much as one given away. Where the words already earn another point,
 * or something in them is denied or grows or shrinks, the rules had every chance to see it: then it takes more, and
 * where what is named is turned down, far more.
 */
const ENOUGH = {
  plain: { hit: 0.4, contradict: 0.6 },
  delicate: { hit: 0.6, contradict: 0.7 },
  refused: { hit: 0.95, contradict: 0.7 },
} as const;
/** How sure the reader must be to overrule the rules. What they read as the opposite hangs on small words, which they know better. */
const SURE = { ofContradiction: 0.8, againstContradiction: 0.95 } as const;

export type Delicacy = keyof typeof ENOUGH;

export interface Place {
  readonly apart: boolean;
  readonly inFavour: Delicacy;
  readonly against: Delicacy;
}

/**
 * The verdict after the rules and the reader were heard. The reader adds what the rules overlook; what they found it
 * turns only where it is sure. What is said right in one place is not taken away by another.
 *
 * @param inFavour how likely each verdict is, in `verdictOrder`, by the stretch that speaks most clearly for the point
 * @param against the same by the stretch that speaks most clearly against it
 * @param place whether what speaks for the point (for the rules, where they found it) stands elsewhere than what
 * speaks against it, and how delicate each place is
 */
export function settleVerdict(
  { verdict, reason }: ByRules,
  inFavour: readonly number[],
  against: readonly number[],
  place: Place,
): Verdict {
  const [, partial = 0, hit = 0] = inFavour;
  const contradicted = against[3] ?? 0;
  const covered = partial + hit;
  switch (verdict) {
    case "miss":
      if (covered > ENOUGH[place.inFavour].hit && (place.apart || covered > contradicted)) {
        return partial > hit ? "partial" : "hit";
      }
      return contradicted > ENOUGH[place.against].contradict ? "contradict" : "miss";
    case "contradict":
      return covered > SURE.againstContradiction ? "partial" : "contradict";
    case "hit":
    case "partial":
      if (reason === "mixed") return verdict;
      return contradicted > SURE.ofContradiction && !place.apart ? "contradict" : verdict;
  }
}
