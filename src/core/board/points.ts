/** What each hint takes off the board points of the answers that are sent after it. */
export const HINT_COST = 10;

/** What an answer to a round brings to the board. */
export interface BoardAnswer {
  /** 0 to 100; null while it has no result. */
  readonly score: number | null;
  /** Whether it earned its date, at first, by a later result, or on appeal: copies and junk win nothing. */
  readonly earned: boolean;
  /** What the hints cost that were taken before it was sent; null where it came after the close, in the grace of a short round. */
  readonly hintCost: number | null;
}

/**
 * The board points of one answer, 0 to 100: its score without what hints cost. How fast it came never matters.
 *
 * A date counts the best answer, and a period the sum of its dates. A sum pays for showing up, since an answer can only
 * add to it; and it pays for quality, since nobody can answer more than one round a date for points: two answers of 90
 * are worth more than five of 35. A mean would put one lucky day above a good week, and make a hard question a reason
 * to stay away.
 */
export const boardPoints = ({ score, earned, hintCost }: BoardAnswer): number =>
  score === null || !earned || hintCost === null ? 0 : Math.max(0, score - hintCost);
