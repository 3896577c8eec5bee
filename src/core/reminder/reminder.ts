import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { channelIdSchema, type Instant, instantSchema, memberIdSchema, studyDateSchema } from "#core/ids";
import { localeSchema } from "#core/language";
import { nextDay, studyDateAt, zoneSchema } from "#core/round/calendar";
import { instantOf, type WallTime, wallTimeSchema } from "#core/schedule/wall-time";

/** Hours in which nobody is spoken to, by the member's own clock; `to` no longer belongs to them. */
const quietSchema = z.strictObject({ from: wallTimeSchema, to: wallTimeSchema });
export type QuietHours = z.infer<typeof quietSchema>;

export const defaultQuiet: QuietHours = quietSchema.parse({ from: "22:00", to: "07:00" });

const dueSchema = z.strictObject({
  /** The date on the member's calendar; one reminder a date at most. */
  date: studyDateSchema,
  at: instantSchema,
});
export type Due = z.infer<typeof dueSchema>;

/** When a member wants to be reminded of a question that they have not passed. */
const reminderSchema = z.strictObject({
  member: memberIdSchema,
  locale: localeSchema,
  /** Where it was set: whose questions are meant while the member has no home channel. */
  channel: channelIdSchema,
  on: z.boolean(),
  zone: zoneSchema,
  time: wallTimeSchema,
  /** Null for none. */
  quiet: quietSchema.nullable(),
  /** The date of the last one that was looked at, sent or not; null before the first. */
  lastDate: studyDateSchema.nullable(),
  /** The next one; null while it is off. */
  due: dueSchema.nullable(),
});
export type Reminder = z.infer<typeof reminderSchema>;

export const readReminder = (text: string): Reminder => reminderSchema.parse(JSON.parse(text));

/** How it is kept: it wakes at the next hour that was wished. */
export const reminderText = (reminder: Reminder): Pick<Dossier, "text" | "wakeAt"> => ({
  text: JSON.stringify(reminder),
  wakeAt: reminder.on ? (reminder.due?.at ?? null) : null,
});

/** Whether a time of day lies in quiet hours, which may go over midnight. */
export const isQuiet = (time: WallTime, quiet: QuietHours | null): boolean => {
  if (quiet === null || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? from <= time && time < to : from <= time || time < to;
};

/** More dates than any calendar ever left out in a row. */
const DATES_TRIED = 4;

/**
 * When a reminder comes next after an instant: at its time by the member's clocks, as they go then, and on no date that
 * was looked at before. Null where no such date is near, which does not happen.
 */
export function nextDue(
  { zone, time, lastDate }: Pick<Reminder, "zone" | "time" | "lastDate">,
  after: Instant,
): Due | null {
  let date = studyDateAt(after, zone);
  for (let tried = 0; tried < DATES_TRIED; tried += 1) {
    // A date that a zone left out has no time at all.
    const at = instantOf(zone, time, date);
    if (at !== null && at > after && (lastDate === null || date > lastDate)) return { date, at };
    date = nextDay(date);
  }
  return null;
}

/**
 * The reminder after one of its dates was looked at, planned anew; whatever the member has changed meanwhile stays.
 *
 * @param since what came before it comes too late
 */
export function afterDate(reminder: Reminder, date: Due["date"], since: Instant): Reminder {
  const lastDate = reminder.lastDate !== null && reminder.lastDate > date ? reminder.lastDate : date;
  const next = { ...reminder, lastDate };
  return { ...next, due: next.on ? nextDue(next, since) : null };
}
