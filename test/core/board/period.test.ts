import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datesOfWeek, isoWeekOf, isoWeekSchema, periodsOf, weeksAfter } from "#core/board/period";
import { spanned } from "#core/board/spans";
import { type StudyDate, studyDateSchema } from "#core/ids";
import { daysBetween } from "#core/round/calendar";

const date = (text: string): StudyDate => studyDateSchema.parse(text);
const anyDate = fc
  .integer({ min: 0, max: 60_000 })
  .map((day) => date(new Date(day * 86_400_000).toISOString().slice(0, 10)));

describe("The week of a date", () => {
  it.each([
    ["2026-01-01", "2026-W01"],
    ["2024-12-30", "2025-W01"],
    ["2021-01-03", "2020-W53"],
    ["2020-12-31", "2020-W53"],
    ["2027-01-01", "2026-W53"],
    ["2026-11-22", "2026-W47"],
    ["2026-11-23", "2026-W48"],
  ])("%s lies in %s", (day, week) => {
    expect(isoWeekOf(date(day))).toBe(week);
  });

  it("is the one that SQLite gives as well", () => {
    const database = new DatabaseSync(":memory:");
    const week = database.prepare("SELECT strftime('%G-W%V', ?) AS week");
    fc.assert(fc.property(anyDate, (day) => week.get(day)?.week === isoWeekOf(day)));
    database.close();
  });

  it("has seven dates from a Monday on, each of which lies in it", () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const week = isoWeekOf(day);
        const dates = datesOfWeek(week);
        expect(dates).toContain(day);
        expect(dates.map(isoWeekOf)).toEqual(Array(7).fill(week));
        expect(new Date(`${dates[0]}T00:00Z`).getUTCDay()).toBe(1);
      }),
    );
  });

  it("is followed by the next without a gap, over every turn of a year", () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const week = isoWeekOf(day);
        const next = weeksAfter(week, 1);
        expect(next > week).toBe(true);
        expect(weeksAfter(next, -1)).toBe(week);
        expect(daysBetween(datesOfWeek(week)[6] ?? day, datesOfWeek(next)[0] ?? day)).toBe(1);
      }),
    );
  });

  it("is refused where there is no such number", () => {
    for (const text of ["2026-W00", "2026-W54", "2026-48", "2026-W5"])
      expect(isoWeekSchema.safeParse(text).success).toBe(false);
  });
});

describe("A date counts", () => {
  it("in its week, its month and for all time, also where week and month belong to other years", () => {
    expect(periodsOf(date("2027-01-01"))).toEqual(["2026-W53", "2027-01", "all"]);
  });
});

describe("What a member asks a board for", () => {
  it.each([
    ["week", "2026-W48", "2026-11-23", "2026-11-29"],
    ["last-week", "2026-W47", "2026-11-16", "2026-11-22"],
    ["month", "2026-11", "2026-11-01", "2026-11-30"],
    ["last-month", "2026-10", "2026-10-01", "2026-10-31"],
  ] as const)("%s, on a Wednesday of November, is %s", (span, period, from, to) => {
    expect(spanned(span, date("2026-11-25"))).toEqual({ period, dates: { from, to } });
  });

  it("the week before the first and the month before January lie in the year before", () => {
    expect(spanned("last-week", date("2026-01-02")).period).toBe("2025-W52");
    expect(spanned("last-month", date("2026-01-02"))).toMatchObject({ period: "2025-12" });
    expect(spanned("month", date("2028-02-10")).dates?.to).toBe("2028-02-29");
  });

  it("everything has no dates", () => {
    expect(spanned("all", date("2026-01-02"))).toEqual({ period: "all", dates: null });
  });
});
