import type { GradeResult } from "#core/scoring/grader";

/** A result without the member's own words: scores and verdicts stay. */
export const withoutQuotes = (result: GradeResult): GradeResult => ({
  ...result,
  points: result.points.map((point) => ({ ...point, evidence: [] })),
});
