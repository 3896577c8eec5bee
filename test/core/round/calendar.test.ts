import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StudyDate, studyDateSchema } from "#core/ids";
import { daysBetween, nextDay, previousDay, studyDateAt, zoneSchema } from "#core/round/calendar";

const zone = (name: string) => zoneSchema.parse(name);
const date = (text: string): StudyDate => studyDateSchema.parse(text);
const at = (text: string): number => Date.parse(text);

describe("the calendar", () => {
  it.each([
    ["2026-06-01T15:59:59.999Z", "Asia/Shanghai", "2026-06-01"],
    ["2026-06-01T16:00:00.000Z", "Asia/Shanghai", "2026-06-02"],
    ["2026-01-01T04:59:59Z", "America/New_York", "2025-12-31"],
    // Lord Howe moves its clocks by half an hour: UTC+11 in summer, UTC+10:30 in winter.
    ["2026-04-04T13:30:00Z", "Australia/Lord_Howe", "2026-04-05"],
    ["2026-07-04T13:29:59Z", "Australia/Lord_Howe", "2026-07-04"],
    // In Nuuk the clocks jump from Saturday 23:00 to Sunday 00:00.
    ["2026-03-29T00:59:59Z", "America/Nuuk", "2026-03-28"],
    ["2026-03-29T01:00:00Z", "America/Nuuk", "2026-03-29"],
    ["1970-01-01T00:00:00Z", "UTC", "1970-01-01"],
  ])("at %s a clock in %s shows %s", (instant, name, expected) => {
    expect(studyDateAt(at(instant), zone(name))).toBe(expected);
  });

  it("had no 30 December 2011 in Apia, which crossed the date line", () => {
    const before = at("2011-12-30T09:59:59Z");
    expect([before, before + 1_000].map((instant) => studyDateAt(instant, zone("Pacific/Apia")))).toEqual([
      "2011-12-29",
      "2011-12-31",
    ]);
  });

  it.each(["Asia/Shanghai", "America/Argentina/Buenos_Aires", "Etc/GMT+8", "UTC"])(
    "takes %s as a zone",
    (name) => {
      expect(zoneSchema.safeParse(name).success).toBe(true);
    },
  );

  it.each(["", "Shanghai", "+08:00", "-05", "Asia/Beijing ", "北京", "Asia/Shanghai\n", "A".repeat(100_000)])(
    "refuses %j as a zone",
    (name) => {
      expect(zoneSchema.safeParse(name).success).toBe(false);
    },
  );

  it("steps over the ends of months and years", () => {
    expect(previousDay(date("2026-01-01"))).toBe("2025-12-31");
    expect(previousDay(date("2024-03-01"))).toBe("2024-02-29");
    expect(nextDay(date("2026-02-28"))).toBe("2026-03-01");
    expect(daysBetween(date("2024-02-28"), date("2024-03-01"))).toBe(2);
  });

  it("counts days both ways, whatever the dates", () => {
    const anyDate = fc
      .date({ min: new Date("0001-01-02"), max: new Date("9999-12-30"), noInvalidDate: true })
      .map((day) => date(day.toISOString().slice(0, 10)));
    fc.assert(
      fc.property(anyDate, anyDate, (one, other) => {
        expect(nextDay(previousDay(one))).toBe(one);
        expect(daysBetween(previousDay(one), one)).toBe(1);
        expect(daysBetween(one, other) + daysBetween(other, one)).toBe(0);
        expect(daysBetween(one, other) > 0).toBe(one < other);
      }),
    );
  });
});
