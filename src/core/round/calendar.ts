import { z } from "zod";
import { type Instant, type StudyDate, studyDateSchema } from "#core/ids";

const isZone = (name: string): boolean => {
  // Intl takes "+08:00" too; a fixed offset knows no daylight saving and is not what an admin means by a zone.
  if (!/^[A-Za-z]/.test(name)) return false;
  if (formatters.has(name as Zone)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** An IANA time zone that this machine knows, like `Asia/Shanghai`. */
export const zoneSchema = z
  .string()
  .max(64)
  .refine(isZone, "an IANA time zone, like Asia/Shanghai")
  .brand<"Zone">();
export type Zone = z.infer<typeof zoneSchema>;

/** Building a formatter costs a thousand times more than using it; there are only some hundred zones. */
const formatters = new Map<Zone, Intl.DateTimeFormat>();

const formatterOf = (zone: Zone): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat("en-US-u-ca-iso8601-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formatters.set(zone, formatter);
  return formatter;
};

/** The calendar date that a wall clock in `zone` shows at `instant`. */
export const studyDateAt = (instant: Instant, zone: Zone): StudyDate => {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return studyDateSchema.parse(`${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`);
};

const DAY_MS = 86_400_000;

/** No date is longer: a day of 24 h, and at most an hour or two that the clocks are put back. */
const LONGEST_DATE_MS = 28 * 3_600_000;

/** The first instant at which a wall clock in `zone` shows a later date than at `instant`, whatever the clocks do. */
export const endOfDateAt = (instant: Instant, zone: Zone): Instant => {
  const today = studyDateAt(instant, zone);
  let before = instant;
  let after = instant + LONGEST_DATE_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (studyDateAt(middle, zone) > today) after = middle;
    else before = middle;
  }
  return after;
};

/** Dates have no zone: as midnights in UTC every day has the same length. */
const dayNumber = (date: StudyDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const dateOfDayNumber = (day: number): StudyDate =>
  studyDateSchema.parse(new Date(day * DAY_MS).toISOString().slice(0, 10));

/** The date before, by the calendar alone. */
export const previousDay = (date: StudyDate): StudyDate => dateOfDayNumber(dayNumber(date) - 1);

/** The date after, by the calendar alone. */
export const nextDay = (date: StudyDate): StudyDate => dateOfDayNumber(dayNumber(date) + 1);

/** How many days later `to` is than `from`; negative where it is earlier. */
export const daysBetween = (from: StudyDate, to: StudyDate): number => dayNumber(to) - dayNumber(from);
