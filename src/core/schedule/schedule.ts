import { z } from "zod";
import { channelIdSchema, type Instant, instantSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import { localeSchema } from "#core/language";
import { zoneSchema } from "#core/round/calendar";
import { defaultThresholds, HIGHEST_PASS_SCORE } from "#core/round/passing";
import { wallTimeSchema } from "./wall-time.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How late a question may still be posted, unless an admin says otherwise. */
const DEFAULT_CATCH_UP_MS = 4 * HOUR_MS;
/** Below this a single restart with a lease to wait for would already cost the day. */
const SHORTEST_CATCH_UP_MS = 10 * MINUTE_MS;

/** What an admin chooses for a channel. */
export const settingsSchema = z.strictObject({
  zone: zoneSchema,
  /** When the question is due, by the zone's wall clocks. */
  time: wallTimeSchema,
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, "each weekday once"),
  /** Whose holidays are free: a calendar id like `CN` or `DE-BY`, or null for nobody's. */
  holidays: z.string().min(1).max(20).nullable(),
  catchUpMs: z
    .int()
    .min(SHORTEST_CATCH_UP_MS)
    .max(24 * HOUR_MS),
  /** When a round closes: at the channel's next opening, or sooner after so many hours (8 at least). */
  closesAfterHours: z.int().min(8).max(24).nullable(),
  /** Whether the model answer is posted when the round has closed. */
  reveal: z.boolean(),
  /** Whether a report of the week is posted when it is over. */
  report: z.boolean().default(true),
  /** The score, of 100, from which on an answer earns the day. */
  passScore: z.int().min(defaultThresholds.score).max(HIGHEST_PASS_SCORE).default(defaultThresholds.score),
  /** The topics that are asked, by their ids; null for all. */
  topics: z.array(z.string().min(1).max(40)).min(1).max(25).nullable(),
  /** The language of what the clock posts. */
  locale: localeSchema,
  /** The platform's roles whose holders are editors, by their ids. */
  editors: z.array(z.string().min(1).max(200)).max(25),
});
export type ScheduleSettings = z.infer<typeof settingsSchema>;

/** When a channel is asked its daily question. */
export const scheduleSchema = settingsSchema.extend({
  tenant: tenantIdSchema,
  channel: channelIdSchema,
  enabled: z.boolean(),
  /** Counts the changes, so that what was worked out from an older state cannot be written over a newer one. */
  revision: z.int().min(1),
  /** When it was last changed. */
  changedAt: instantSchema,
  /** The first local date that these settings answer for. */
  firstDate: studyDateSchema,
  /** Who decided when the question comes: the operator in the environment, or an admin by /settings. */
  decidedBy: z.enum(["environment", "admin"]),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** A schedule and the instant at which the clock wanted to look at it. */
export interface WakingSchedule {
  readonly schedule: Schedule;
  readonly wakeAt: Instant;
}

/** What an admin chose, without what the schedule keeps beside it. */
export const settingsOf = ({
  tenant: _tenant,
  channel: _channel,
  enabled: _enabled,
  revision: _revision,
  changedAt: _changedAt,
  firstDate: _firstDate,
  decidedBy: _decidedBy,
  ...settings
}: Schedule): ScheduleSettings => settings;

/** Every day at nine, as long as nobody chooses otherwise. */
export const defaultSettings = {
  time: wallTimeSchema.parse("09:00"),
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: null,
  catchUpMs: DEFAULT_CATCH_UP_MS,
  closesAfterHours: null,
  reveal: true,
  report: true,
  topics: null,
  locale: "en",
  editors: [],
  passScore: defaultThresholds.score,
} satisfies Omit<ScheduleSettings, "zone">;
