import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StudyDate, studyDateSchema } from "#core/ids";
import { defaultQuiet, isQuiet, nextDue } from "#core/reminder/reminder";
import { isHour } from "#core/reminder/reminding";
import { studyDateAt, zoneSchema } from "#core/round/calendar";
import { wallTimeAt, wallTimeSchema } from "#core/schedule/wall-time";

const at = (iso: string): number => Date.parse(iso);
const time = (text: string) => wallTimeSchema.parse(text);
const zone = (text: string) => zoneSchema.parse(text);
const date = (text: string): StudyDate => studyDateSchema.parse(text);

describe("When a reminder comes next", () => {
  it("is the same hour of the member's wall clock before and after the clocks change", () => {
    const berlin = { zone: zone("Europe/Berlin"), time: time("20:00"), lastDate: null };
    expect(nextDue(berlin, at("2026-03-28T12:00Z"))?.at).toBe(at("2026-03-28T19:00Z"));
    expect(nextDue(berlin, at("2026-03-29T12:00Z"))?.at).toBe(at("2026-03-29T18:00Z"));
    expect(nextDue(berlin, at("2026-10-25T12:00Z"))?.at).toBe(at("2026-10-25T19:00Z"));
  });

  it("is after the gap where the clocks skip the hour, and once where they show it twice", () => {
    const early = { zone: zone("Europe/Berlin"), time: time("02:30") };
    const spring = nextDue({ ...early, lastDate: null }, at("2026-03-28T22:00Z"));
    expect(spring).toEqual({ date: "2026-03-29", at: at("2026-03-29T01:00Z") });
    const first = nextDue({ ...early, lastDate: null }, at("2026-10-24T22:00Z"));
    expect(first).toEqual({ date: "2026-10-25", at: at("2026-10-25T00:30Z") });
    expect(nextDue({ ...early, lastDate: date("2026-10-25") }, first?.at ?? 0)?.date).toBe("2026-10-26");
  });

  it("is never on a date that was looked at, whatever zone the member moves to", () => {
    const before = nextDue(
      { zone: zone("Asia/Shanghai"), time: time("20:00"), lastDate: null },
      at("2026-11-25T09:00Z"),
    );
    expect(before?.date).toBe("2026-11-25");
    const moved = { zone: zone("America/Los_Angeles"), time: time("08:00"), lastDate: date("2026-11-25") };
    expect(nextDue(moved, before?.at ?? 0)?.date).toBe("2026-11-26");
  });

  const zones = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Nuuk",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Chatham",
  ];

  it("comes once a date, at the hour that was wished unless the clocks skip it, in any zone and year", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: at("2020-01-01T00:00Z"), max: at("2035-01-01T00:00Z") }),
        (name, minute, start) => {
          const wished = time(
            `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
          );
          let lastDate: StudyDate | null = null;
          let now = start;
          for (let day = 0; day < 4; day += 1) {
            const due = nextDue({ zone: zone(name), time: wished, lastDate }, now);
            if (due === null) throw new Error("there is no next one");
            expect(due.at).toBeGreaterThan(now);
            expect(due.at - now).toBeLessThan(50 * 3_600_000);
            expect(studyDateAt(due.at, zone(name))).toBe(due.date);
            if (lastDate !== null) expect(due.date > lastDate).toBe(true);
            const shown = wallTimeAt(due.at, zone(name));
            const isSkipped = wallTimeAt(due.at - 60_000, zone(name)) < wished && shown > wished;
            if (shown !== wished) expect(isSkipped || shown < wished).toBe(true);
            lastDate = due.date;
            now = due.at;
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("Quiet hours", () => {
  it.each([
    ["21:59", false],
    ["22:00", true],
    ["00:00", true],
    ["06:59", true],
    ["07:00", false],
  ])("from 22:00 to 07:00 hold %s: %s", (typed, quiet) => {
    expect(isQuiet(time(typed), defaultQuiet)).toBe(quiet);
  });

  it("within one day, of no length, and none", () => {
    const noon = { from: time("12:00"), to: time("14:00") };
    expect([
      isQuiet(time("13:00"), noon),
      isQuiet(time("14:00"), noon),
      isQuiet(time("11:00"), noon),
    ]).toEqual([true, false, false]);
    expect(isQuiet(time("13:00"), { from: time("13:00"), to: time("13:00") })).toBe(false);
    expect(isQuiet(time("03:00"), null)).toBe(false);
  });
});

describe("Whether a reminder may be sent at all", () => {
  const due = { date: date("2026-11-25"), at: at("2026-11-25T20:00+08:00") };
  const reminder = (quiet: typeof defaultQuiet | null) =>
    ({ zone: zone("Asia/Shanghai"), quiet }) as Parameters<typeof isHour>[0];
  it.each([
    ["to the second", "20:00", due.date, true],
    ["half an hour late", "20:30", due.date, true],
    ["more than an hour late", "21:01", due.date, false],
    ["before its time", "19:59", due.date, false],
  ])("(%s) is decided by how late it is", (_, clock, _date, allowed) => {
    expect(isHour(reminder(defaultQuiet), due, at(`2026-11-25T${clock}+08:00`))).toBe(allowed);
  });

  it("is not in quiet hours, nor on another date than was meant", () => {
    const late = { date: date("2026-11-25"), at: at("2026-11-25T21:50+08:00") };
    expect(isHour(reminder(defaultQuiet), late, at("2026-11-25T21:51+08:00"))).toBe(true);
    expect(isHour(reminder(defaultQuiet), late, at("2026-11-25T22:10+08:00"))).toBe(false);
    const night = { date: date("2026-11-25"), at: at("2026-11-25T23:50+08:00") };
    expect(isHour(reminder(null), night, at("2026-11-25T23:55+08:00"))).toBe(true);
    expect(isHour(reminder(null), night, at("2026-11-26T00:05+08:00"))).toBe(false);
  });
});
