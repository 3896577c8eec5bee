import type { MemberId, TenantId } from "#core/ids";

/** A question of a document for a language model to read. */
export interface ProposalBrief {
  readonly tenant: TenantId;
  /** Whose allowance it counts against. */
  readonly member: MemberId;
  readonly question: string;
  /** The lines of the document, with their numbers in it. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** The key points that are there already. */
  readonly points: readonly string[];
}

/** A key point as a language model reads it out of the lines it names. */
export interface ProposedPoint {
  readonly title: string;
  readonly statement: string;
  readonly from: number;
  readonly to: number;
}

/** A language model that proposes key points; what it says is checked before anybody sees it. */
export interface Proposer {
  /** @throws JudgeFailure where it gives nothing usable */
  propose(brief: ProposalBrief): Promise<readonly ProposedPoint[]>;
}
