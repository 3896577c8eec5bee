import type { Weighing } from "#core/scoring/opinion";

export interface Weighed {
  readonly evidence: readonly number[];
  /** Index in `verdictOrder`. */
  readonly verdict: number;
}

const CLASSES = 4;

/** Evidence that is the same in every example divides by 1: by its spread it would divide by nothing. */
const steady = (spread: number): number => (spread < 1e-3 ? 1 : spread);

/** A softmax regression by gradient descent with momentum; small enough to need nothing better. */
export function fitWeighing(examples: readonly Weighed[], ridge = 0.5, steps = 1200): Weighing {
  const size = examples[0]?.evidence.length ?? 0;
  const means = Array.from({ length: size }, (_, at) =>
    average(examples.map(({ evidence }) => evidence[at] ?? 0)),
  );
  const spreads = means.map((mean, at) =>
    steady(Math.sqrt(average(examples.map(({ evidence }) => ((evidence[at] ?? 0) - mean) ** 2))) + 1e-6),
  );
  const normal = examples.map(({ evidence }) =>
    evidence.map((value, at) => (value - (means[at] ?? 0)) / (spreads[at] ?? 1)),
  );
  const weights = new Float64Array((size + 1) * CLASSES);
  const speed = new Float64Array(weights.length);
  const rate = 0.5 / examples.length;
  for (let step = 0; step < steps; step += 1) {
    const slope = new Float64Array(weights.length);
    for (const [n, row] of normal.entries()) {
      const sums = new Float64Array(CLASSES);
      for (let column = 0; column < CLASSES; column += 1) {
        let sum = weights[size * CLASSES + column] ?? 0;
        for (let at = 0; at < size; at += 1) sum += (row[at] ?? 0) * (weights[at * CLASSES + column] ?? 0);
        sums[column] = sum;
      }
      const most = Math.max(...sums);
      let total = 0;
      for (let column = 0; column < CLASSES; column += 1) total += Math.exp((sums[column] ?? 0) - most);
      for (let column = 0; column < CLASSES; column += 1) {
        const share =
          Math.exp((sums[column] ?? 0) - most) / total - (examples[n]?.verdict === column ? 1 : 0);
        for (let at = 0; at < size; at += 1)
          slope[at * CLASSES + column] = (slope[at * CLASSES + column] ?? 0) + share * (row[at] ?? 0);
        slope[size * CLASSES + column] = (slope[size * CLASSES + column] ?? 0) + share;
      }
    }
    for (let at = 0; at < weights.length; at += 1) {
      const pull = at < size * CLASSES ? ridge * (weights[at] ?? 0) : 0;
      speed[at] = 0.9 * (speed[at] ?? 0) - rate * ((slope[at] ?? 0) + pull);
      weights[at] = (weights[at] ?? 0) + (speed[at] ?? 0);
    }
  }
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    means: means.map(rounded),
    spreads: spreads.map(rounded),
    weights: Array.from({ length: size }, (_, at) =>
      Array.from({ length: CLASSES }, (_, column) => rounded(weights[at * CLASSES + column] ?? 0)),
    ),
    biases: Array.from({ length: CLASSES }, (_, column) => rounded(weights[size * CLASSES + column] ?? 0)),
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((one, other) => one + other, 0) / Math.max(1, values.length);
