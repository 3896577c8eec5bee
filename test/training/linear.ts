import type { SparseVector } from "./vector.ts";

/** One thing to learn from: a vector, which side it is on, and how much it counts. */
export interface Example {
  readonly vector: SparseVector;
  readonly positive: boolean;
  readonly weight: number;
}

/** A linear model; the last weight is the bias. */
export type Linear = Float64Array;

/** The same sequence on every machine. */
function* shuffled(count: number, seed: number): Generator<number> {
  const order = Array.from({ length: count }, (_, at) => at);
  let state = seed >>> 0 || 1;
  for (let at = count - 1; at > 0; at -= 1) {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    const other = state % (at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  yield* order;
}

export function marginOf({ rows, values }: SparseVector, model: Linear): number {
  let sum = model[model.length - 1] ?? 0;
  for (let at = 0; at < rows.length; at += 1) sum += (values[at] ?? 0) * (model[rows[at] ?? 0] ?? 0);
  return sum;
}

/**
 * A support vector machine with squared hinge loss, by dual coordinate descent.
 *
 * @see Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1
 * @param cost how much a mistake counts beside the length of the weights
 */
export function fitLinear(
  examples: readonly Example[],
  dimensions: number,
  cost: number,
  rounds = 12,
): Linear {
  const model = new Float64Array(dimensions + 1);
  const alphas = new Float64Array(examples.length);
  const curvatures = examples.map(({ vector, weight }) => {
    let square = 1;
    for (const value of vector.values) square += value * value;
    return square + 1 / (2 * cost * weight);
  });
  for (let round = 0; round < rounds; round += 1) {
    let moved = 0;
    for (const at of shuffled(examples.length, 7 + round)) {
      const example = examples[at];
      const alpha = alphas[at] ?? 0;
      if (example === undefined) continue;
      const { vector, positive, weight } = example;
      const sign = positive ? 1 : -1;
      const gradient = sign * marginOf(vector, model) - 1 + alpha / (2 * cost * weight);
      const next = Math.max(0, alpha - gradient / (curvatures[at] ?? 1));
      const change = (next - alpha) * sign;
      if (change === 0) continue;
      alphas[at] = next;
      moved = Math.max(moved, Math.abs(change));
      for (let slot = 0; slot < vector.rows.length; slot += 1) {
        const row = vector.rows[slot] ?? 0;
        model[row] = (model[row] ?? 0) + change * (vector.values[slot] ?? 0);
      }
      model[dimensions] = (model[dimensions] ?? 0) + change;
    }
    if (moved < 1e-3) break;
  }
  return model;
}
