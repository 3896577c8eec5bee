import { z } from "zod";
import { channelIdSchema, instantSchema, type StudyDate, studyDateSchema, tenantIdSchema } from "#core/ids";

/**
 * Why a date has no post: `date-passed` the bot slept past the local date; `window-passed` it woke too late on the
 * date; `too-short` less than 8 h would have been left; `changed` the schedule was changed to a time or zone in which
 * the date's question was already overdue, or less than 8 h after the last one; `no-question` there is none to ask; `failed` the platform took no post
 * until the window had passed; `refused` the channel is gone or the bot may not post there.
 */
export const skipReasonSchema = z.enum([
  "date-passed",
  "window-passed",
  "too-short",
  "changed",
  "no-question",
  "failed",
  "refused",
]);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/** Why a posted round has no reveal: nobody wants it, it is a day late or more, its question is gone, or its channel. */
const noRevealReasonSchema = z.enum(["not-wanted", "window-passed", "no-question", "refused"]);

/** Somebody is posting: whoever holds the token, until the lease ends. */
const intentSchema = z.strictObject({
  kind: z.literal("intent"),
  token: z.string().min(1),
  /** 1 for the first try. */
  attempt: z.int().min(1),
  /** When the first try began: no message of ours is older. */
  since: instantSchema,
  /** When the token was given. */
  at: instantSchema,
  leaseUntil: instantSchema,
});
export type Intent = z.infer<typeof intentSchema>;

const sentSchema = z.strictObject({
  kind: z.literal("sent"),
  messageId: z.string().min(1).max(200),
  at: instantSchema,
});

const skippedSchema = z.strictObject({
  kind: z.literal("skipped"),
  reason: skipReasonSchema,
  at: instantSchema,
});
const noRevealSchema = skippedSchema.extend({ reason: noRevealReasonSchema });

export const postStateSchema = z.discriminatedUnion("kind", [intentSchema, sentSchema, skippedSchema]);
export type PostState = z.infer<typeof postStateSchema>;
export type FinalPostState = Exclude<PostState, Intent>;

export const revealStateSchema = z.discriminatedUnion("kind", [intentSchema, sentSchema, noRevealSchema]);
export type RevealState = z.infer<typeof revealStateSchema>;
export type FinalRevealState = Exclude<RevealState, Intent>;

/** What became of one date's question in one channel: posted, being posted, or skipped. Kept for good. */
export const postRecordSchema = z.strictObject({
  tenant: tenantIdSchema,
  channel: channelIdSchema,
  date: studyDateSchema,
  /** When it was due by the schedule of that day. */
  dueAt: instantSchema,
  post: postStateSchema,
  /** Null until the round of a posted question has closed. */
  reveal: revealStateSchema.nullable(),
});
export type PostRecord = z.infer<typeof postRecordSchema>;

/** What names a post record. */
export type PostKey = Pick<PostRecord, "tenant" | "channel" | "date">;

/** Whether something is still to be done about a record: a post in hand, or a reveal to come. */
export const isUnsettled = ({ post, reveal }: PostRecord): boolean =>
  post.kind === "intent" || (post.kind === "sent" && (reveal === null || reveal.kind === "intent"));

const MINUTE_MS = 60_000;
/** A post is on time as long as nobody would notice. */
const LATE_FROM_MS = 2 * MINUTE_MS;

export const isLate = (dueAt: number, at: number): boolean => at - dueAt >= LATE_FROM_MS;

/** What is announced in a channel on a date. */
export type AnnouncementKind = "question" | "reveal";

/** What a message on the platform carries, the same at every try, so that it can be found again. */
export const announcementKeyOf = (kind: AnnouncementKind, channel: string, date: StudyDate): string =>
  `${kind}/${date}@${channel}`;
