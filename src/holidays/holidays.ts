import type { Holidays } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";
import { readChina } from "./china.ts";
import { readCountry } from "./country.ts";

const ID = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** Holidays from libraries that are read when the first channel asks for them: one of them takes a quarter of a second. */
export const createHolidays = (): Holidays => {
  const known = new Map<string, HolidayCalendar>();
  return {
    calendar: async (typed) => {
      const id = typed.trim().toUpperCase();
      const kept = known.get(id);
      if (kept !== undefined) return kept;
      const read = id === "CN" ? await readChina() : ID.test(id) ? await readCountry(id) : null;
      if (read === null) throw new Refusal((say) => say.schedule.noSuchHolidays(typed.slice(0, 20)));
      known.set(id, read);
      return read;
    },
  };
};
