/** Scores 0–19, 20–39, 40–59, 60–79, 80–100: the five grades that two readers are compared by. */
const GRADES = 5;

export const gradeOf = (score: number): number => Math.min(GRADES - 1, Math.floor(score / 20));

/**
 * Cohen's kappa with quadratic weights: 1 for perfect agreement, 0 for what chance would give. A disagreement by d grades
 * counts d² as much as one by a single grade. Where both always give one and the same grade there is nothing to tell
 * apart, and the agreement is perfect.
 *
 * Worked example: in `kappa.test.ts`, by hand.
 *
 * @param pairs the two readers' grades of each answer, whole numbers from 0 to `grades - 1`
 * @see Cohen 1968, Psychological Bulletin 70(4), with w = (i − j)² / (k − 1)²
 */
export function weightedKappa(pairs: readonly (readonly [number, number])[], grades = GRADES): number {
  const rows = Array<number>(grades).fill(0);
  const columns = Array<number>(grades).fill(0);
  let observed = 0;
  for (const [one, other] of pairs) {
    rows[one] = (rows[one] ?? 0) + 1;
    columns[other] = (columns[other] ?? 0) + 1;
    observed += (one - other) ** 2;
  }
  let expected = 0;
  for (const [one, row] of rows.entries()) {
    for (const [other, column] of columns.entries()) expected += row * column * (one - other) ** 2;
  }
  return expected === 0 ? 1 : 1 - (observed * pairs.length) / expected;
}
