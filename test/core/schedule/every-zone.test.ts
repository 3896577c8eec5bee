import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StudyDate } from "#core/ids";
import { nextDay } from "#core/round/calendar";
import type { WallTime } from "#core/schedule/wall-time";
import { faultOnDates } from "./one-a-date.ts";
import { changesOf, everyZone } from "./slow-calendar.ts";

const isoDate = (day: number): StudyDate =>
  new Date(Date.UTC(2020, 0, 2) + day * 86_400_000).toISOString().slice(0, 10) as StudyDate;
const clock = (minute: number): WallTime =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}` as WallTime;

describe("a channel in any time zone", () => {
  it("is due exactly once on each local date around every change of the clocks from 2020 to 2037", () => {
    let changes = 0;
    const faults: string[] = [];
    for (const zone of everyZone) {
      for (const change of changesOf(zone)) {
        changes += 1;
        for (const time of change.times) {
          const fault = faultOnDates(zone, time, change.dates);
          if (fault !== null) faults.push(fault);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(everyZone.length).toBeGreaterThan(400);
    expect(changes).toBeGreaterThan(4_000);
  }, 60_000);

  it("is due exactly once on any two dates in a row, in 50,000 samples", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...everyZone),
        fc.nat({ max: 6_570 }),
        fc.nat({ max: 1_439 }),
        (zone, day, minute) => {
          const date = isoDate(day);
          expect(faultOnDates(zone, clock(minute), [date, nextDay(date)])).toBeNull();
        },
      ),
      { numRuns: 50_000 },
    );
  }, 60_000);
});
