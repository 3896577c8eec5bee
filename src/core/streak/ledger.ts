import { z } from "zod";
import { instantSchema, type StudyDate, studyDateSchema } from "#core/ids";

/**
 * How a date was earned: `pass` answered well enough in time, or found so on appeal; `madeup` repaired by learning.
 * Each adds one to the streak; `pass` is the stronger. Freezes, pauses and excused dates are worked out from what is
 * kept, so that no late answer or appeal ever finds a freeze written down that should not have been spent.
 */
export const earnedKindSchema = z.enum(["pass", "madeup"]);

/** One row of a member's ledger of study days; at most one a member and date. */
export const studyDaySchema = z.strictObject({
  date: studyDateSchema,
  kind: earnedKindSchema,
  /** When it was made up, or decided on appeal; absent where an answer in time earned it. */
  at: instantSchema.optional(),
});
export type StudyDay = z.infer<typeof studyDaySchema>;

const strengths = earnedKindSchema.options;

/**
 * Which of two rows of a date stays: the stronger kind; of one kind what was earned in time, else what was decided
 * first. So rows may be written in any order and any number, and the ledger ends the same.
 */
export const strongerDay = (one: StudyDay, other: StudyDay): StudyDay => {
  const by = strengths.indexOf(one.kind) - strengths.indexOf(other.kind) || (one.at ?? -1) - (other.at ?? -1);
  return by <= 0 ? one : other;
};

/** A date whose round a member answered; `pending` while one of the answers has no result, which protects the day. */
export interface AnsweredDate {
  readonly date: StudyDate;
  readonly pending: boolean;
}
