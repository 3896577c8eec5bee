import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, nextDueAfter } from "#core/schedule/decide";
import { nextDue } from "#core/schedule/due";
import { type HolidayCalendar, noHolidays } from "#core/schedule/holiday-calendar";
import type { Schedule } from "#core/schedule/schedule";
import { date, instant, scheduleWith, timeOf, zoneOf } from "./samples.ts";

/** What is done at a time in Berlin (UTC+2), as [posted date, skipped dates with reasons]. */
const doneAt = (local: string, newest: string | null, schedule: Schedule = scheduleWith()) => {
  const { post, skip } = decide(
    schedule,
    newest === null ? null : date(newest),
    instant(`${local}+02:00`),
    noHolidays,
  );
  return [post?.date ?? null, skip.map((row) => `${row.date} ${row.reason}`)];
};

describe("a channel's daily question", () => {
  it("is due at its time and not before", () => {
    expect(doneAt("2026-06-01T08:59:59", null)).toEqual([null, []]);
    expect(doneAt("2026-06-01T09:00:00", null)).toEqual(["2026-06-01", []]);
  });

  it("is not due again on a date that has a record", () => {
    expect(doneAt("2026-06-01T09:00:10", "2026-06-01")).toEqual([null, []]);
    expect(doneAt("2026-06-01T23:00:00", "2026-06-01")).toEqual([null, []]);
  });

  it("is posted after a downtime of one minute", () => {
    expect(doneAt("2026-06-02T09:01:00", "2026-06-01")).toEqual(["2026-06-02", []]);
  });

  it("is posted late after a downtime of three hours, up to the end of the catch-up window", () => {
    expect(doneAt("2026-06-02T12:00:00", "2026-06-01")).toEqual(["2026-06-02", []]);
    expect(doneAt("2026-06-02T13:00:00", "2026-06-01")).toEqual(["2026-06-02", []]);
  });

  it("gets a visible row when the catch-up window is over", () => {
    expect(doneAt("2026-06-02T13:00:01", "2026-06-01")).toEqual([null, ["2026-06-02 window-passed"]]);
  });

  it("gets the reason that its change was too late only where the schedule was changed after it was due", () => {
    const due = instant("2026-06-02T09:00:00+02:00");
    const late = (changedAt: number) =>
      doneAt("2026-06-02T14:00:00", "2026-06-01", scheduleWith({ changedAt }));
    expect(late(due)).toEqual([null, ["2026-06-02 window-passed"]]);
    expect(late(due + 1)).toEqual([null, ["2026-06-02 changed"]]);
  });

  it("is posted once after a downtime of three days, and each missed date gets a row", () => {
    expect(doneAt("2026-06-05T10:00:00", "2026-06-01")).toEqual([
      "2026-06-05",
      ["2026-06-02 date-passed", "2026-06-03 date-passed", "2026-06-04 date-passed"],
    ]);
  });

  it("is not posted on the next date, even inside the window", () => {
    const evening = scheduleWith({ time: timeOf("23:30") });
    expect(doneAt("2026-06-01T23:50:00", null, evening)).toEqual(["2026-06-01", []]);
    expect(doneAt("2026-06-02T00:10:00", null, evening)).toEqual([null, ["2026-06-01 date-passed"]]);
  });

  it("is not posted late where less than eight hours would be left until the next one", () => {
    const early = scheduleWith({ time: timeOf("00:00"), catchUpMs: 20 * 3_600_000 });
    expect(doneAt("2026-06-01T16:00:00", null, early)).toEqual(["2026-06-01", []]);
    expect(doneAt("2026-06-01T16:00:01", null, early)).toEqual([null, ["2026-06-01 too-short"]]);
  });

  it("is not due while the channel is switched off", () => {
    expect(doneAt("2026-06-05T10:00:00", "2026-06-01", scheduleWith({ enabled: false }))).toEqual([null, []]);
  });

  it("is not due on weekdays that were not chosen, and those get no row", () => {
    const workdays = scheduleWith({ weekdays: [1, 2, 3, 4, 5] });
    expect(doneAt("2026-06-06T10:00:00", "2026-06-05", workdays)).toEqual([null, []]);
    expect(doneAt("2026-06-08T09:00:00", "2026-06-05", workdays)).toEqual(["2026-06-08", []]);
  });

  it("is not due on public holidays, and is on a weekend day that is worked in exchange", () => {
    const calendar: HolidayCalendar = {
      knows: () => true,
      kindOf: (day) => (day === "2026-06-02" ? "off" : day === "2026-06-06" ? "make-up" : "ordinary"),
    };
    const dueFrom = (weekdays: number[], from: string) =>
      nextDue(scheduleWith({ weekdays }), instant(from), calendar)?.date;
    expect(dueFrom([1, 2, 3, 4, 5], "2026-06-01T12:00:00Z")).toBe("2026-06-03");
    expect(dueFrom([1, 2, 3, 4, 5], "2026-06-05T12:00:00Z")).toBe("2026-06-06");
    expect(dueFrom([1, 3, 5], "2026-06-05T12:00:00Z")).toBe("2026-06-08");
  });

  it("is never due where every day is a holiday", () => {
    const never: HolidayCalendar = { knows: () => true, kindOf: () => "off" };
    expect(nextDue(scheduleWith(), instant("2026-06-01T00:00:00Z"), never)).toBeNull();
  });

  it("is not due again when the clock is put back to before the newest date", () => {
    expect(doneAt("2026-06-01T23:30:00", "2026-06-02", scheduleWith({ time: timeOf("23:00") }))).toEqual([
      null,
      [],
    ]);
  });

  it("is posted at most once a look, and leaves no date between the newest record and today without a row", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 40 * 86_400 }),
        fc.constantFrom("00:00", "09:00", "23:59"),
        fc.constantFrom("Europe/Berlin", "Pacific/Auckland", "America/Nuuk", "Asia/Kathmandu"),
        (seconds, time, zone) => {
          const schedule = scheduleWith({ time: timeOf(time), zone: zoneOf(zone) });
          const now = instant("2026-06-01T00:00:00Z") + seconds * 1000;
          const { post, skip } = decide(schedule, null, now, noHolidays);
          const dates = [...skip.map((row) => row.date), ...(post === null ? [] : [post.date])];
          const next = nextDueAfter(schedule, dates.at(-1) ?? null, now, noHolidays);
          const all = [...dates, next?.date].map((day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
          const first = Date.parse("2026-06-01T00:00:00Z") / 86_400_000;
          expect(all).toEqual(all.map((_, index) => first + index));
        },
      ),
    );
  });
});
