import type { MemberId, TenantId } from "#core/ids";
import type { Bilingual } from "#core/language";
import type { Verdict } from "./grader.ts";
import type { CompiledPoint } from "./rubric.ts";

/** One key point as a judge is shown it; weights are never shown. */
export interface BriefedPoint {
  readonly id: string;
  readonly statement: Bilingual;
  /** Where the source is wrong; overrides the statement. */
  readonly erratum?: Bilingual;
  readonly enough: CompiledPoint["enough"];
}

/** All that a judge reads for one answer. */
export interface JudgeBrief {
  /** Whose daily allowance the call is taken from; not shown to the model. */
  readonly tenant: TenantId;
  readonly member: MemberId;
  readonly rubricHash: string;
  readonly question: Bilingual;
  /** The question's key points and one decoy among them. */
  readonly points: readonly BriefedPoint[];
  /** What a person sees of the answer, at most 1,500 units. Untrusted. */
  readonly text: string;
  /** The same for answers that read the same. */
  readonly normalised: string;
}

/** What a judge says of one point. `quote` should be words of the answer; nothing is believed before it is checked. */
export interface PointJudgement {
  readonly id: string;
  readonly verdict: Verdict;
  readonly quote: string;
}

/** A second reader of answers: a language model behind an address that the operator chose. */
export interface Judge {
  readonly model: string;
  /** Rises with every change of the prompt; kept results carry it. */
  readonly promptVersion: string;
  /** Where answers are sent; null where that is this machine. */
  readonly host: string | null;
  /**
   * One opinion on one answer, as it came: ids and quotes are unchecked.
   *
   * @throws JudgeFailure and nothing else, within its time limit
   */
  judge(brief: JudgeBrief, signal: AbortSignal): Promise<readonly PointJudgement[]>;
}

/** Why there is no opinion; safe to log, since it holds nothing of the answer, the key or the reply. */
export type JudgeFailureReason =
  | "timeout"
  | "unreachable"
  | "refused"
  | "unreadable"
  | "truncated"
  | "paused"
  | "member-allowance"
  | "tenant-allowance"
  | "stopped";

export class JudgeFailure extends Error {
  readonly reason: JudgeFailureReason;
  /** The endpoint's HTTP status, where it gave one. */
  readonly status: number | null;

  // No cause: what a client throws holds the request, and with it the answer.
  constructor(reason: JudgeFailureReason, status: number | null = null) {
    super(status === null ? `the judge: ${reason}` : `the judge: ${reason} (HTTP ${status})`);
    this.name = "JudgeFailure";
    this.reason = reason;
    this.status = status;
  }
}
