import type { Instant, StudyDate } from "#core/ids";
import { nextDay, studyDateAt } from "#core/round/calendar";
import { type Due, dueOn, nextDue } from "./due.ts";
import type { HolidayCalendar } from "./holiday-calendar.ts";
import { isLate, type SkipReason } from "./post-record.ts";
import type { Schedule } from "./schedule.ts";

/** As long as every round is open: one that is posted late, and one that a changed schedule would cut short. */
const SHORTEST_ROUND_MS = 8 * 3_600_000;

export interface Skip extends Due {
  readonly reason: SkipReason;
}

/** What is to be done in a channel now. */
export interface Decision {
  /** The dates that get a visible row instead of a post, oldest first. To be written before the post. */
  readonly skip: readonly Skip[];
  /** The one question to post, or null. */
  readonly post: Due | null;
}

/**
 * Why the question of `due` can no longer be posted at `now`; null where it can. Late posts are allowed inside the
 * catch-up window, on the same local date, and where at least 8 h are left until the next question.
 */
export const reasonAgainst = (
  due: Due,
  schedule: Schedule,
  now: Instant,
  calendar: HolidayCalendar,
): SkipReason | null => {
  if (studyDateAt(now, schedule.zone) !== due.date)
    return due.at < schedule.changedAt ? "changed" : "date-passed";
  if (now - due.at > schedule.catchUpMs) return due.at < schedule.changedAt ? "changed" : "window-passed";
  if (!isLate(due.at, now)) return null;
  const next = nextDue(schedule, now, calendar);
  return next !== null && next.at - now < SHORTEST_ROUND_MS ? "too-short" : null;
};

/**
 * What is due in a channel: of all the dates since the newest record, one is posted at most, and each of the others
 * gets one row that says why not. A date up to the newest record is never due again, whatever the clock, the zone
 * or the time of the schedule has become.
 *
 * @param newest the date of the channel's newest post record, of any kind
 * @param lastPostAt when the channel's last question was posted: after a change of time or zone the next one may be
 * due minutes later, on another date, and would close a round that was promised to stay open
 */
export const decide = (
  schedule: Schedule,
  newest: StudyDate | null,
  now: Instant,
  calendar: HolidayCalendar,
  lastPostAt: Instant | null = null,
): Decision => {
  if (!schedule.enabled) return { skip: [], post: null };
  const today = studyDateAt(now, schedule.zone);
  const skip: Skip[] = [];
  let date = schedule.firstDate;
  if (newest !== null && newest >= date) date = nextDay(newest);
  for (; date <= today; date = nextDay(date)) {
    const due = dueOn(schedule, date, calendar);
    if (due === null) continue;
    if (due.at > now) break;
    const isTooSoon = lastPostAt !== null && now - lastPostAt < SHORTEST_ROUND_MS;
    const reason = reasonAgainst(due, schedule, now, calendar) ?? (isTooSoon ? "changed" : null);
    if (reason === null) return { skip, post: due };
    skip.push({ ...due, reason });
  }
  return { skip, post: null };
};

/** The channel's next due time after what `decide` has dealt with at `now`; null where it has none. */
export const nextDueAfter = (
  schedule: Schedule,
  newest: StudyDate | null,
  now: Instant,
  calendar: HolidayCalendar,
): Due | null => {
  if (!schedule.enabled) return null;
  let next = nextDue(schedule, now, calendar);
  // A zone further west shows the newest date once more, or for the first time after a later one: it has been used.
  while (next !== null && (next.date < schedule.firstDate || (newest !== null && next.date <= newest)))
    next = nextDue(schedule, next.at, calendar);
  return next;
};
