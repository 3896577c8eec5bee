import type { Instant, StudyDate } from "#core/ids";
import { nextDay, previousDay, type Zone, zoneSchema } from "#core/round/calendar";
import type { WallTime } from "#core/schedule/wall-time";

/**
 * A second, independent reading of the time zones: every change of the clocks in the years of the test, found by
 * scanning, and from it all instants that show a wall time.
 */
export const everyZone: readonly Zone[] = Intl.supportedValuesOf("timeZone").map((zone) =>
  zoneSchema.parse(zone),
);

const DAY_MS = 86_400_000;
/** The years 2020 to 2037, with a margin. */
const FROM = Date.UTC(2019, 11, 1);
const UNTIL = Date.UTC(2038, 0, 20);
/** Shorter than any time between two changes: Morocco's Ramadan takes four weeks. */
const STEP_MS = 6 * DAY_MS;

/** From `from` on the wall clocks are `offset` ms ahead of UTC. */
export interface Stretch {
  readonly from: Instant;
  readonly offset: number;
}

/** Reads the wall clock itself and takes UTC from it. */
const offsetReader = (zone: Zone): ((instant: Instant) => number) => {
  const format = new Intl.DateTimeFormat("en-US-u-ca-iso8601-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (instant) => {
    const field: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) field[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
};

const scan = (zone: Zone): readonly Stretch[] => {
  const offset = offsetReader(zone);
  const stretches: Stretch[] = [{ from: FROM, offset: offset(FROM) }];
  for (let at = FROM; at < UNTIL; at += STEP_MS) {
    const [before, after] = [offset(at), offset(at + STEP_MS)];
    if (before === after) continue;
    let [low, high] = [at / 1000, (at + STEP_MS) / 1000];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(middle * 1000) === before) low = middle;
      else high = middle;
    }
    stretches.push({ from: high * 1000, offset: after });
  }
  return stretches;
};

const scanned = new Map<Zone, readonly Stretch[]>();

const stretchesOf = (zone: Zone): readonly Stretch[] => {
  const known = scanned.get(zone) ?? scan(zone);
  scanned.set(zone, known);
  return known;
};

const wallAt = (instant: Instant, offset: number): string =>
  new Date(instant + offset).toISOString().slice(0, 16);

/** When the question of `date` must be posted, by the rule for gaps and repeated times; null: the date does not exist. */
export const expectedInstant = (zone: Zone, time: WallTime, date: StudyDate): Instant | null => {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const stretches = stretchesOf(zone);
  for (const [index, { from, offset }] of stretches.entries()) {
    const until = stretches[index + 1]?.from ?? UNTIL + STEP_MS;
    const before = stretches[index - 1]?.offset ?? offset;
    if (index > 0 && wall >= from + before && wall < from + offset) {
      if (wallAt(from, offset).startsWith(date)) return from;
      return wallAt(from - 60_000, before).startsWith(date) ? from - 60_000 : null;
    }
    if (wall - offset >= from && wall - offset < until) return wall - offset;
  }
  throw new Error(`${zone} ${date} ${time} lies outside the years that were read`);
};

/** A change of the clocks, and the dates on either side. */
export interface Change {
  readonly zone: Zone;
  readonly dates: readonly StudyDate[];
  /** Wall times that a mistake would most likely hit, `hh:mm`. */
  readonly times: readonly WallTime[];
}

const clockTime = (wall: Instant): WallTime => new Date(wall).toISOString().slice(11, 16) as WallTime;

/** Every change of the clocks in a zone, with the times at and around both of its edges. */
export const changesOf = (zone: Zone): readonly Change[] =>
  stretchesOf(zone)
    .slice(1)
    .filter(({ from }) => from >= Date.UTC(2020, 0, 3) && from < Date.UTC(2037, 11, 29))
    .map(({ from, offset }, index) => {
      const before = stretchesOf(zone)[index]?.offset ?? offset;
      const edges = [from + before, from + offset, from + (before + offset) / 2];
      const times = edges.flatMap((edge) => [edge - 60_000, edge, edge + 60_000].map(clockTime));
      const day = wallAt(from, before).slice(0, 10) as StudyDate;
      return {
        zone,
        dates: [previousDay(day), day, nextDay(day)],
        times: [...new Set([...times, "00:00" as WallTime, "23:59" as WallTime])],
      };
    });
