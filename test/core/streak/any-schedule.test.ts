import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant, StudyDate } from "#core/ids";
import { studyDateAt, zoneSchema } from "#core/round/calendar";
import { closedEarly, prepareRound } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { changedSchedule } from "#core/schedule/change";
import { decide } from "#core/schedule/decide";
import { nextDue } from "#core/schedule/due";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { defaultSettings, type Schedule, type ScheduleSettings } from "#core/schedule/schedule";
import { type Streak, streakOf } from "#core/streak/streak";
import { channel, tenant } from "#test/contracts/store-samples";
import { timeOf } from "#test/core/schedule/samples";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 1);
const YEARS_DAYS = 730;

/** Where clocks change by half an hour or twice a year, a date was skipped, or midnight does not exist. */
const zones = [
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
  "America/Nuuk",
  "Asia/Kathmandu",
  "Asia/Shanghai",
  "America/New_York",
  "Europe/London",
  "America/Sao_Paulo",
  "Pacific/Auckland",
  "Pacific/Kiritimati",
  "Pacific/Honolulu",
].map((zone) => zoneSchema.parse(zone));
const times = ["00:00", "02:15", "02:30", "09:00", "18:00", "23:59"].map((time) => timeOf(time));

/** Changes of zone, time or weekdays at some hours, and the hours in which the bot was away. */
const anyPlan = fc.record({
  zone: fc.constantFrom(...zones),
  time: fc.constantFrom(...times),
  changes: fc.array(
    fc.record({
      hour: fc.integer({ min: 1, max: 60 * 24 }),
      zone: fc.constantFrom(...zones),
      time: fc.constantFrom(...times),
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    }),
    { maxLength: 8 },
  ),
  away: fc.array(
    fc.record({ from: fc.integer({ min: 0, max: 60 * 24 }), hours: fc.integer({ min: 1, max: 240 }) }),
    { maxLength: 4 },
  ),
});

/** A channel as the clock runs it, looked at every quarter of an hour while the bot is there. */
class ChannelLife {
  readonly rounds: Round[] = [];
  #schedule: Schedule | null = null;
  #newest: StudyDate | null = null;

  change(settings: Partial<ScheduleSettings> & Pick<ScheduleSettings, "zone" | "time">, now: Instant): void {
    this.#schedule = changedSchedule({
      tenant,
      channel,
      settings: { ...defaultSettings, ...settings },
      enabled: true,
      decidedBy: "admin",
      previous: this.#schedule,
      newest: this.#newest,
      now,
      calendar: noHolidays,
      previousCalendar: noHolidays,
    });
  }

  look(now: Instant): void {
    const schedule = this.#schedule;
    if (schedule === null) return;
    const last = this.rounds.at(-1);
    const { skip, post } = decide(schedule, this.#newest, now, noHolidays, last?.opensAt ?? null);
    this.#newest = post?.date ?? skip.at(-1)?.date ?? this.#newest;
    if (post === null) return;
    const nextOpeningAt = nextDue(schedule, now, noHolidays)?.at ?? now + DAY_MS;
    const opening = { tenant, channel, zone: schedule.zone, question: "q", opensAt: now, nextOpeningAt };
    const ended = last === undefined ? undefined : closedEarly(last, now);
    if (ended !== undefined) this.rounds.splice(-1, 1, ended);
    this.rounds.push(prepareRound(opening));
  }
}

const streakAt = (rounds: readonly Round[], answered: readonly StudyDate[], now: Instant): Streak =>
  streakOf({
    rounds,
    ledger: answered.map((date) => ({ date, kind: "pass" as const })),
    answered: [],
    choices: [],
    now,
  });

describe("A member who answers every question that comes", () => {
  it("keeps the streak through any change of zone, time and weekdays, and through any absence of the bot", () => {
    fc.assert(
      fc.property(anyPlan, ({ zone, time, changes, away }) => {
        const life = new ChannelLife();
        life.change({ zone, time }, START);
        let before = 0;
        for (let quarter = 0; quarter < 60 * 24 * 4; quarter += 1) {
          const now = START + (quarter * HOUR_MS) / 4;
          const hour = quarter / 4;
          const isAway = away.some(({ from, hours }) => from <= hour && hour < from + hours);
          const change = changes.find((one) => one.hour === hour);
          if (change !== undefined) life.change(change, now);
          if (!isAway) life.look(now);
          if (change === undefined && quarter % 96 !== 0) continue;
          const { current } = streakAt(
            life.rounds,
            life.rounds.map(({ date }) => date),
            now,
          );
          expect(current).toBe(life.rounds.length);
          expect(current).toBeGreaterThanOrEqual(before);
          before = current;
        }
        const dates = life.rounds.map(({ date }) => date);
        expect(new Set(dates).size).toBe(dates.length);
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  it.each(zones)("loses it to no clock in two years in %s", (zone) => {
    const life = new ChannelLife();
    life.change({ zone, time: timeOf("02:30") }, START);
    for (let step = 0; step < YEARS_DAYS * 24 * 2; step += 1) life.look(START + (step * HOUR_MS) / 2);
    const now = START + (YEARS_DAYS + 2) * DAY_MS;
    const dates = life.rounds.map(({ date }) => date);
    expect(new Set(dates).size).toBe(dates.length);
    // Every local date has one round, so that none is missed and none comes twice.
    expect(dates.length).toBeGreaterThanOrEqual(YEARS_DAYS - 1);
    for (const { date, opensAt } of life.rounds) expect(studyDateAt(opensAt, zone)).toBe(date);
    expect(streakAt(life.rounds, dates, now).current).toBe(dates.length);
  });
});
