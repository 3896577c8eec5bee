import { describe, expect, it } from "vitest";
import { channelIdSchema } from "#core/ids";
import { choiceText, laterChoice, type StreakChoice } from "#core/streak/choice";
import { readDate, readSpan } from "#core/streak/dates";
import { homeAt, homesOf, movesAgainAt } from "#core/streak/homes";
import { pausedDates } from "#core/streak/pauses";
import { streakOf } from "#core/streak/streak";
import { date } from "#test/contracts/store-samples";
import { HOUR_MS, heldOn, june, opening, plannedOn } from "./histories.ts";

const DAY_MS = 24 * HOUR_MS;
const [a, b, c] = ["a", "b", "c"].map((id) => channelIdSchema.parse(id));
if (a === undefined || b === undefined || c === undefined) throw new Error("no channels");

describe("A member's home channel", () => {
  const move = (channel: typeof a, at: number): StreakChoice => ({ kind: "home", channel, at });

  it("moves once in 30 days, to the millisecond", () => {
    const at = 100 * DAY_MS;
    const soon = homesOf(a, [move(b, at), move(c, at + 30 * DAY_MS - 1)]);
    expect([at - 1, at, at + 40 * DAY_MS].map((when) => homeAt(soon, when))).toEqual(["a", "b", "b"]);
    const later = homesOf(a, [move(c, at + 30 * DAY_MS), move(b, at)]);
    expect([at - 1, at, at + 30 * DAY_MS].map((when) => homeAt(later, when))).toEqual(["a", "b", "c"]);
    expect(movesAgainAt(soon, at + 30 * DAY_MS - 1)).toBe(at + 30 * DAY_MS);
    expect(movesAgainAt(soon, at + 30 * DAY_MS)).toBeNull();
    expect(movesAgainAt(homesOf(a, []), at)).toBeNull();
  });

  it("does not move by choosing the channel that it is", () => {
    expect(homesOf(a, [move(a, 5 * DAY_MS), move(b, 6 * DAY_MS)])).toHaveLength(2);
  });
});

describe("Paused days", () => {
  const pause = (from: string, to: string | null, at = 1): StreakChoice => ({
    kind: "pause",
    from: date(from),
    to: to === null ? null : date(to),
    at,
  });
  const count = (...choices: StreakChoice[]): number => pausedDates(choices).size;

  it("are 21 a calendar quarter at most, both ends of a pause included", () => {
    expect(count(pause("2026-10-01", "2026-10-21"))).toBe(21);
    expect(count(pause("2026-10-01", "2026-10-22"))).toBe(0);
    expect(count(pause("2026-10-05", "2026-10-05"))).toBe(1);
    // Three weeks before the end of a quarter and three behind it.
    expect(count(pause("2026-12-11", "2027-01-21"))).toBe(42);
    expect(count(pause("2026-12-11", "2027-01-22"))).toBe(0);
    expect(count(pause("2026-10-01", "9999-12-31"))).toBe(0);
  });

  it("count once where pauses meet, and of too many those that were set first", () => {
    expect(count(pause("2026-10-01", "2026-10-15"), pause("2026-10-10", "2026-10-21", 2))).toBe(21);
    const [first, second] = [pause("2026-10-10", "2026-10-20", 1), pause("2026-10-01", "2026-10-15", 2)];
    expect(count(pause("2026-11-01", "2026-11-10", 0), first, second)).toBe(21);
    expect([...pausedDates([second, first])].toSorted()[0]).toBe("2026-10-01");
    expect([...pausedDates([pause("2026-11-01", "2026-11-10", 3), second, first])]).not.toContain(
      "2026-11-01",
    );
  });

  it("are none where the pause was taken back", () => {
    expect(count(pause("2026-10-01", null))).toBe(0);
  });
});

describe("A day whose round has just closed", () => {
  it.each([
    ["24 hours", 24, 10 * 60_000],
    ["9 hours", 9, 2 * HOUR_MS],
  ])(
    "is open to the last millisecond of %s, closing as long as an answer may come, and then missed",
    (_, hours, grace) => {
      const rounds = [heldOn(1), plannedOn(2, hours)];
      const { closesAt } = plannedOn(2, hours);
      const reasonAt = (now: number): string | undefined =>
        streakOf({
          ledger: [{ date: june(1), kind: "pass" }],
          answered: [],
          choices: [{ kind: "pause", from: june(3), to: june(3), at: 1 }],
          rounds,
          now,
        }).days.at(-1)?.reason;
      const instants = [closesAt, closesAt + 1, closesAt + grace, closesAt + grace + 1];
      expect(instants.map(reasonAt)).toEqual(["open", "closing", "closing", "freeze"]);
    },
  );
});

describe("A day that was made up", () => {
  const made = (day: number, at: number) => ({ date: june(day), kind: "madeup" as const, at });
  const passed = (day: number) => ({ date: june(day), kind: "pass" as const });
  const reasons = (ledger: Parameters<typeof streakOf>[0]["ledger"], days: readonly number[]): string[] => {
    const rounds = days.map((day) => heldOn(day));
    const { days: all } = streakOf({ ledger, rounds, answered: [], choices: [], now: opening(29) });
    return all.filter(({ reason }) => reason === "madeup").map(({ date: on }) => on.slice(-2));
  };

  it("counts where one of the two rounds after it was passed, and not where only the third was", () => {
    const days = [1, 2, 3, 4, 5];
    expect(reasons([passed(1), made(2, opening(3)), passed(3)], days)).toEqual(["02"]);
    expect(reasons([passed(1), made(2, opening(3)), passed(4)], days)).toEqual(["02"]);
    expect(reasons([passed(1), made(2, opening(3)), passed(5)], days)).toEqual([]);
    expect(reasons([passed(1), made(2, opening(3))], days)).toEqual([]);
  });

  it("counts rounds that had to be answered, not those that were short", () => {
    const rounds = [heldOn(1), heldOn(2), plannedOn(3, 4), plannedOn(4, 4), heldOn(5), heldOn(6)];
    const ledger = [passed(1), made(2, opening(3)), passed(6)];
    const { days } = streakOf({ ledger, rounds, answered: [], choices: [], now: opening(29) });
    expect(days.find(({ date: on }) => on === june(2))?.reason).toBe("madeup");
  });

  it("is one in 30 days, to the millisecond", () => {
    const days = [1, 2, 3, 10, 11, 12];
    const first = made(2, opening(3));
    const madeAfter = (ms: number) =>
      reasons([passed(1), first, passed(3), made(11, opening(3) + ms), passed(12)], days);
    expect(madeAfter(30 * DAY_MS - 1)).toEqual(["02"]);
    expect(madeAfter(30 * DAY_MS)).toEqual(["02", "11"]);
  });

  it("waits while the answer that completes it has no result, and keeps the streak meanwhile", () => {
    const rounds = [1, 2, 3, 4].map((day) => heldOn(day));
    const answered = [{ date: june(4), pending: true }];
    const ledger = [passed(1), made(2, opening(4))];
    const { days, current } = streakOf({ ledger, rounds, answered, choices: [], now: opening(29) });
    expect(days.map(({ reason }) => reason)).toEqual(["pass", "pending", "freeze", "pending"]);
    expect(current).toBe(1);
  });
});

describe("Dates as people write them", () => {
  const today = date("2026-12-10");

  it.each([
    ["2026-12-24", "2026-12-24"],
    ["12-24", "2026-12-24"],
    ["12/24", "2026-12-24"],
    ["１２月２４日", "2026-12-24"],
    ["2027年1月3日", "2027-01-03"],
    ["1-3", "2027-01-03"],
    ["11-30", "2026-11-30"],
    ["2-29", null],
    ["2028-02-29", "2028-02-29"],
    ["13-1", null],
    ["tomorrow", null],
    ["12-24-1", null],
    ["", null],
  ])("“%s” is %s in December", (typed, expected) => {
    expect(readDate(typed, today)).toBe(expected);
  });

  it.each([
    ["12-24..12-31", "2026-12-24", "2026-12-31"],
    ["12-24-12-31", "2026-12-24", "2026-12-31"],
    ["12-24 – 1-3", "2026-12-24", "2027-01-03"],
    ["12月24日至31日", "2026-12-24", "2026-12-31"],
    ["12-24..31", "2026-12-24", "2026-12-31"],
    ["12-24..41", null, null],
    ["12-24", "2026-12-24", "2026-12-24"],
    ["12-24..", null, null],
  ])("“%s” is from %s to %s", (typed, from, to) => {
    expect(readSpan(typed, today)).toEqual(from === null ? null : { from, to });
  });

  it("are read in linear time, whatever is written", () => {
    for (const piece of ["1-", "1月", "..", "20", " "])
      expect(readSpan(piece.repeat(20_000), today)).toBeNull();
  });
});

describe("Of two choices of one name", () => {
  const move = (channel: typeof a, at: number): StreakChoice => ({ kind: "home", channel, at });

  it("the later one stays, in whatever order they come", () => {
    const [early, late] = [move(b, 5), move(a, 6)];
    expect(laterChoice(early, late)).toBe(late);
    expect(laterChoice(late, early)).toBe(late);
  });

  it("the same one of two that were made at once, whichever came first", () => {
    const [one, other] = [move(a, 5), move(b, 5)];
    expect(choiceText(laterChoice(one, other))).toBe(choiceText(other));
    expect(choiceText(laterChoice(other, one))).toBe(choiceText(other));
  });
});
