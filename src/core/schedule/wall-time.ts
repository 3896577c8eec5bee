import { z } from "zod";
import type { Instant, StudyDate } from "#core/ids";
import type { Zone } from "#core/round/calendar";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A time of day as a wall clock shows it, `hh:mm` from `00:00` to `23:59`. */
export const wallTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time of day from 00:00 to 23:59, like 09:00")
  .brand<"WallTime">();
export type WallTime = z.infer<typeof wallTimeSchema>;

/** Building a formatter costs a thousand times more than using it; there are only some hundred zones. */
const formatters = new Map<Zone, Intl.DateTimeFormat>();

const formatterOf = (zone: Zone): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  // Three times as fast as taking the wall clock apart, and this is asked for every date of every channel.
  const formatter = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  formatters.set(zone, formatter);
  return formatter;
};

/** How `longOffset` ends: `GMT`, `GMT+05:45`, and with seconds before 1972 in Liberia and long ago elsewhere. */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** How far the wall clocks of `zone` are ahead of UTC at `instant`, in ms; negative in the west. */
const offsetAt = (instant: Instant, zone: Zone): number => {
  const shown = OFFSET.exec(formatterOf(zone).format(instant));
  if (shown === null) throw new Error(`the offset of ${zone} is shown in a form that is not known`);
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = shown;
  const ms = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000;
  return sign === "-" ? -ms : ms;
};

/** No place is further ahead of UTC, or further behind it. */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;

/** The first minute in (before, after] at which the offset is no longer that at `before`. */
const changeBetween = (before: Instant, after: Instant, zone: Zone): Instant => {
  const old = offsetAt(before, zone);
  // Since 1972 the clocks of every zone change on a whole minute.
  let [low, high] = [before / MINUTE_MS, after / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, zone) === old) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
};

/**
 * The instant at which a wall clock in `zone` shows `time` on `date`.
 *
 * Where the clocks skip the time: the first instant after the gap, or, where that lies on the next date
 * (America/Nuuk, America/Scoresbysund), the last minute before the gap. Where it comes twice: the first. Null where
 * the whole date does not exist (Pacific/Apia had no 2011-12-30). Assumes one change of the clocks in 26 h, which
 * a test checks for all zones.
 */
export const instantOf = (zone: Zone, time: WallTime, date: StudyDate): Instant | null => {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const earliest = wall - FURTHEST_AHEAD_MS;
  const latest = wall + FURTHEST_BEHIND_MS;
  const offsetBefore = offsetAt(earliest, zone);
  const offsetAfter = offsetAt(latest, zone);
  if (offsetBefore === offsetAfter) return wall - offsetBefore;
  const change = changeBetween(earliest, latest, zone);
  if (wall - offsetBefore < change) return wall - offsetBefore;
  if (wall - offsetAfter >= change) return wall - offsetAfter;
  const showsDate = (instant: Instant, offset: number): boolean =>
    new Date(instant + offset).toISOString().startsWith(date);
  if (showsDate(change, offsetAfter)) return change;
  const lastMinute = change - MINUTE_MS;
  return showsDate(lastMinute, offsetBefore) ? lastMinute : null;
};

/** What a wall clock in `zone` shows at `instant`, to the minute. */
export const wallTimeAt = (instant: Instant, zone: Zone): WallTime =>
  wallTimeSchema.parse(new Date(instant + offsetAt(instant, zone)).toISOString().slice(11, 16));
