import { type ClauseFeatures, type Features, pairsOf } from "#core/scoring/features";
import type { FeatureTable } from "#core/scoring/trained-reader";

/** A stretch of text as a sparse vector: rows of the table and their values. */
export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
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
  return { rows: Int32Array.from(rows), values: Float32Array.from(values) };
}

/** The features of some clauses taken together: their own, and which concepts stand together. */
export function joined(clauses: readonly ClauseFeatures[]): Features {
  const letters = new Set<number>();
  const concepts = new Set<number>();
  const named = new Set<number>();
  for (const clause of clauses) {
    for (const hash of clause.letters) letters.add(hash);
    for (const hash of clause.concepts) concepts.add(hash);
    for (const hash of clause.named) named.add(hash);
  }
  for (const pair of pairsOf(named)) concepts.add(pair);
  return { letters, concepts };
}
