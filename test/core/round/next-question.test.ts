import { describe, expect, it } from "vitest";
import type { StudyDate } from "#core/ids";
import { isFirstWarning, type NextQuestion, repeatsOn } from "#core/round/next-question";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { instant, zoneOf } from "#test/core/schedule/samples";

const timing = { zone: zoneOf("UTC"), time: wallTimeSchema.parse("09:00"), weekdays: [1, 2, 3, 4, 5, 6, 7] };
const workdays = { ...timing, weekdays: [1, 2, 3, 4, 5] };
/** A Monday at nine, as the question comes. */
const monday = instant("2026-06-01T09:00:00Z");
const on = (left: number, when = timing): StudyDate | null => repeatsOn(left, when, monday, noHolidays);

describe("The date on which questions begin to repeat", () => {
  it("is the first that has no new one, and known seven days ahead", () => {
    expect([on(0), on(1), on(6), on(7)]).toEqual(["2026-06-02", "2026-06-03", "2026-06-08", null]);
  });

  it("is further away where fewer days have a question", () => {
    expect([on(4, workdays), on(5, workdays)]).toEqual(["2026-06-08", null]);
  });

  it("is told with one question only, seven days before, or with the first where the bank is so small", () => {
    const DAY_MS = 86_400_000;
    const warned: number[] = [];
    for (let asked = 1; asked <= 20; asked += 1) {
      const at = monday + asked * DAY_MS;
      const next: NextQuestion = {
        question: "q",
        left: Math.max(0, 14 - asked),
        lastAt: asked === 1 ? null : at - DAY_MS,
      };
      if (isFirstWarning(next, timing, at, noHolidays)) warned.push(next.left);
    }
    expect(warned).toEqual([6]);
    const small = { question: "q", left: 4, lastAt: null };
    expect(isFirstWarning(small, timing, monday, noHolidays)).toBe(true);
  });
});
