import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, memberIdSchema, tenantIdSchema } from "#core/ids";
import { roundIdOf } from "#core/round/opening";
import { type Participation, roundsOfStreak, teamStreakOf } from "#core/streak/team";
import { HOUR_MS, heldOn, june, opening } from "./histories.ts";

const channel = channelIdSchema.parse("study");

/** A round of a day of June: `+ann` passed, `-bo` answered and did not. */
const roundOf = (day: number, answers: string, openHours?: number): Participation => ({
  round: { ...heldOn(day, openHours), id: roundIdOf(channel, june(day)), question: "q5-oom" },
  members: answers
    .split(" ")
    .filter((answer) => answer !== "")
    .map((answer) => ({
      member: memberIdSchema.parse(answer.slice(1)),
      passed: answer.startsWith("+"),
      best: null,
    })),
});
/** After the round of a day has closed and settled. */
const settled = (day: number): number => opening(day + 1) + HOUR_MS;
const streakAfter = (day: number, ...rounds: Participation[]): number =>
  teamStreakOf(rounds, settled(day)).current;

describe("a team's streak", () => {
  it("counts the rounds in a row that two members and half of those active have passed", () => {
    const rounds = [roundOf(1, "+ann +bo"), roundOf(2, "+ann +bo -cy"), roundOf(3, "+ann +cy -bo")];
    expect(streakAfter(3, ...rounds)).toBe(3);
  });

  it("ends with a round that only one passed, or less than half of those active", () => {
    expect(streakAfter(2, roundOf(1, "+ann +bo"), roundOf(2, "+ann -bo"))).toBe(0);
    const five = roundOf(1, "+a +b +c +d +e");
    expect(streakAfter(2, five, roundOf(2, "+a +b +c"))).toBe(2);
    expect(streakAfter(2, five, roundOf(2, "+a +b"))).toBe(0);
  });

  it("does not wait for those who have answered nothing for 14 days", () => {
    const crowd = roundOf(1, "+a +b +c +d +e +f");
    expect(streakAfter(14, crowd, roundOf(14, "+a +b"))).toBe(0);
    expect(streakAfter(15, crowd, roundOf(15, "+a +b"))).toBe(2);
  });

  it("is not broken by dates without a round, nor by a round that was closed early", () => {
    const rounds = [roundOf(1, "+ann +bo"), roundOf(4, "", 2), roundOf(8, "+ann +bo")];
    expect(streakAfter(8, ...rounds)).toBe(2);
  });

  it("says while a round is open how many more it needs, and is not broken by them yet", () => {
    const rounds = [roundOf(1, "+ann +bo"), roundOf(2, "-ann")];
    const at = (instant: number) => teamStreakOf(rounds, instant);
    expect(at(opening(2) + HOUR_MS)).toEqual({ active: 2, current: 1, moreNeeded: 2 });
    // In the minutes after the close a form that was begun in time may still arrive.
    expect(at(opening(3) + 1)).toEqual({ active: 2, current: 1, moreNeeded: 0 });
    expect(at(settled(2))).toEqual({ active: 2, current: 0, moreNeeded: 0 });
  });

  it("counts an open round as soon as enough have passed it", () => {
    const rounds = [roundOf(1, "+ann +bo"), roundOf(2, "+ann +bo")];
    expect(teamStreakOf(rounds, opening(2) + HOUR_MS)).toMatchObject({ current: 2, moreNeeded: 0 });
  });

  it("is nothing before there was a round", () => {
    expect(teamStreakOf([], 0)).toEqual({ active: 0, current: 0, moreNeeded: 0 });
  });

  const anyRounds = fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: 1, max: 24 }),
      fc.array(fc.constantFrom("+a", "-b", "+c", "-d", "+e"), { maxLength: 5 }),
    ),
    { selector: ([day]) => day },
  );

  it("depends on no order, and no answer more ever makes a closed round count less", () => {
    fc.assert(
      fc.property(anyRounds, fc.integer({ min: 0, max: 23 }), (days, pick) => {
        const rounds = days.map(([day, answers]) => roundOf(day, [...new Set(answers)].join(" ")));
        const { current } = teamStreakOf(rounds, settled(25));
        expect(teamStreakOf(rounds.toReversed(), settled(25)).current).toBe(current);
        const allPass = rounds.map((one, at) =>
          at === pick ? { ...one, members: one.members.map((who) => ({ ...who, passed: true })) } : one,
        );
        expect(teamStreakOf(allPass, settled(25)).current).toBeGreaterThanOrEqual(current);
      }),
    );
  });

  /** A channel of a year, the newest round last, in a store that says how many rounds were read of it. */
  const yearOf = (answers: readonly string[]) => {
    const all = answers.map((said, at): Participation => {
      const { round, members } = roundOf(1, said);
      const later = at * 24 * HOUR_MS;
      return {
        round: { ...round, opensAt: round.opensAt + later, closesAt: round.closesAt + later },
        members,
      };
    });
    const read: number[] = [];
    const participation = async (_: unknown, __: unknown, limit: number) => {
      read.push(limit);
      return all.toReversed().slice(0, limit);
    };
    return { all, read, store: { participation } };
  };
  const tenant = tenantIdSchema.parse("guild");
  const openedOn = (day: number): number => opening(1) + (day - 1) * 24 * HOUR_MS;
  const asOf = (day: number) => ({ tenant, channel, upTo: openedOn(day) });
  const settledOn = (day: number): number => openedOn(day) + 25 * HOUR_MS;

  it("is read no further back than it reaches", async () => {
    const broken = yearOf([...Array(300).fill("+ann +bo"), "-ann", ...Array(9).fill("+ann +bo")]);
    const rounds = await roundsOfStreak(broken.store, asOf(310), settledOn(310), 400);
    expect(broken.read).toEqual([20, 60]);
    expect(teamStreakOf(rounds, settledOn(310)).current).toBe(9);
    const whole = yearOf(Array(310).fill("+ann +bo"));
    const all = await roundsOfStreak(whole.store, asOf(310), settledOn(310), 400);
    expect(whole.read).toEqual([20, 60, 400]);
    expect(teamStreakOf(all, settledOn(310)).current).toBe(310);
    const young = yearOf(Array(9).fill("+ann +bo"));
    await roundsOfStreak(young.store, asOf(9), settledOn(9), 400);
    expect(young.read).toEqual([20]);
    // As of a round that others have followed.
    const then = await roundsOfStreak(whole.store, asOf(100), settledOn(100), 400);
    expect(teamStreakOf(then, settledOn(100)).current).toBe(100);
  });

  it("is the same as of all rounds, wherever it was broken", async () => {
    const said = fc.constantFrom("+a +b", "+a +b +c +d", "+a -b", "", "+a +b +c +d +e +f");
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 0, max: 30 }),
        async (year, back) => {
          const { all, store } = yearOf(year);
          const day = Math.max(1, year.length - back);
          const rounds = await roundsOfStreak(store, asOf(day), settledOn(day), 400);
          const known = all.filter(({ round }) => round.opensAt <= openedOn(day));
          expect(teamStreakOf(rounds, settledOn(day))).toEqual(teamStreakOf(known, settledOn(day)));
        },
      ),
    );
  });

  it("says the same whoever it is that has not answered, and never who", () => {
    fc.assert(
      fc.property(anyRounds, fc.integer({ min: 1, max: 4 }), (days, shift) => {
        const rounds = days.map(([day, answers]) => roundOf(day, [...new Set(answers)].join(" ")));
        const names = ["a", "b", "c", "d", "e"];
        const renamed = rounds.map((one) => ({
          ...one,
          members: one.members.map((who) => ({
            ...who,
            member: memberIdSchema.parse(names[(names.indexOf(who.member) + shift) % names.length]),
          })),
        }));
        const [before, after] = [rounds, renamed].map((some) => teamStreakOf(some, opening(24) + HOUR_MS));
        expect(after).toEqual(before);
        expect(Object.values(before ?? {}).every((value) => typeof value === "number")).toBe(true);
      }),
    );
  });
});
