import type { SubmissionId } from "./ids.ts";

/** The same submission id came with another text or question: two answers, of which only the first was kept. */
export class ConflictingSubmission extends Error {
  constructor(submission: SubmissionId) {
    super(`submission ${submission} was recorded before as a different answer`);
    this.name = "ConflictingSubmission";
  }
}

/** Why a store could not do its work, as an operator can act on it. */
export type StoreTrouble =
  | "in-use"
  | "read-only"
  | "full"
  | "damaged"
  | "newer-version"
  | "unreachable"
  /** A write was sent and not confirmed: it may have been kept. The same again is safe. */
  | "unconfirmed";

/** The medium failed; nothing that was not acknowledged before counts as kept. */
export class StoreFailure extends Error {
  readonly trouble: StoreTrouble;
  /** The file or address, for the operator. */
  readonly where: string;

  constructor(trouble: StoreTrouble, where: string, options?: ErrorOptions) {
    super(`the store at ${where} is ${trouble}`, options);
    this.name = "StoreFailure";
    this.trouble = trouble;
    this.where = where;
  }
}
