import type { Verdict } from "./grader.ts";

/** Twice the value of a verdict, so that the sums stay whole numbers. */
const DOUBLE_VALUE: Readonly<Record<Verdict, number>> = { hit: 2, partial: 1, miss: 0, contradict: 0 };

/**
 * 100 · Σ(weight · value) / Σ(weight) over all points of a question, rounded half up, in whole numbers.
 *
 * Worked example: weights 3, 3, 3 hit and 1 partial of a total of 18 give 9.5 / 18, so 53.
 */
export function score(points: readonly { readonly weight: number; readonly verdict: Verdict }[]): number {
  let earned = 0;
  let total = 0;
  for (const point of points) {
    earned += point.weight * DOUBLE_VALUE[point.verdict];
    total += point.weight;
  }
  return total === 0 ? 0 : Math.floor((100 * earned + total) / (2 * total));
}
