import type { Guarded } from "./guards.ts";
import type { Evidences } from "./likelihood.ts";
import type { Reading } from "./reading.ts";
import type { ReversalEvidence } from "./reversal.ts";
import type { Watch } from "./verdict.ts";

/**
 * Watches one answer being graded, for `grade --explain` and the rubric lint. What it is shown is what the grader
 * works on, so an explanation cannot differ from the verdict; without a trace nothing is recorded.
 */
export interface Trace {
  /**
   * The words found and the clauses, before and after the guards. Directions and subjects are filled into the same
   * tokens afterwards: read them once grading is done.
   */
  readonly read: (whole: Reading, guarded: Guarded) => void;
  /** Called for each point in the rubric's order; not at all where the answer as a whole is not judged. */
  readonly weighed: Watch;
  /** Of drafted questions: what the likelihoods are drawn from. */
  readonly likened?: (evidences: Evidences) => void;
  /** Of drafted questions, for each point that is found covered: what tells whether its reverse is said. */
  readonly turned?: (point: number, evidence: ReversalEvidence) => void;
}
