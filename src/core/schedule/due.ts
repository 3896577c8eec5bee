import type { Instant, StudyDate } from "#core/ids";
import { daysBetween, nextDay, studyDateAt } from "#core/round/calendar";
import type { HolidayCalendar } from "./holiday-calendar.ts";
import type { Schedule } from "./schedule.ts";
import { instantOf } from "./wall-time.ts";

/** When a channel's question for a date is due. */
export interface Due {
  readonly date: StudyDate;
  readonly at: Instant;
}

/** What decides when a channel is due. */
export type Timing = Pick<Schedule, "zone" | "time" | "weekdays">;

/** Longer than any row of holidays: a schedule that is due on no day of it is due on none. */
const DAYS_AHEAD = 400;

/** 1970-01-01, from which days are counted, was a Thursday. */
const weekdayOf = (date: StudyDate): number => ((daysBetween("1970-01-01" as StudyDate, date) + 3) % 7) + 1;

const everyWorkday = [1, 2, 3, 4, 5];

/** Whether the channel is asked on `date`. A make-up workday counts for channels that are asked every Monday to Friday. */
const asksOn = ({ weekdays }: Timing, date: StudyDate, calendar: HolidayCalendar): boolean => {
  const kind = calendar.kindOf(date);
  if (kind === "off") return false;
  if (kind === "make-up" && everyWorkday.every((day) => weekdays.includes(day))) return true;
  return weekdays.includes(weekdayOf(date));
};

/** When the question of `date` is due, or null where the channel is not asked on it or the zone has no such date. */
export const dueOn = (timing: Timing, date: StudyDate, calendar: HolidayCalendar): Due | null => {
  if (!asksOn(timing, date, calendar)) return null;
  const at = instantOf(timing.zone, timing.time, date);
  return at === null ? null : { date, at };
};

/** The first time after `after` that the channel is due; null where it never is. */
export const nextDue = (timing: Timing, after: Instant, calendar: HolidayCalendar): Due | null => {
  let date = studyDateAt(after, timing.zone);
  for (let day = 0; day < DAYS_AHEAD; day += 1, date = nextDay(date)) {
    const due = dueOn(timing, date, calendar);
    if (due !== null && due.at > after) return due;
  }
  return null;
};

/** The first date from `from` on that the channel is asked on; null where there is none. */
export const firstDueFrom = (timing: Timing, from: StudyDate, calendar: HolidayCalendar): Due | null => {
  let date = from;
  for (let day = 0; day < DAYS_AHEAD; day += 1, date = nextDay(date)) {
    const due = dueOn(timing, date, calendar);
    if (due !== null) return due;
  }
  return null;
};
