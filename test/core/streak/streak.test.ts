import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreakInput } from "#core/streak/day-reasons";
import type { HeldRound } from "#core/streak/held-round";
import type { StudyDay } from "#core/streak/ledger";
import { streakOf } from "#core/streak/streak";
import { anyHistory, HOUR_MS, heldOn, june, opening, plannedOn } from "#test/core/streak/histories";

/** One letter a day from 1 June: p pass, m made up a day later, u upheld on appeal a week later, . nothing. */
const ledgerOf = (letters: string): StudyDay[] =>
  [...letters].flatMap((letter, index): StudyDay[] => {
    const date = june(index + 1);
    if (letter === "p") return [{ date, kind: "pass" }];
    if (letter === "m") return [{ date, kind: "madeup", at: opening(index + 2) + HOUR_MS }];
    return letter === "u" ? [{ date, kind: "pass", at: opening(index + 8) }] : [];
  });

/** The days of June on which a round was held: a star each, a space where none was. */
const roundsOf = (stars: string): HeldRound[] =>
  [...stars].flatMap((star, index) => (star === "*" ? [heldOn(index + 1)] : []));

const history = (letters: string, stars: string, changes: Partial<StreakInput> = {}): StreakInput => ({
  ledger: ledgerOf(letters),
  rounds: roundsOf(stars),
  answered: [],
  choices: [],
  now: opening(28),
  ...changes,
});

const both = (input: StreakInput): [number, number] => {
  const { current, longest } = streakOf(input);
  return [current, longest];
};

describe("a streak", () => {
  it.each([
    ["nothing answered", "", "***", 0, 0],
    ["every round answered", "ppp", "***", 3, 3],
    ["one missed in the middle, which the first freeze covers", "pp.p", "****", 3, 3],
    ["two missed in the middle, for which one freeze is not enough", "pp..p", "*****", 1, 2],
    ["the last one missed", "ppp.", "****", 3, 3],
    ["the last two missed", "ppp..", "*****", 0, 3],
    ["a weekend without rounds", "pp..p", "**  *", 3, 3],
    ["an outage of ten days", "pp..........p", "**          *", 3, 3],
    ["a round answered elsewhere on a day without one at home", "ppp", "* *", 3, 3],
    ["a missed day made up", "ppmp", "****", 4, 4],
    ["a missed day that was found good enough on appeal", "pp.up", "*****", 4, 4],
    ["rounds before the first answer", "...pp", "*****", 2, 2],
  ])("after %s", (_, letters, stars, current, longest) => {
    expect(both(history(letters, stars))).toEqual([current, longest]);
  });

  it("is not over while the round is open, nor while a form opened before its close can still be sent", () => {
    const { closesAt } = heldOn(4);
    const tenMinutes = HOUR_MS / 6;
    const currentAt = (now: number): number => streakOf(history("pp..", "****", { now })).current;
    expect([opening(4), closesAt, closesAt + tenMinutes, closesAt + tenMinutes + 1].map(currentAt)).toEqual([
      2, 2, 2, 0,
    ]);
  });

  it("is safe while an answer waits for its result, however long that takes", () => {
    const answered = [{ date: june(3), pending: true }];
    expect(both(history("pp..p", "*****", { answered }))).toEqual([3, 3]);
    const graded = [{ date: june(3), pending: false }];
    expect(both(history("pp..p", "*****", { answered: graded }))).toEqual([1, 2]);
  });

  it("does not ask for a round that was open for less than 8 h, and does for one of 8 h", () => {
    const withThird = (hours: number): HeldRound[] => [...roundsOf("** **"), plannedOn(3, hours)];
    expect(both(history("pp..p", "", { rounds: withThird(7) }))).toEqual([3, 3]);
    expect(both(history("pp..p", "", { rounds: withThird(8) }))).toEqual([1, 2]);
  });

  it("is not broken by a round that somebody closed before the time that had been announced", () => {
    expect(both(history("pp..p", "", { rounds: [...roundsOf("** **"), heldOn(3, 23)] }))).toEqual([3, 3]);
  });

  it("counts a date once where a change of the home channel gave it two rounds", () => {
    const rounds = [...roundsOf("***"), heldOn(2, 9), heldOn(2, 10)];
    expect(both(history("ppp", "", { rounds }))).toEqual([3, 3]);
  });

  it("is not broken where one of two rounds that closed together was ended early", () => {
    const [planned, ended] = [plannedOn(3, 23), heldOn(3, 23)];
    const streaks = [
      [planned, ended],
      [ended, planned],
    ].map((pair) => both(history("pp..p", "", { rounds: [...roundsOf("** **"), ...pair] })));
    expect(streaks).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect(both(history("pp..p", "", { rounds: [...roundsOf("** **"), planned] }))).toEqual([1, 2]);
  });

  it("does not depend on the order of ledger, rounds or answers", () => {
    const shuffled = anyHistory.chain((input) =>
      fc.record({
        input: fc.constant(input),
        ledger: fc.shuffledSubarray([...input.ledger], { minLength: input.ledger.length }),
        rounds: fc.shuffledSubarray([...input.rounds], { minLength: input.rounds.length }),
        answered: fc.shuffledSubarray([...input.answered], { minLength: input.answered.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ input, ...parts }) => {
        expect(streakOf({ ...input, ...parts })).toEqual(streakOf(input));
      }),
    );
  });

  it("comes out the same each time, and changes nothing that it is worked out from", () => {
    fc.assert(
      fc.property(anyHistory, (input) => {
        const copy = structuredClone(input);
        expect(streakOf(input)).toEqual(streakOf(copy));
        expect(input).toEqual(copy);
      }),
    );
  });

  it("is worked out from 20 years of rounds without delay", () => {
    const rounds = Array.from({ length: 7_300 }, (_, index): HeldRound => {
      const opensAt = opening(1) + index * 24 * HOUR_MS;
      const date = new Date(opensAt).toISOString().slice(0, 10) as HeldRound["date"];
      return { date, opensAt, closesAt: opensAt + 24 * HOUR_MS, closedAt: null };
    });
    const ledger = rounds.map(({ date }): StudyDay => ({ date, kind: "pass" }));
    const now = opening(1) + 7_300 * 24 * HOUR_MS;
    expect(streakOf({ ledger, rounds, answered: [], choices: [], now }).current).toBe(7_300);
  });
});
