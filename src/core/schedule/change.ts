import type { ChannelId, Instant, StudyDate, TenantId } from "#core/ids";
import { nextDay, studyDateAt } from "#core/round/calendar";
import { firstDueFrom, nextDue } from "./due.ts";
import type { HolidayCalendar } from "./holiday-calendar.ts";
import type { Schedule, ScheduleSettings } from "./schedule.ts";

export interface ScheduleChange {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly settings: ScheduleSettings;
  readonly enabled: boolean;
  readonly decidedBy: Schedule["decidedBy"];
  /** The schedule until now, or null for a new channel. */
  readonly previous: Schedule | null;
  /** The date of the channel's newest post record. */
  readonly newest: StudyDate | null;
  readonly now: Instant;
  /** The holidays that the settings name. */
  readonly calendar: HolidayCalendar;
  /** The holidays that the previous settings named. */
  readonly previousCalendar: HolidayCalendar;
}

/**
 * The schedule after an admin's change, which takes effect at the next round. A new or newly enabled schedule answers
 * for what is due from now on. A changed one also answers for the date that the old one still owed, so that moving
 * today's 18:00 to 09:00 at noon posts today's question at once instead of losing it, and at most one a date.
 */
export const changedSchedule = (change: ScheduleChange): Schedule => {
  const { tenant, channel, settings, enabled, decidedBy, previous, newest, now, calendar } = change;
  // One millisecond earlier, so that a schedule which is made at its own due time is due.
  const upcoming = nextDue(settings, now - 1, calendar)?.date ?? studyDateAt(now, settings.zone);
  const owedFrom =
    previous === null || !previous.enabled
      ? null
      : newest !== null && newest >= previous.firstDate
        ? nextDay(newest)
        : previous.firstDate;
  const owed =
    previous === null || owedFrom === null ? null : firstDueFrom(previous, owedFrom, change.previousCalendar);
  return {
    ...settings,
    tenant,
    channel,
    enabled,
    revision: (previous?.revision ?? 0) + 1,
    changedAt: now,
    decidedBy,
    firstDate: owed !== null && owed.date < upcoming ? owed.date : upcoming,
  };
};
