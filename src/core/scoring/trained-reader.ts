import { type ClauseFeatures, pairsOf } from "./features.ts";

/** Which hash is which row, and how rare it is. */
export interface FeatureTable {
  readonly rowOf: ReadonlyMap<number, number>;
  /** Inverse document frequency by row. */
  readonly rarity: Float32Array;
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

/** A clause's features as rows of the table. */
interface ClauseRows {
  readonly letters: readonly number[];
  readonly concepts: readonly number[];
  readonly named: ReadonlySet<number>;
  /** How many features the table does not know. */
  readonly unknown: number;
}

/** What the models say of a stretch. */
export interface Opinion {
  /** By column: above 0 yes, below 0 no. */
  readonly margins: Float32Array;
  /** Share of the stretch's features that the table knows. */
  readonly known: number;
}

/**
 * Stretches of one answer, whose clauses are looked up once. Letters and concepts weigh the same, however many there
 * are of each; what the table does not know is left out.
 */
export class Stretches {
  readonly #reader: TrainedReader;
  readonly #clauses: readonly ClauseRows[];
  /** By row: the last stretch that has it. */
  readonly #seen: Int32Array;
  #stretch = 0;
  readonly #sums: Float64Array;
  /** Sum of the squares of what was added last. */
  #square = 0;

  constructor(clauses: readonly ClauseFeatures[], reader: TrainedReader) {
    this.#reader = reader;
    this.#seen = new Int32Array(reader.table.rarity.length);
    this.#sums = new Float64Array(reader.biases.length);
    this.#clauses = clauses.map(({ letters, concepts, named }) => {
      const known = { letters: this.#rowsOf(letters), concepts: this.#rowsOf(concepts) };
      const unknown = letters.size + concepts.size - known.letters.length - known.concepts.length;
      return { ...known, named, unknown };
    });
  }

  #rowsOf(hashes: Iterable<number>): number[] {
    const rows: number[] = [];
    for (const hash of hashes) {
      const row = this.#reader.table.rowOf.get(hash);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Adds the rows that the stretch has not had yet to the sums; returns how many those were. */
  #add(rows: readonly number[]): number {
    const { table, weights } = this.#reader;
    const sums = this.#sums;
    const columns = sums.length;
    let added = 0;
    for (const row of rows) {
      if (this.#seen[row] === this.#stretch) continue;
      this.#seen[row] = this.#stretch;
      added += 1;
      const value = table.rarity[row] ?? 0;
      this.#square += value * value;
      const first = row * columns;
      // The hottest loop of the grader: typed arrays of known length, no checks.
      for (let column = 0; column < columns; column += 1) {
        sums[column] = (sums[column] as number) + value * (weights[first + column] as number);
      }
    }
    return added;
  }

  /** Moves what was summed up, made as long as 1, into the margins, and begins anew. */
  #settle(margins: Float32Array): void {
    const length = Math.sqrt(this.#square) || 1;
    for (const [column, sum] of this.#sums.entries()) margins[column] = (margins[column] ?? 0) + sum / length;
    this.#sums.fill(0);
    this.#square = 0;
  }

  /** @param from index of the first clause, @param to index behind the last one */
  opinion(from: number, to: number): Opinion {
    this.#stretch += 1;
    const margins = new Float32Array(this.#sums.length);
    const clauses = this.#clauses.slice(from, to);
    let known = 0;
    let unknown = 0;
    for (const { letters, unknown: more } of clauses) {
      known += this.#add(letters);
      unknown += more;
    }
    this.#settle(margins);
    const [only] = clauses;
    const named =
      clauses.length === 1 && only !== undefined
        ? only.named
        : new Set(clauses.flatMap((one) => [...one.named]));
    const pairs = pairsOf(named);
    const rows = this.#rowsOf(pairs);
    unknown += pairs.length - rows.length;
    for (const { concepts } of clauses) known += this.#add(concepts);
    known += this.#add(rows);
    this.#settle(margins);
    const { scales, biases } = this.#reader;
    for (const [column, bias] of biases.entries()) {
      margins[column] = (margins[column] ?? 0) * (scales[column] ?? 1) + bias;
    }
    return { margins, known: known / Math.max(1, known + unknown) };
  }
}
