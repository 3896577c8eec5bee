import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StudyDate } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { StreakInput } from "#core/streak/day-reasons";
import { accountAfter, coveredInTime, type FreezeDay } from "#core/streak/freezes";
import { explainedDays, type Streak, streakOf } from "#core/streak/streak";
import { anyLife, dayDate, dayStart, type Life } from "./life.ts";
import { factsOf } from "./told-life.ts";

const DAY_MS = 86_400_000;
const streakIn = (life: Life): Streak => streakOf(factsOf(life));
const frozen = ({ days }: Streak): readonly StudyDate[] =>
  days.filter(({ reason }) => reason === "freeze").map(({ date }) => date);

const anyDays: fc.Arbitrary<readonly FreezeDay[]> = fc.array(
  fc.constantFrom<FreezeDay>("pass", "pass", "pass", "pass", "adds", "keeps", "miss"),
  { maxLength: 80 },
);

describe("Whatever happens to a streak", () => {
  it("comes out the same each time, and changes nothing that it is worked out from", () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const facts = factsOf(life);
        const copy = structuredClone(facts);
        expect(streakOf(facts)).toEqual(streakOf(copy));
        expect(facts).toEqual(copy);
      }),
      { numRuns: 100 },
    );
  });

  it("never holds fewer than 0 or more than 2 freezes, and spends them on whole gaps or not at all", () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const covered = coveredInTime(days);
        for (let until = 0; until <= days.length; until += 1) {
          const account = accountAfter(days.slice(0, until), covered);
          expect(account?.held).toBeGreaterThanOrEqual(0);
          expect(account?.held).toBeLessThanOrEqual(2);
        }
        const gaps = days
          .map((day, at) => (day === "miss" ? (covered.has(at) ? "f" : "m") : day === "keeps" ? "" : "|"))
          .join("")
          .split("|");
        for (const gap of gaps) expect(gap).toMatch(/^(?:f{0,2}|m*)$/);
      }),
      { numRuns: 500 },
    );
  });

  it("begins with one freeze, earns one after seven days passed, and none for days made up", () => {
    const heldAfter = (days: readonly FreezeDay[]) => accountAfter(days, coveredInTime(days))?.held;
    const passes = (count: number): FreezeDay[] => Array.from({ length: count }, () => "pass");
    expect([0, 6, 7, 14, 30].map((count) => heldAfter(passes(count)))).toEqual([1, 1, 2, 2, 2]);
    expect(heldAfter(Array.from({ length: 20 }, () => "adds"))).toBe(1);
    // Three days missed in a row cost no freeze, since two would not have saved the streak.
    expect(heldAfter([...passes(7), "miss", "miss", "miss"])).toBe(2);
    expect(heldAfter([...passes(7), "miss", "miss", "pass"])).toBe(0);
    // What was passed while two were held is not lost: the next one comes with the next day.
    expect(heldAfter([...passes(14), "miss", "pass"])).toBe(2);
  });

  it("gives back exactly the freeze that covered a date when an appeal about it is upheld, and is never shorter", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(), (life, pick) => {
        const before = streakIn(life);
        const missed = before.days.filter(({ reason }) =>
          ["freeze", "no-answer", "not-passed"].includes(reason),
        );
        const day = missed[pick % Math.max(1, missed.length)];
        fc.pre(day !== undefined);
        const facts = factsOf(life);
        // Decided later than everything else.
        const row = { date: day.date, kind: "pass" as const, at: dayStart(100) };
        // The made-up row of the date, where there is one that does not count, gives way.
        const ledger = [...facts.ledger.filter(({ date }) => date !== day.date), row];
        const after = streakOf({ ...facts, ledger });
        const reasonNow = new Map(after.days.map(({ date, reason }) => [date, reason]));
        expect(reasonNow.get(day.date)).toBe("upheld");
        // What it completes may have been made up: then its freeze comes back as well.
        const others = frozen(before).filter((date) => date !== day.date);
        for (const date of others) expect(["freeze", "madeup"]).toContain(reasonNow.get(date));
        expect(after.current).toBeGreaterThanOrEqual(before.current);
        expect(after.longest).toBeGreaterThanOrEqual(before.longest);
        const spentAnew = frozen(after).filter((date) => !others.includes(date)).length;
        expect(after.freezes.held).toBeGreaterThanOrEqual(before.freezes.held - spentAnew);
      }),
      { numRuns: 300 },
    );
  });

  it("is never shorter for a date that an admin excuses, early or late", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(), fc.nat({ max: 240 }), (life, pick, hours) => {
        const facts = factsOf(life);
        const round = facts.rounds[pick % Math.max(1, facts.rounds.length)];
        fc.pre(round !== undefined && round.excusedAt === undefined);
        const excusedAt = Math.max(life.now, round.opensAt) + hours * 3_600_000;
        const rounds = facts.rounds.map((one) => (one === round ? { ...one, excusedAt } : one));
        const [before, after] = [streakOf(facts), streakOf({ ...facts, rounds })];
        expect(after.current).toBeGreaterThanOrEqual(before.current);
      }),
      { numRuns: 300 },
    );
  });

  it("survives an outage of any length, since no question is posted while it lasts", () => {
    fc.assert(
      fc.property(anyLife, fc.integer({ min: 1, max: 400 }), (life, days) => {
        const until = dayStart(63);
        const over = streakIn({ ...life, now: until });
        const later = streakIn({ ...life, now: until + days * DAY_MS });
        expect(later.current).toBe(over.current);
        expect(later.freezes).toEqual(over.freezes);
      }),
      { numRuns: 150 },
    );
  });

  it("counts every question of somebody who answers them all, whichever of them never came", () => {
    fc.assert(
      fc.property(fc.subarray(Array.from({ length: 60 }, (_, day) => day)), (held) => {
        const rounds = held.map((day) => ({
          date: dayDate(day),
          opensAt: dayStart(day),
          closesAt: dayStart(day) + DAY_MS,
          closedAt: null,
        }));
        const ledger = held.map((day) => ({ date: dayDate(day), kind: "pass" as const }));
        const input: StreakInput = { rounds, ledger, answered: [], choices: [], now: dayStart(70) };
        expect(streakOf(input).current).toBe(held.length);
      }),
      { numRuns: 50 },
    );
  });

  it("is explained by /streak why, day by day for the last 14, in both languages, as the ledger has it", () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const facts = factsOf(life);
        const streak = streakOf(facts);
        const explained = explainedDays(streak);
        expect(explained.map(({ date }) => date)).toEqual(
          streak.days
            .map(({ date }) => date)
            .toReversed()
            .slice(0, 14),
        );
        const passed = new Set(facts.ledger.flatMap(({ date, kind }) => (kind === "pass" ? [date] : [])));
        for (const { date, reason, effect } of explained) {
          expect(["pass", "upheld"].includes(reason)).toBe(passed.has(date));
          for (const locale of ["en", "zh"] as const) {
            const text = messagesFor(locale).streak.why(reason);
            expect(/: counts$|计入连续天数$/u.test(text)).toBe(effect === "adds");
            expect(/ended here$|断在这一天$/u.test(text)).toBe(effect === "breaks");
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
