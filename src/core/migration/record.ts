import { z } from "zod";
import { dossierSchema } from "#core/dossier";
import { channelIdSchema, instantSchema, memberIdSchema, submissionIdSchema, type TenantId } from "#core/ids";
import { offerSchema } from "#core/round/offer";
import { attemptSchema, roundSchema } from "#core/round/round";
import { postRecordSchema } from "#core/schedule/post-record";
import { scheduleSchema } from "#core/schedule/schedule";
import { streakChoiceSchema } from "#core/streak/choice";
import { excusalSchema } from "#core/streak/excusal";
import { studyDaySchema } from "#core/streak/ledger";

const member = memberIdSchema;

/**
 * One thing that a store keeps of a tenant, whatever it keeps things in. What can be worked out of others (a member's
 * answered dates, their first channel) is none, and neither is what ends by itself within seconds.
 */
export const storedRecordSchema = z.discriminatedUnion("kind", [
  /** First of all, so that nothing erased is written again. */
  z.strictObject({ kind: z.literal("erased"), who: z.string(), at: instantSchema }),
  z.strictObject({ kind: z.literal("round"), round: roundSchema }),
  z.strictObject({
    kind: z.literal("answer"),
    attempt: attemptSchema,
    hintCost: z.int().nullable(),
    earned: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("day"), member, day: studyDaySchema }),
  z.strictObject({
    kind: z.literal("hint"),
    member,
    asked: z.string(),
    submission: submissionIdSchema,
    before: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal("practice"), member, question: z.string() }),
  z.strictObject({ kind: z.literal("schedule"), schedule: scheduleSchema, wakeAt: instantSchema }),
  z.strictObject({ kind: z.literal("post"), record: postRecordSchema }),
  z.strictObject({ kind: z.literal("offer"), offer: offerSchema }),
  z.strictObject({ kind: z.literal("named"), member }),
  z.strictObject({ kind: z.literal("hidden"), member }),
  z.strictObject({ kind: z.literal("choice"), member, choice: streakChoiceSchema }),
  z.strictObject({ kind: z.literal("excusal"), channel: channelIdSchema, excusal: excusalSchema }),
  z.strictObject({
    kind: z.literal("action"),
    key: z.string(),
    action: z.string(),
    expiresAt: instantSchema,
  }),
  z.strictObject({ kind: z.literal("installation"), sealed: z.string() }),
  z.strictObject({ kind: z.literal("dossier"), dossier: dossierSchema }),
]);
export type StoredRecord = z.infer<typeof storedRecordSchema>;

/** Everything that a store keeps, tenant by tenant. */
export interface StoreContents {
  tenants(): Promise<readonly TenantId[]>;
  /**
   * A tenant's records, rounds before the answers to them and each kind in an order in which it can be written again.
   *
   * @param now what has ended by then is left out
   */
  records(tenant: TenantId, now: number): AsyncIterable<StoredRecord>;
  /** What is another text once a tenant's records changed; absent where nobody can write meanwhile. */
  revision?(tenant: TenantId): Promise<string>;
  close(): Promise<void>;
}

/** A record as a text that is the same for the same record, in whatever order its keys came. */
export const recordText = (record: StoredRecord): string => JSON.stringify(storedRecordSchema.parse(record));
