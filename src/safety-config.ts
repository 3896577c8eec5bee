import { z } from "zod";
import type { Retention } from "#core/erasure/retention";
import { usualRetention } from "#core/erasure/retention";
import { KEPT_DAYS } from "#core/erasure/texts";
import { type Limits, usualLimits } from "#core/limits/limits";

const MOST_A_MINUTE = 1_000_000;

/** Commands a minute; 0 for any number. */
const perMinute = (usual: number | null) =>
  z
    .string()
    .regex(/^\d{1,7}$/, "expected how many a minute, 0 for any number")
    .transform(Number)
    .refine((most) => most <= MOST_A_MINUTE, `expected ${MOST_A_MINUTE} a minute at most`)
    .transform((most) => (most === 0 ? null : most))
    .default(usual);

const days = (usual: number, least: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, "expected a number of days")
    .transform(Number)
    .refine(
      (count) => count >= least && count <= KEPT_DAYS.most,
      `expected ${least} to ${KEPT_DAYS.most} days`,
    )
    .default(usual);

/** What is read from the environment for limits and for how long things are kept. */
export const safetyVariables = {
  REHEARSAL_LIMIT_MEMBER: perMinute(usualLimits.member),
  REHEARSAL_LIMIT_CHANNEL: perMinute(usualLimits.channel),
  REHEARSAL_LIMIT_TENANT: perMinute(usualLimits.tenant),
  REHEARSAL_LIMIT_ANSWERS: perMinute(usualLimits.answers),
  REHEARSAL_KEEP_TEXTS_DAYS: days(usualRetention.textsDays, KEPT_DAYS.least),
  REHEARSAL_KEEP_LEFT_DAYS: days(usualRetention.leftDays, 0),
};

const environmentSchema = z.object(safetyVariables);

export interface SafetyConfig {
  readonly limits: Limits;
  readonly retention: Retention;
}

export const safetyOf = (environment: z.output<typeof environmentSchema>): SafetyConfig => ({
  limits: {
    member: environment.REHEARSAL_LIMIT_MEMBER,
    channel: environment.REHEARSAL_LIMIT_CHANNEL,
    tenant: environment.REHEARSAL_LIMIT_TENANT,
    answers: environment.REHEARSAL_LIMIT_ANSWERS,
  },
  retention: {
    textsDays: environment.REHEARSAL_KEEP_TEXTS_DAYS,
    leftDays: environment.REHEARSAL_KEEP_LEFT_DAYS,
  },
});
