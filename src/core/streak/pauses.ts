import type { StudyDate } from "#core/ids";
import { daysBetween, nextDay } from "#core/round/calendar";
import type { Pause, StreakChoice } from "./choice.ts";

/** As many dates of one calendar quarter may be paused. */
export const PAUSED_DAYS_A_QUARTER = 21;
/** No pause is longer: three weeks at the end of one quarter and three at the beginning of the next. */
export const LONGEST_PAUSE_DAYS = 2 * PAUSED_DAYS_A_QUARTER;

/** The calendar quarter of a date, like `2026-4`. */
export const quarterOf = (date: StudyDate): string =>
  `${date.slice(0, 4)}-${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

/** The dates of a pause; none where it was taken back, or is longer than any may be. */
export const datesOf = ({ from, to }: Pick<Pause, "from" | "to">): readonly StudyDate[] => {
  if (to === null || daysBetween(from, to) >= LONGEST_PAUSE_DAYS) return [];
  const dates: StudyDate[] = [];
  for (let date = from; date <= to; date = nextDay(date)) dates.push(date);
  return dates;
};

/** How many dates of each quarter are among these. */
export const daysByQuarter = (dates: Iterable<StudyDate>): ReadonlyMap<string, number> => {
  const days = new Map<string, number>();
  for (const date of new Set(dates)) days.set(quarterOf(date), (days.get(quarterOf(date)) ?? 0) + 1);
  return days;
};

/** Whether no quarter has more paused dates than it may have. */
export const isWithinQuarters = (dates: Iterable<StudyDate>): boolean =>
  [...daysByQuarter(dates).values()].every((days) => days <= PAUSED_DAYS_A_QUARTER);

/**
 * The dates on which a member need not answer, by their own choice. Of pauses that exceed a quarter together those
 * count which were set first, so that two requests at once cannot take more than one could.
 */
export const pausedDates = (choices: readonly StreakChoice[]): ReadonlySet<StudyDate> => {
  const pauses = choices
    .filter((choice) => choice.kind === "pause")
    .sort((one, other) => one.at - other.at || (one.from < other.from ? -1 : 1));
  let paused = new Set<StudyDate>();
  for (const pause of pauses) {
    const together = new Set([...paused, ...datesOf(pause)]);
    if (isWithinQuarters(together)) paused = together;
  }
  return paused;
};
