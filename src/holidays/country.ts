import { z } from "zod";
import type { StudyDate } from "#core/ids";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";

const DAY_MS = 86_400_000;

/** A holiday begins at a wall time of its country, some at sunset; `start` and `end` tell how long it is. */
const holidaySchema = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/),
  start: z.date(),
  end: z.date(),
});

/** The dates whose noon lies in the holiday. */
const datesOf = ({ date, start, end }: z.infer<typeof holidaySchema>): readonly string[] => {
  const from = Date.parse(`${date.slice(0, 10)}T${date.slice(11, 19)}Z`);
  const until = from + (end.getTime() - start.getTime());
  const dates: string[] = [];
  for (let noon = Math.floor(from / DAY_MS) * DAY_MS + DAY_MS / 2; noon < until; noon += DAY_MS)
    if (noon >= from) dates.push(new Date(noon).toISOString().slice(0, 10));
  return dates;
};

/**
 * The public holidays of a country or a part of one, by ISO 3166 codes: `DE`, `DE-BY`. Null where the library has
 * no such place.
 */
export const readCountry = async (id: string): Promise<HolidayCalendar | null> => {
  const [country = "", state] = id.split("-");
  const { default: Holidays } = await import("date-holidays");
  const all = new Holidays();
  if (!Object.hasOwn(all.getCountries(), country)) return null;
  if (state !== undefined && !Object.hasOwn(all.getStates(country) ?? {}, state)) return null;
  const types: ["public"] = ["public"];
  const place =
    state === undefined ? new Holidays(country, { types }) : new Holidays(country, state, { types });

  const years = new Map<string, ReadonlySet<string>>();
  const offIn = (date: StudyDate): ReadonlySet<string> => {
    const year = date.slice(0, 4);
    const known = years.get(year);
    if (known !== undefined) return known;
    // A holiday at the turn of the year begins in the year before.
    const around = [Number(year) - 1, Number(year)].flatMap((one) => place.getHolidays(one));
    const off = new Set(around.flatMap((holiday) => datesOf(holidaySchema.parse(holiday))));
    years.set(year, new Set([...off].filter((day) => day.startsWith(year))));
    return years.get(year) ?? off;
  };
  return {
    kindOf: (date) => (offIn(date).has(date) ? "off" : "ordinary"),
    knows: (date) => offIn(date).size > 0,
  };
};
