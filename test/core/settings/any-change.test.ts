import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studyDateAt, zoneSchema } from "#core/round/calendar";
import type { Services } from "#core/services";
import { changeSettings } from "#core/settings/apply";
import { readTime } from "#core/settings/values";
import { sweep } from "#src/schedule/sweep";
import { servicesWith } from "#test/doubles/services";
import { channel, openChannel, tenant } from "#test/schedule/channel";

const HOUR_MS = 3_600_000;
const zones = ["UTC", "Asia/Shanghai", "Pacific/Auckland", "Pacific/Honolulu", "America/New_York"] as const;

const change = fc.record(
  {
    time: fc.integer({ min: 0, max: 23 }).map((hour) => readTime(`${hour}:00`)),
    zone: fc.constantFrom(...zones).map((zone) => zoneSchema.parse(zone)),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    closesAfterHours: fc.option(fc.integer({ min: 8, max: 24 })),
    locale: fc.constantFrom("zh" as const, "en" as const),
  },
  { requiredKeys: [] },
);
const step = fc.record({
  after: fc.integer({ min: 0, max: 14 * HOUR_MS }),
  change,
  enabled: fc.constantFrom(undefined, undefined, true, false),
});

describe("a channel whose settings are changed again and again", () => {
  it("is asked at most once a local date, and never two questions at once, whatever is changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { store, parts, platform, setTime, now } = await openChannel();
        const services: Services = servicesWith({ store, clock: parts.clock, holidays: parts.holidays });
        let at = now();
        const goTo = async (instant: number): Promise<void> => {
          at = instant;
          setTime(new Date(at).toISOString().slice(0, -1));
          await sweep(parts);
        };
        for (const { after, change: patch, enabled } of steps) {
          const until = at + after;
          while (at + HOUR_MS < until) await goTo(at + HOUR_MS);
          await goTo(until);
          await changeSettings(patch, enabled, { tenant, channel, locale: "en" }, services);
          await goTo(at);
        }
        const posts = platform.of("question");
        const dates = posts.map(({ announcement }) => announcement.round.date);
        expect(new Set(dates).size).toBe(dates.length);
        expect(dates).toEqual(dates.toSorted());
        for (const [one, { at: posted }] of posts.entries()) {
          const next = posts[one + 1];
          if (next !== undefined) expect(next.at - posted).toBeGreaterThanOrEqual(8 * HOUR_MS);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("has its question on the date that its zone shows", async () => {
    const { store, parts, platform, sweepAt } = await openChannel();
    const services = servicesWith({ store, clock: parts.clock, holidays: parts.holidays });
    await sweepAt("2026-06-01T09:00:00");
    const zone = zoneSchema.parse("Asia/Shanghai");
    await changeSettings({ zone }, undefined, { tenant, channel, locale: "en" }, services);
    await sweepAt("2026-06-02T01:00:00");
    const dates = platform
      .of("question")
      .map(({ announcement, at }) => [announcement.round.date, studyDateAt(at, zone)]);
    expect(dates).toEqual([
      ["2026-06-01", "2026-06-01"],
      ["2026-06-02", "2026-06-02"],
    ]);
  });
});
