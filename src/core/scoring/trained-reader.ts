import type { Features } from "./features.ts";

/** A stretch of text as a sparse vector: rows of the table and their values. */
export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** Share of the stretch's features that the table knows. */
  readonly known: number;
}

/** Which hash is which row, and how rare it is. */
export interface FeatureTable {
  readonly rowOf: ReadonlyMap<number, number>;
  /** Inverse document frequency by row. */
  readonly rarity: Float32Array;
}

/** Letters and concepts weigh the same, however many there are of each; what the table does not know is left out. */
export function vectorOf({ letters, concepts }: Features, { rowOf, rarity }: FeatureTable): SparseVector {
  const rows: number[] = [];
  const values: number[] = [];
  for (const group of [letters, concepts]) {
    const first = rows.length;
    let square = 0;
    for (const hash of group) {
      const row = rowOf.get(hash);
      if (row === undefined) continue;
      const value = rarity[row] ?? 0;
      rows.push(row);
      values.push(value);
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let at = first; at < values.length; at += 1) values[at] = (values[at] ?? 0) / length;
  }
  const known = rows.length / Math.max(1, letters.size + concepts.size);
  return { rows: Int32Array.from(rows), values: Float32Array.from(values), known };
}

/**
 * Linear models over one table, two for each key point: whether a stretch covers the point (column 2n), and whether
 * it says the opposite (column 2n + 1).
 */
export interface TrainedReader {
  readonly table: FeatureTable;
  /** By row, then column. */
  readonly weights: Float32Array | Int8Array;
  /** What a weight of 1 means, by column. */
  readonly scales: Float32Array;
  readonly biases: Float32Array;
}

/** What the models say of a stretch, by column: above 0 yes, below 0 no. */
export function marginsOf({ rows, values }: SparseVector, reader: TrainedReader): Float32Array {
  const { weights, scales, biases } = reader;
  const columns = biases.length;
  const sums = new Float64Array(columns);
  for (let at = 0; at < rows.length; at += 1) {
    const first = (rows[at] as number) * columns;
    const value = values[at] as number;
    // The hottest loop of the grader: typed arrays of known length, no checks.
    for (let column = 0; column < columns; column += 1) {
      sums[column] = (sums[column] as number) + value * (weights[first + column] as number);
    }
  }
  const margins = new Float32Array(columns);
  for (let column = 0; column < columns; column += 1) {
    margins[column] = (sums[column] ?? 0) * (scales[column] ?? 1) + (biases[column] ?? 0);
  }
  return margins;
}
