import { z } from "zod";
import { type StudyDate, studyDateSchema } from "#core/ids";

const DAY_MS = 86_400_000;

/** An ISO week of a year: Monday to Sunday, of the year in which its Thursday lies. */
export const isoWeekSchema = z
  .string()
  .regex(/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/)
  .brand<"IsoWeek">();
export type IsoWeek = z.infer<typeof isoWeekSchema>;

/** What a board counts: an ISO week like `2026-W48`, a month like `2026-11`, or everything. */
export const boardPeriodSchema = z
  .union([isoWeekSchema, z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/), z.literal("all")])
  .brand<"BoardPeriod">();
export type BoardPeriod = z.infer<typeof boardPeriodSchema>;

/** Days since 1970-01-01, a Thursday. */
const dayNumber = (date: StudyDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const dateOf = (day: number): StudyDate =>
  studyDateSchema.parse(new Date(day * DAY_MS).toISOString().slice(0, 10));

/** 0 for Monday to 6 for Sunday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The ISO week that a date lies in, by the calendar alone. */
export const isoWeekOf = (date: StudyDate): IsoWeek => {
  const day = dayNumber(date);
  const thursday = dateOf(day - weekdayOf(day) + 3);
  const year = thursday.slice(0, 4);
  const firstDay = dayNumber(studyDateSchema.parse(`${year}-01-01`));
  const week = Math.floor((dayNumber(thursday) - firstDay) / 7) + 1;
  return isoWeekSchema.parse(`${year}-W${String(week).padStart(2, "0")}`);
};

const mondayOf = (week: IsoWeek): number => {
  const [year = "", number = ""] = week.split("-W");
  // The fourth of January lies in the first week of every year.
  const fourth = dayNumber(studyDateSchema.parse(`${year}-01-04`));
  return fourth - weekdayOf(fourth) + (Number(number) - 1) * 7;
};

/** The week's Monday to Sunday. A week 53 of a year that has none is the first of the next. */
export const datesOfWeek = (week: IsoWeek): readonly StudyDate[] =>
  Array.from({ length: 7 }, (_, day) => dateOf(mondayOf(week) + day));

/** The week so many weeks after another, or before it. */
export const weeksAfter = (week: IsoWeek, weeks: number): IsoWeek =>
  isoWeekOf(dateOf(mondayOf(week) + 7 * weeks));

/** The periods whose boards a date counts in: its week, its month, and all time. */
export const periodsOf = (date: StudyDate): readonly BoardPeriod[] =>
  [isoWeekOf(date), date.slice(0, 7), "all"].map((period) => boardPeriodSchema.parse(period));
