import type { StudyDate } from "#core/ids";
import { previousDay } from "#core/round/calendar";
import { type BoardPeriod, boardPeriodSchema, datesOfWeek, isoWeekOf } from "./period.ts";

/** What a member asks a board for, as seen from today. */
export const boardSpans = ["week", "month", "all", "last-week", "last-month"] as const;
export type BoardSpan = (typeof boardSpans)[number];

/** A span's period, and its first and last date; without them where it is everything. */
export interface Spanned {
  readonly period: BoardPeriod;
  readonly dates: { readonly from: StudyDate; readonly to: StudyDate } | null;
}

const monthOf = (date: StudyDate): Spanned => {
  const month = date.slice(0, 7);
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const at = (day: number): StudyDate => `${month}-${String(day).padStart(2, "0")}` as StudyDate;
  return { period: boardPeriodSchema.parse(month), dates: { from: at(1), to: at(days) } };
};

const weekOf = (date: StudyDate): Spanned => {
  const week = isoWeekOf(date);
  const dates = datesOfWeek(week);
  return {
    period: boardPeriodSchema.parse(week),
    dates: { from: dates[0] ?? date, to: dates[6] ?? date },
  };
};

/**
 * The period that a span means on a date.
 *
 * @param today by the clocks of the channel where it is asked: a week ends there when Sunday does
 */
export function spanned(span: BoardSpan, today: StudyDate): Spanned {
  const week = weekOf(today);
  const month = monthOf(today);
  switch (span) {
    case "week":
      return week;
    case "month":
      return month;
    case "all":
      return { period: boardPeriodSchema.parse("all"), dates: null };
    case "last-week":
      return weekOf(previousDay(week.dates?.from ?? today));
    case "last-month":
      return monthOf(previousDay(month.dates?.from ?? today));
  }
}
