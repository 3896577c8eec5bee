import { z } from "zod";
import type { StudyDate } from "#core/ids";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";

/** The library's answer for a date; a day that the State Council named has a name with commas: `National Day,国庆节,3`. */
const detailSchema = z.object({ work: z.boolean(), name: z.string() });

/** With a time of day: a date alone is read as midnight in UTC, which is the day before west of Greenwich. */
const atNoon = (date: StudyDate | string): string => `${date}T12:00:00`;

/**
 * China's public holidays with the weekend days worked in exchange (调休), as the State Council announces them each
 * autumn for the next year; until then the year is not known.
 */
export const readChina = async (): Promise<HolidayCalendar> => {
  const { default: china } = await import("chinese-days");
  const known = new Map<string, boolean>();
  return {
    kindOf: (date) => {
      const { work, name } = detailSchema.parse(china.getDayDetail(atNoon(date)));
      if (!name.includes(",")) return "ordinary";
      return work ? "make-up" : "off";
    },
    knows: (date) => {
      const year = date.slice(0, 4);
      const found =
        known.get(year) ??
        china.getHolidaysInRange(atNoon(`${year}-01-01`), atNoon(`${year}-12-31`), false).length > 0;
      known.set(year, found);
      return found;
    },
  };
};
