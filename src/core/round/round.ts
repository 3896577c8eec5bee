import { z } from "zod";
import {
  channelIdSchema,
  instantSchema,
  memberIdSchema,
  roundIdSchema,
  studyDateSchema,
  submissionIdSchema,
  tenantIdSchema,
} from "#core/ids";
import { gradeResultSchema } from "#core/scoring/grader";

/** One question asked in one channel on one local date. A channel has at most one round a date. */
export const roundSchema = z.strictObject({
  id: roundIdSchema,
  tenant: tenantIdSchema,
  channel: channelIdSchema,
  /** The local date in the channel's zone when the round opened. */
  date: studyDateSchema,
  question: z.string().min(1),
  opensAt: instantSchema,
  /** The last instant at which an answer counts, fixed at opening. */
  closesAt: instantSchema,
  /** Set when somebody closed the round before its time. */
  closedAt: instantSchema.nullable(),
});
export type Round = z.infer<typeof roundSchema>;

/** One answer as recorded. `result` is null while it has not been graded; such an answer protects the day. */
export const attemptSchema = z.strictObject({
  tenant: tenantIdSchema,
  member: memberIdSchema,
  /** The round it answers, or null for practice, which touches no streak. */
  round: roundIdSchema.nullable(),
  question: z.string().min(1),
  submission: submissionIdSchema,
  sentAt: instantSchema,
  text: z.string(),
  result: gradeResultSchema.nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;
