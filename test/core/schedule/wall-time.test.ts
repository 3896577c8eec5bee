import { describe, expect, it } from "vitest";
import { studyDateSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import { instantOf, wallTimeSchema } from "#core/schedule/wall-time";

const dueAt = (zone: string, date: string, time: string): string | null => {
  const at = instantOf(zoneSchema.parse(zone), wallTimeSchema.parse(time), studyDateSchema.parse(date));
  return at === null ? null : new Date(at).toISOString();
};

describe("the time of a daily question", () => {
  it.each([
    ["Asia/Shanghai", "2026-06-01", "09:00", "2026-06-01T01:00:00.000Z"],
    ["Asia/Kathmandu", "2026-06-01", "09:00", "2026-06-01T03:15:00.000Z"],
    ["Pacific/Kiritimati", "2026-06-01", "00:00", "2026-05-31T10:00:00.000Z"],
    ["Pacific/Niue", "2026-06-01", "23:59", "2026-06-02T10:59:00.000Z"],
  ])("is what a wall clock in %s shows on %s at %s", (zone, date, time, expected) => {
    expect(dueAt(zone, date, time)).toBe(expected);
  });

  it.each([
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00.000Z"],
    ["Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00:00.000Z"],
    ["America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00:00.000Z"],
    ["America/Santiago", "2026-09-06", "00:15", "2026-09-06T04:00:00.000Z"],
  ])("is the end of the gap where the clocks of %s skip it on %s at %s", (zone, date, time, expected) => {
    expect(dueAt(zone, date, time)).toBe(expected);
  });

  it.each([
    ["America/Nuuk", "2026-03-28", "23:30", "2026-03-29T00:59:00.000Z"],
    ["America/Scoresbysund", "2026-03-28", "23:00", "2026-03-29T00:59:00.000Z"],
  ])(
    "is the minute before the gap where that of %s ends on the next date, %s at %s",
    (zone, date, time, at) => {
      expect(dueAt(zone, date, time)).toBe(at);
    },
  );

  it.each([
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z"],
    ["Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30:00.000Z"],
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00.000Z"],
  ])("is the first of two where %s shows it twice on %s at %s", (zone, date, time, expected) => {
    expect(dueAt(zone, date, time)).toBe(expected);
  });

  it("does not come on a date that a place left out when it changed sides of the date line", () => {
    expect(dueAt("Pacific/Apia", "2011-12-30", "09:00")).toBeNull();
    expect(dueAt("Pacific/Apia", "2011-12-31", "09:00")).toBe("2011-12-30T19:00:00.000Z");
    expect(dueAt("Pacific/Apia", "2011-12-29", "09:00")).toBe("2011-12-29T19:00:00.000Z");
  });

  it("is written as hours and minutes of one day", () => {
    for (const typed of ["24:00", "9:00", "09:60", "09:00:00", "", "ab:cd"])
      expect(wallTimeSchema.safeParse(typed).success).toBe(false);
  });
});
