import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calm, liveThrough, stormy, twelveZones } from "./year.ts";
import { reportOn } from "./year-faults.ts";

const NEW_YEAR = Date.UTC(2026, 0, 1, 10);
/** Seven weeks in which eight of the twelve zones change their clocks, Casablanca twice. */
const SPRING = Date.UTC(2026, 1, 12, 10);
const SPRING_DAYS = 54;
/** Whole years are `npm run test:faults -- R8`; here a part of one that begins anywhere in it. */
const PART_DAYS = 100;
const DAY_MS = 86_400_000;

describe("a year of daily questions in twelve zones", () => {
  it("has one question on each local date, all on time, while nothing goes wrong", async () => {
    const year = await liveThrough({ seed: 1, hazards: calm, from: SPRING, days: SPRING_DAYS });
    const { due, posted, late, skipped, faults } = await reportOn(year);
    expect(faults).toEqual([]);
    expect(due).toBe(12 * SPRING_DAYS);
    expect([late, skipped]).toEqual([0, 0]);
    expect(posted).toBeGreaterThanOrEqual(due);
    await year.store.close();
  }, 60_000);

  it("has one question or one visible reason on each date, through kills, sleeps, wrong clocks and changes", async () => {
    const changeOf = fc.record({
      at: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      channel: fc.nat({ max: twelveZones.length - 1 }),
      zone: fc.constantFrom(...twelveZones.map(([zone]) => zone)),
      time: fc.constantFrom("00:00", "02:30", "09:00", "18:00", "23:59"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat({ max: 365 - PART_DAYS }),
        fc.array(changeOf, { minLength: 12, maxLength: 24 }),
        async (seed, start, changes) => {
          const from = NEW_YEAR + start * DAY_MS;
          const year = await liveThrough({ seed, hazards: stormy, from, days: PART_DAYS, changes });
          const { faults, kills, skipped, late } = await reportOn(year);
          await year.store.close();
          expect(faults).toEqual([]);
          expect(Math.min(kills, skipped, late)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1, endOnFailure: true },
    );
  }, 120_000);
});
