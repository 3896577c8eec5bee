import { z } from "zod";
import { bilingualSchema } from "./language.ts";
import { zoneSchema } from "./round/calendar.ts";

/** A city that people name when they mean its time zone. */
export const citySchema = z.strictObject({
  zone: zoneSchema,
  names: bilingualSchema,
  /** Other names that mean its zone: its country, abbreviations. */
  also: z.array(z.string().min(1)),
});
export type City = Readonly<z.infer<typeof citySchema>>;

/** A calendar of public holidays by its id: a country's code, or that of a part of one. */
export const holidayPlaceSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, "a code like CN or DE-BY"),
  names: bilingualSchema,
});
export type HolidayPlace = Readonly<z.infer<typeof holidayPlaceSchema>>;

/** What settings know of the world; the best known first, so that it is what an empty field offers. */
export interface Places {
  readonly cities: readonly City[];
  readonly holidays: readonly HolidayPlace[];
}
