import { z } from "zod";

/**
 * Identities come from an adapter's authenticated event and are parsed once, there. The brands keep a
 * member's id from being passed where a tenant's is meant: the type checker refuses it.
 */
const id = z.string().min(1).max(200);

/** A guild, a workspace, or this machine. */
export const tenantIdSchema = id.brand<"TenantId">();
export type TenantId = z.infer<typeof tenantIdSchema>;

export const channelIdSchema = id.brand<"ChannelId">();
export type ChannelId = z.infer<typeof channelIdSchema>;

export const memberIdSchema = id.brand<"MemberId">();
export type MemberId = z.infer<typeof memberIdSchema>;

/** Longer than other ids: it is made of a channel's id and a date. */
export const roundIdSchema = z.string().min(1).max(211).brand<"RoundId">();
export type RoundId = z.infer<typeof roundIdSchema>;

/** Names one submission; a platform that delivers it twice gives the same id both times. */
export const submissionIdSchema = id.brand<"SubmissionId">();
export type SubmissionId = z.infer<typeof submissionIdSchema>;

/** The local calendar date of a round in its channel's zone, `YYYY-MM-DD`. */
export const studyDateSchema = z.iso.date().brand<"StudyDate">();
export type StudyDate = z.infer<typeof studyDateSchema>;

/** An instant in milliseconds since 1970-01-01T00:00Z. */
export const instantSchema = z.int().nonnegative();
export type Instant = z.infer<typeof instantSchema>;
