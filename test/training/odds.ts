/** What was seen, how much it counts, and whether it was so. */
export interface Example {
  readonly seen: readonly number[];
  readonly weight: number;
  readonly isSo: boolean;
}

export interface Odds {
  readonly bias: number;
  readonly weights: readonly number[];
}

const ROUNDS = 25;
const RESTRAINT = 1e-3;

/** Logistic regression by Newton's steps, on what was seen less its mean by its spread. */
export function learnOdds(examples: readonly Example[]): Odds {
  const size = examples[0]?.seen.length ?? 0;
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const means = Array.from({ length: size }, (_, at) => average(examples, (one) => one.seen[at] ?? 0));
  const spreads = means.map(
    (mean, at) => Math.sqrt(average(examples, (one) => ((one.seen[at] ?? 0) - mean) ** 2)) || 1,
  );
  const rows = examples.map(({ seen }) => [
    ...seen.map((value, at) => (value - (means[at] ?? 0)) / (spreads[at] ?? 1)),
    1,
  ]);
  let learnt = new Array<number>(size + 1).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = learnt.map((value) => RESTRAINT * value);
    const bend = learnt.map((_, at) => learnt.map((_other, other): number => (at === other ? RESTRAINT : 0)));
    for (const [index, row] of rows.entries()) {
      const { weight = 0, isSo = false } = examples[index] ?? {};
      const odds = row.reduce((sum, value, at) => sum + value * (learnt[at] ?? 0), 0);
      const likelihood = 1 / (1 + Math.exp(-odds));
      const share = weight / all;
      for (const [at, value] of row.entries()) {
        slope[at] = (slope[at] ?? 0) + share * (likelihood - (isSo ? 1 : 0)) * value;
        const line = bend[at] ?? [];
        const bent = share * likelihood * (1 - likelihood) * value;
        for (const [other, beside] of row.entries()) line[other] = (line[other] ?? 0) + bent * beside;
      }
    }
    const step = solve(bend, slope);
    learnt = learnt.map((value, at) => value - (step[at] ?? 0));
  }
  const weights = spreads.map((spread, at) => (learnt[at] ?? 0) / spread);
  return {
    weights,
    bias: (learnt[size] ?? 0) - weights.reduce((sum, weight, at) => sum + weight * (means[at] ?? 0), 0),
  };
}

const average = (examples: readonly Example[], of: (example: Example) => number): number =>
  examples.reduce((sum, one) => sum + of(one), 0) / Math.max(1, examples.length);

/** Gauss's elimination, with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let at = 0; at < rows.length; at += 1) {
    const place = rows.reduce(
      (best, row, index) =>
        index >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[best]?.[at] ?? 0) ? index : best,
      at,
    );
    const [one = [], other = []] = [rows[at], rows[place]];
    rows[at] = other;
    rows[place] = one;
    const pivot = other[at] || 1;
    for (const [index, row] of rows.entries()) {
      if (index === at) continue;
      const factor = (row[at] ?? 0) / pivot;
      for (const [column, value] of other.entries()) row[column] = (row[column] ?? 0) - factor * value;
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] || 1));
}

/** What is so by odds of a threshold, against what is so: 2·right / (claimed + so). */
export function agreement(
  examples: readonly (Example & { readonly odds: number })[],
  threshold: number,
): number {
  let right = 0;
  let both = 0;
  for (const { odds, isSo, weight } of examples) {
    const isClaimed = odds > threshold;
    if (isClaimed && isSo) right += weight;
    both += weight * ((isClaimed ? 1 : 0) + (isSo ? 1 : 0));
  }
  return both === 0 ? 0 : (2 * right) / both;
}
