import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datesOfWeek, isoWeekOf, isoWeekSchema, weeksAfter } from "#core/board/period";
import { studyDateSchema } from "#core/ids";
import { firstPlan, nextStep, planFor, reportDueAt } from "#core/report/plan";
import { studyDateAt } from "#core/round/calendar";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { instant, zoneOf } from "#test/core/schedule/samples";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const week = (text: string) => isoWeekSchema.parse(text);
const timing = (zone: string, time = "09:00") => ({ zone: zoneOf(zone), time: wallTimeSchema.parse(time) });

describe("A week's report is due", () => {
  it.each([
    // Monday after the week of the change of the clocks, by the wall clock of the place.
    ["Europe/Berlin", "2026-W13", "2026-03-30T07:00:00Z"],
    ["Europe/Berlin", "2026-W43", "2026-10-26T08:00:00Z"],
    ["America/New_York", "2026-W10", "2026-03-09T13:00:00Z"],
    ["Australia/Lord_Howe", "2026-W14", "2026-04-05T22:30:00Z"],
    ["Pacific/Kiritimati", "2026-W53", "2027-01-03T19:00:00Z"],
    ["Asia/Shanghai", "2026-W47", "2026-11-23T01:00:00Z"],
  ])("in %s after %s at %s", (zone, of, at) => {
    expect(reportDueAt(week(of), timing(zone))).toBe(instant(at));
  });

  it("on the Monday after it by the channel's own calendar, whatever the zone and the time", () => {
    const zones = [
      "UTC",
      "Asia/Shanghai",
      "America/Nuuk",
      "Pacific/Apia",
      "Australia/Lord_Howe",
      "Africa/Cairo",
    ];
    const times = ["00:00", "00:30", "02:30", "09:00", "23:59"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...times),
        fc.integer({ min: 0, max: 600 }),
        (zone, time, weeks) => {
          const of = weeksAfter(week("2020-W01"), weeks);
          const due = reportDueAt(of, timing(zone, time));
          expect(studyDateAt(due, zoneOf(zone))).toBe(datesOfWeek(weeksAfter(of, 1))[0]);
          expect(due).toBeGreaterThan(reportDueAt(weeksAfter(of, -1), timing(zone, time)));
        },
      ),
    );
  });
});

describe("The plan of a channel's reports", () => {
  const utc = timing("UTC");
  const noon = (date: string) => instant(`${date}T12:00:00Z`);

  it("begins with the week that runs by the channel's date, not by UTC's", () => {
    const sundayInUtc = instant("2026-11-22T18:00:00Z");
    expect(firstPlan(sundayInUtc, utc).week).toBe("2026-W47");
    // There it is Monday already.
    expect(firstPlan(sundayInUtc, timing("Asia/Shanghai")).week).toBe("2026-W48");
  });

  it("waits for the last round of the week to take no more answers", () => {
    const plan = planFor(week("2026-W47"), utc);
    const closesAt = instant("2026-11-23T09:00:00Z");
    const sunday = {
      date: studyDateSchema.parse("2026-11-22"),
      opensAt: closesAt - DAY_MS,
      closesAt,
      closedAt: null,
    };
    const step = nextStep(plan, utc, [sunday], closesAt);
    // A form that was opened in time may be sent for ten minutes more.
    expect(step).toEqual({ kind: "wait", plan, until: closesAt + 600_001 });
    expect(nextStep(plan, utc, [sunday], closesAt + 600_001)).toMatchObject({
      kind: "report",
      week: "2026-W47",
      next: { week: "2026-W48" },
    });
  });

  it("follows a change of the time, and keeps its week", () => {
    const plan = planFor(week("2026-W47"), utc);
    const later = timing("UTC", "18:00");
    expect(nextStep(plan, later, [], instant("2026-11-23T09:00:01Z"))).toEqual({
      kind: "wait",
      plan: planFor(week("2026-W47"), later),
      until: instant("2026-11-23T18:00:00Z"),
    });
  });

  it("still reports on Saturday what was due on Monday, and after three weeks away the last week alone", () => {
    const plan = planFor(week("2026-W44"), utc);
    expect(nextStep(plan, utc, [], noon("2026-11-07"))).toMatchObject({ week: "2026-W44", givenUp: 0 });
    expect(nextStep(plan, utc, [], noon("2026-11-25"))).toMatchObject({
      kind: "report",
      week: "2026-W47",
      givenUp: 3,
      next: { week: "2026-W48" },
    });
  });

  it("gives every week one report at most, and one exactly where somebody looked in the week after it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
        fc.array(fc.integer({ min: 1, max: 260 }), { minLength: 20, maxLength: 120 }),
        (zone, hours) => {
          const there = timing(zone);
          let now = instant("2025-12-20T00:00:00Z");
          let plan = firstPlan(now, there);
          const first = plan.week;
          const reported: string[] = [];
          const mustHave = new Set<string>();
          for (const apart of hours) {
            now += apart * HOUR_MS;
            const running = isoWeekOf(studyDateAt(now, there.zone));
            const before = weeksAfter(running, -1);
            if (now >= reportDueAt(before, there) && before >= first) mustHave.add(before);
            const step = nextStep(plan, there, [], now);
            if (step.kind === "report") {
              reported.push(step.week);
              plan = step.next;
            } else plan = step.plan;
          }
          expect(new Set(reported).size).toBe(reported.length);
          expect(reported.toSorted()).toEqual(reported);
          for (const one of mustHave) expect(reported).toContain(one);
        },
      ),
      { numRuns: 40 },
    );
  });
});
