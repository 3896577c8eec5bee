import { lengthOf, unitOf } from "#core/scoring/senses";

/** How often each word (row) stands in each group (column), only where it does. */
export interface Counts {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly { readonly row: number; readonly column: number; readonly value: number }[];
}

/** A column with less in it tells less than it seems to. */
const FEWEST_IN_COLUMN = 20;

/** How much more often than by chance, as a logarithm; nothing where it is not. */
export function beyondChance({ rows, columns, entries }: Counts): Counts {
  const inRow = new Float64Array(rows);
  const inColumn = new Float64Array(columns);
  let all = 0;
  for (const { row, column, value } of entries) {
    inRow[row] = (inRow[row] ?? 0) + value;
    inColumn[column] = (inColumn[column] ?? 0) + value;
    all += value;
  }
  const kept = entries.flatMap(({ row, column, value }) => {
    const expected = (inRow[row] ?? 0) * Math.max(FEWEST_IN_COLUMN, inColumn[column] ?? 0);
    const beyond = Math.log((value * all) / expected);
    return beyond > 0 ? [{ row, column, value: beyond }] : [];
  });
  return { rows, columns, entries: kept };
}

/** Numbers that look random and are the same each time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Columns = Float64Array[];

/** Makes columns stand at right angles and of length 1; returns how long each was beside those before it. */
function orthonormalise(columns: Columns): number[] {
  const lengths: number[] = [];
  for (const [at, column] of columns.entries()) {
    for (let round = 0; round < 2; round += 1)
      for (const before of columns.slice(0, at)) {
        let along = 0;
        for (let row = 0; row < column.length; row += 1) along += (column[row] ?? 0) * (before[row] ?? 0);
        for (let row = 0; row < column.length; row += 1)
          column[row] = (column[row] ?? 0) - along * (before[row] ?? 0);
      }
    const length = lengthOf(column);
    lengths.push(length);
    for (let row = 0; row < column.length; row += 1) column[row] = (column[row] ?? 0) / (length || 1);
  }
  return lengths;
}

function times({ rows, columns, entries }: Counts, given: Columns, turned: boolean): Columns {
  return given.map((column) => {
    const made = new Float64Array(turned ? columns : rows);
    for (const { row, column: place, value } of entries) {
      const [from, to] = turned ? [row, place] : [place, row];
      made[to] = (made[to] ?? 0) + value * (column[from] ?? 0);
    }
    return made;
  });
}

const ROUNDS = 24;

/**
 * The directions of the rows in as many dimensions as are asked for (a truncated singular value decomposition by
 * subspace iteration): rows that stand in the same columns have the same direction. One Float64Array of length 1 a row.
 */
export function directionsOf(counts: Counts, size: number): Float64Array[] {
  const random = seeded(1);
  let left: Columns = Array.from({ length: size + 8 }, () =>
    Float64Array.from({ length: counts.rows }, () => random() - 0.5),
  );
  orthonormalise(left);
  let strengths: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const right = times(counts, left, true);
    orthonormalise(right);
    left = times(counts, right, false);
    strengths = orthonormalise(left);
  }
  return Array.from({ length: counts.rows }, (_, row) => {
    const direction = Float64Array.from(
      { length: size },
      (_unused, at) => (left[at]?.[row] ?? 0) * Math.sqrt(strengths[at] ?? 0),
    );
    return unitOf(direction);
  });
}
