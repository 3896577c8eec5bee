import type { StudyDate } from "#core/ids";
import { studyDateAt, type Zone } from "#core/round/calendar";
import { nextDue } from "#core/schedule/due";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { instantOf, type WallTime } from "#core/schedule/wall-time";
import { expectedInstant } from "./slow-calendar.ts";

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/**
 * What is wrong with the due times of a channel on dates in a row; null where each date that exists has exactly one,
 * at the right instant, on the right date, and the step from one to the next leaves none out.
 */
export const faultOnDates = (zone: Zone, time: WallTime, dates: readonly StudyDate[]): string | null => {
  let previous: number | null = null;
  for (const date of dates) {
    const expected = expectedInstant(zone, time, date);
    const at = instantOf(zone, time, date);
    if (at !== expected) return `${zone} ${date} ${time}: due at ${at}, expected ${expected}`;
    if (at === null) continue;
    if (studyDateAt(at, zone) !== date) return `${zone} ${date} ${time}: due on ${studyDateAt(at, zone)}`;
    const after = previous ?? at - 1;
    const next = nextDue({ zone, time, weekdays }, after, noHolidays);
    if (next?.date !== date || next.at !== at)
      return `${zone} ${date} ${time}: after ${after} comes ${next?.date} at ${next?.at}, expected ${at}`;
    previous = at;
  }
  return null;
};
