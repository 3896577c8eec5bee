import type { MemberId, RoundId, StudyDate, SubmissionId, TenantId } from "#core/ids";
import type { GradeResult } from "#core/scoring/grader";
import type { Attempt } from "./round.ts";

export interface AttemptToRecord extends Omit<Attempt, "result"> {
  readonly result: GradeResult | null;
  /** The date to credit with `pass`, or null where the answer does not earn the day. */
  readonly credit: StudyDate | null;
  /**
   * What the hints cost that were taken before it was sent, in board points: nothing where it is absent; null where it
   * came too late for points. What the first delivery brought stays.
   */
  readonly hintCost?: number | null;
  /** Whether it wins board points although it is given no date here: where it is brought from another store. */
  readonly earned?: boolean;
}

export type Recorded =
  /**
   * `fresh` where this call was the first to bring the answer. `attempt` as kept (for a repeated delivery: the one of
   * the first); `count` of this member's attempts so far, at the round or, in practice, at the question.
   */
  | {
      readonly outcome: "recorded";
      readonly fresh: boolean;
      readonly attempt: Attempt;
      readonly count: number;
    }
  /** All attempts are used up; nothing was written. */
  | { readonly outcome: "no-attempts-left"; readonly count: number }
  /** The member's data was deleted after it was sent; nothing was written. */
  | { readonly outcome: "erased" };

/** A second result for an answer that was recorded with a first one. */
export interface Revision {
  readonly tenant: TenantId;
  readonly member: MemberId;
  readonly round: RoundId | null;
  readonly submission: SubmissionId;
  /** The result that was shown and read again: only it is replaced. */
  readonly judged: GradeResult;
  readonly result: GradeResult;
  /** The date that the answer earns by its new result, or null. */
  readonly credit: StudyDate | null;
  /** Whether it wins board points from now on although it is given no date here: after an appeal, which credits its own. */
  readonly earned?: boolean;
}

/** `attempt` as it is kept now; `superseded` where another result than the judged one was kept, which stays. */
export type Revised =
  | { readonly outcome: "revised" | "superseded"; readonly attempt: Attempt }
  | { readonly outcome: "unknown" };

export interface AttemptQuery {
  readonly tenant: TenantId;
  readonly member: MemberId;
  readonly round?: RoundId;
  readonly question?: string;
  readonly limit: number;
}

/** What a member sent to a round, without what came of it. */
export type SentText = Pick<Attempt, "member" | "submission" | "sentAt" | "text">;
