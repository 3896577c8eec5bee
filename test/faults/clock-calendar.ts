import { parseArgs } from "node:util";
import type { StudyDate } from "#core/ids";
import { nextDay } from "#core/round/calendar";
import type { WallTime } from "#core/schedule/wall-time";
import { faultOnDates } from "#test/core/schedule/one-a-date";
import { changesOf, everyZone } from "#test/core/schedule/slow-calendar";
import { randomNumbers } from "#test/schedule/hazards";

/**
 * One due time on each local date, in every time zone: at every change of the clocks from 2020 to 2037 every five
 * minutes of the dates around it, and sampled dates and times up to `--n` cases in all. Exits with 1 at a fault.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const wanted = Number(values.n ?? 6e6);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const random = randomNumbers(seed);
const below = (limit: number): number => Math.floor(random() * limit);

const DAYS = 6_570;
const FIRST_DAY = Date.UTC(2020, 0, 2);
const isoDate = (day: number): StudyDate =>
  new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10) as StudyDate;
const clockAt = (minute: number): WallTime =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}` as WallTime;

const faults: string[] = [];
let [cases, changes] = [0, 0];
const check = (...given: Parameters<typeof faultOnDates>): void => {
  cases += given[2].length;
  const fault = faultOnDates(...given);
  if (fault !== null) faults.push(fault);
};

for (const zone of everyZone) {
  for (const change of changesOf(zone)) {
    changes += 1;
    for (let minute = 0; minute < 1_440; minute += 5) check(zone, clockAt(minute), change.dates);
    for (const time of change.times) check(zone, time, change.dates);
  }
}
const atChanges = cases;
while (cases < wanted) {
  const date = isoDate(below(DAYS));
  check(everyZone[below(everyZone.length)] ?? ("UTC" as never), clockAt(below(1_440)), [date, nextDay(date)]);
}

process.stdout.write(
  `clock-calendar: seed ${seed}, tz ${process.versions.tz}, ${everyZone.length} zones, ${changes} changes of the clocks, ` +
    `${atChanges} cases at them, ${cases} cases in all, ${faults.length} faults\n`,
);
for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
