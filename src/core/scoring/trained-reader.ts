import { type ClauseFeatures, type Features, pairsOf } from "./features.ts";

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

/** A clause's features as rows of the table. */
interface ClauseRows {
  readonly letters: readonly number[];
  readonly concepts: readonly number[];
  readonly named: ReadonlySet<number>;
  /** How many features the table does not know. */
  readonly unknown: number;
}

/** Vectors of stretches of one answer, from clauses that are looked up once. The same as `vectorOf` of their features. */
export class Stretches {
  readonly #table: FeatureTable;
  readonly #clauses: readonly ClauseRows[];
  /** By row: the last stretch that has it. */
  readonly #seen: Int32Array;
  #stretch = 0;

  constructor(clauses: readonly ClauseFeatures[], table: FeatureTable) {
    this.#table = table;
    this.#seen = new Int32Array(table.rarity.length);
    this.#clauses = clauses.map(({ letters, concepts, named }) => {
      const rowsOf = (hashes: Iterable<number>): number[] => this.#rowsOf(hashes);
      const known = { letters: rowsOf(letters), concepts: rowsOf(concepts) };
      const unknown = letters.size + concepts.size - known.letters.length - known.concepts.length;
      return { ...known, named, unknown };
    });
  }

  #rowsOf(hashes: Iterable<number>): number[] {
    const rows: number[] = [];
    for (const hash of hashes) {
      const row = this.#table.rowOf.get(hash);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  #add(rows: readonly number[], into: number[]): void {
    for (const row of rows) {
      if (this.#seen[row] === this.#stretch) continue;
      this.#seen[row] = this.#stretch;
      into.push(row);
    }
  }

  /** @param from index of the first clause, @param to index behind the last one */
  vector(from: number, to: number): SparseVector {
    this.#stretch += 1;
    const clauses = this.#clauses.slice(from, to);
    const rows: number[] = [];
    let unknown = 0;
    for (const clause of clauses) {
      this.#add(clause.letters, rows);
      unknown += clause.unknown;
    }
    const letters = rows.length;
    for (const clause of clauses) this.#add(clause.concepts, rows);
    const [only] = clauses;
    const named =
      clauses.length === 1 && only !== undefined
        ? only.named
        : new Set(clauses.flatMap((one) => [...one.named]));
    const pairs = pairsOf(named);
    const known = this.#rowsOf(pairs);
    unknown += pairs.length - known.length;
    this.#add(known, rows);
    const values = new Float32Array(rows.length);
    this.#weigh(rows, 0, letters, values);
    this.#weigh(rows, letters, rows.length, values);
    return { rows: Int32Array.from(rows), values, known: rows.length / Math.max(1, rows.length + unknown) };
  }

  #weigh(rows: readonly number[], from: number, to: number, values: Float32Array): void {
    const { rarity } = this.#table;
    let square = 0;
    for (let at = from; at < to; at += 1) {
      const value = rarity[rows[at] ?? 0] ?? 0;
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let at = from; at < to; at += 1) values[at] = (rarity[rows[at] ?? 0] ?? 0) / length;
  }
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
