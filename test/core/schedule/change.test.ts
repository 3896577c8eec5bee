import { describe, expect, it } from "vitest";
import { changedSchedule } from "#core/schedule/change";
import { decide, nextDueAfter } from "#core/schedule/decide";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { defaultSettings, type Schedule, type ScheduleSettings } from "#core/schedule/schedule";
import { date, instant, scheduleWith, timeOf, zoneOf } from "./samples.ts";

const berlin: ScheduleSettings = { ...defaultSettings, zone: zoneOf("Europe/Berlin") };

/** The schedule after a change at an instant, where the channel's newest record is of the date `newest`. */
const changed = (
  settings: ScheduleSettings,
  at: string,
  newest: string | null,
  previous: Schedule | null = scheduleWith(),
  enabled = true,
): Schedule =>
  changedSchedule({
    ...scheduleWith(),
    settings,
    enabled,
    previous,
    newest: newest === null ? null : date(newest),
    now: instant(at),
    calendar: noHolidays,
    previousCalendar: noHolidays,
  });

/** What is done at an instant, and when the channel is due next. */
const doneAt = (schedule: Schedule, at: string, newest: string | null) => {
  const kept = newest === null ? null : date(newest);
  const { post, skip } = decide(schedule, kept, instant(at), noHolidays);
  const used = post?.date ?? skip.at(-1)?.date ?? kept;
  return {
    post: post?.date ?? null,
    skip: skip.map((row) => `${row.date} ${row.reason}`),
    next: nextDueAfter(schedule, used, instant(at), noHolidays)?.date,
  };
};

describe("a schedule that an admin changes", () => {
  it("answers, when it is new, for what is due from now on and not for the morning that is over", () => {
    const schedule = changed(berlin, "2026-06-10T10:00:00Z", null, null);
    expect(schedule.firstDate).toBe("2026-06-11");
    expect(doneAt(schedule, "2026-06-10T10:00:00Z", null)).toEqual({
      post: null,
      skip: [],
      next: "2026-06-11",
    });
  });

  it("is due at once when it is made at its very time", () => {
    const schedule = changed(berlin, "2026-06-10T07:00:00Z", null, null);
    expect(doneAt(schedule, "2026-06-10T07:00:00Z", null).post).toBe("2026-06-10");
  });

  it("posts no second question on a date, whichever time it is moved to", () => {
    const later = changed({ ...berlin, time: timeOf("18:00") }, "2026-06-10T10:00:00Z", "2026-06-10");
    expect(doneAt(later, "2026-06-10T16:00:00Z", "2026-06-10")).toEqual({
      post: null,
      skip: [],
      next: "2026-06-11",
    });
  });

  it("posts at once where today's evening question is moved to a time in the morning", () => {
    const evening = scheduleWith({ time: timeOf("18:00") });
    const schedule = changed(berlin, "2026-06-10T10:00:00Z", "2026-06-09", evening);
    expect(doneAt(schedule, "2026-06-10T10:00:00Z", "2026-06-09")).toMatchObject({
      post: "2026-06-10",
      skip: [],
    });
  });

  it("says visibly that the change cost today's question where it comes too late for that", () => {
    const evening = scheduleWith({ time: timeOf("18:00") });
    const schedule = changed(berlin, "2026-06-10T15:00:00Z", "2026-06-09", evening);
    expect(doneAt(schedule, "2026-06-10T15:00:00Z", "2026-06-09")).toEqual({
      post: null,
      skip: ["2026-06-10 changed"],
      next: "2026-06-11",
    });
  });

  it("gives no rows to the days of the past week when more weekdays are chosen", () => {
    const mondays = scheduleWith({ weekdays: [1] });
    const schedule = changed(berlin, "2026-06-11T10:00:00Z", "2026-06-08", mondays);
    expect(doneAt(schedule, "2026-06-12T07:00:00Z", "2026-06-08")).toMatchObject({
      post: "2026-06-12",
      skip: [],
    });
  });

  it("skips to the following date where the new zone shows the last date once more", () => {
    const auckland = scheduleWith({ zone: zoneOf("Pacific/Auckland") });
    const honolulu = { ...berlin, zone: zoneOf("Pacific/Honolulu") };
    // 09:00 on 10 June in Auckland is 11:00 on the 9th in Honolulu.
    const schedule = changed(honolulu, "2026-06-09T22:00:00Z", "2026-06-10", auckland);
    for (const at of ["2026-06-09T22:00:00Z", "2026-06-10T19:00:00Z"])
      expect(doneAt(schedule, at, "2026-06-10")).toEqual({ post: null, skip: [], next: "2026-06-11" });
  });

  it("goes on with the next date where the new zone has jumped over one, which is at most a row", () => {
    const honolulu = scheduleWith({ zone: zoneOf("Pacific/Honolulu") });
    const auckland = { ...berlin, zone: zoneOf("Pacific/Auckland") };
    const schedule = changed(auckland, "2026-06-09T18:00:00Z", "2026-06-08", honolulu);
    expect(doneAt(schedule, "2026-06-09T21:00:00Z", "2026-06-08")).toEqual({
      post: "2026-06-10",
      skip: ["2026-06-09 changed"],
      next: "2026-06-11",
    });
  });

  it("does not ask again within eight hours of the last question, which was promised to stay open", () => {
    const evening = scheduleWith({ time: timeOf("18:00") });
    const midnight = { ...berlin, time: timeOf("00:00") };
    const schedule = changed(midnight, "2026-06-10T17:00:00Z", "2026-06-10", evening);
    const at = instant("2026-06-10T22:00:00Z");
    const decidedAfter = (hours: number) =>
      decide(schedule, date("2026-06-10"), at, noHolidays, at - hours * 3_600_000);
    expect(decidedAfter(6)).toMatchObject({ post: null, skip: [{ date: "2026-06-11", reason: "changed" }] });
    expect(decidedAfter(8)).toMatchObject({ post: { date: "2026-06-11" }, skip: [] });
  });

  it("owes nothing for the time in which it was switched off", () => {
    const off = changed(berlin, "2026-06-10T10:00:00Z", "2026-06-10", scheduleWith(), false);
    const on = changed(berlin, "2026-06-20T10:00:00Z", "2026-06-10", off);
    expect(doneAt(on, "2026-06-21T07:00:00Z", "2026-06-10")).toEqual({
      post: "2026-06-21",
      skip: [],
      next: "2026-06-22",
    });
    expect([off.revision, on.revision]).toEqual([2, 3]);
  });
});
