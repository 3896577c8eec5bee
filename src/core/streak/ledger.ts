import { z } from "zod";
import { type StudyDate, studyDateSchema } from "#core/ids";

/**
 * How a date came into the ledger: `pass` answered well enough in time, `madeup` repaired by learning, `freeze`
 * covered by an earned freeze, `excused` paused by the member or excused by an admin. `pass` and `madeup` add one
 * to the streak; `freeze` and `excused` keep it.
 */
export const dayKindSchema = z.enum(["pass", "madeup", "freeze", "excused"]);
export type DayKind = z.infer<typeof dayKindSchema>;

/** One row of a member's ledger of study days; at most one a member and date. */
export const studyDaySchema = z.strictObject({ date: studyDateSchema, kind: dayKindSchema });
export type StudyDay = z.infer<typeof studyDaySchema>;

/** A date whose round a member answered; `pending` while one of the answers has no result, which protects the day. */
export interface AnsweredDate {
  readonly date: StudyDate;
  readonly pending: boolean;
}
