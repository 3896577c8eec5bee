import { z } from "zod";
import { instantSchema, memberIdSchema, studyDateSchema } from "#core/ids";

/** A date on which nobody of a channel has to answer, with who decided so and when: never changed, never removed. */
export const excusalSchema = z.strictObject({
  date: studyDateSchema,
  by: memberIdSchema,
  at: instantSchema,
});
export type Excusal = z.infer<typeof excusalSchema>;
