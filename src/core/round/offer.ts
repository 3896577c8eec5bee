import { z } from "zod";
import { memberIdSchema, roundIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";

/** A member's consent that one answer of theirs is shown when the round is revealed. At most one a member and round. */
export const offerSchema = z.strictObject({
  tenant: tenantIdSchema,
  round: roundIdSchema,
  member: memberIdSchema,
  /** The answer. */
  submission: submissionIdSchema,
  /** Whether the member's name stands beside it. */
  named: z.boolean(),
});
export type Offer = z.infer<typeof offerSchema>;
