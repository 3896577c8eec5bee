import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { PassingReason } from "#core/round/passing";
import type { DayReason } from "#core/streak/day-reasons";
import { explainedDays, streakOf } from "#core/streak/streak";
import { anyHistory, HOUR_MS, heldOn, june, opening } from "#test/core/streak/histories";

const dayReasons: Readonly<Record<DayReason, true>> = {
  pass: true,
  upheld: true,
  madeup: true,
  freeze: true,
  paused: true,
  excused: true,
  pending: true,
  open: true,
  closing: true,
  "no-answer": true,
  "not-passed": true,
  "short-round": true,
  "before-start": true,
};
const passingReasons: Readonly<Record<PassingReason, true>> = {
  "no-point-hit": true,
  "low-score": true,
  "too-little": true,
  "like-source": true,
  "like-member": true,
};

describe("the reasons of a streak", () => {
  it("name what became of each day, newest first", () => {
    const streak = streakOf({
      ledger: [
        { date: june(2), kind: "pass", at: opening(9) },
        { date: june(3), kind: "madeup", at: opening(4) },
        { date: june(4), kind: "pass" },
        { date: june(7), kind: "pass" },
      ],
      rounds: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14].map((day) => ({
        ...heldOn(day, day === 12 ? 3 : undefined),
        ...(day === 6 ? { excusedAt: opening(6) } : {}),
      })),
      answered: [
        { date: june(10), pending: false },
        { date: june(11), pending: true },
      ],
      choices: [{ kind: "pause", from: june(8), to: june(8), at: opening(1) }],
      now: opening(14) + HOUR_MS,
    });
    expect(
      explainedDays(streak).map(({ date, reason, effect }) => `${date.slice(-2)} ${reason} ${effect}`),
    ).toEqual([
      "14 open keeps",
      "13 no-answer breaks",
      "12 short-round keeps",
      "11 pending keeps",
      "10 not-passed breaks",
      "08 paused keeps",
      "07 pass adds",
      "06 excused keeps",
      "05 freeze keeps",
      "04 pass adds",
      "03 madeup adds",
      "02 upheld adds",
      "01 before-start keeps",
    ]);
  });

  it("begin with the first answer, even one that did not earn its day", () => {
    const { days } = streakOf({
      ledger: [{ date: june(3), kind: "pass" }],
      rounds: [1, 2, 3].map((day) => heldOn(day)),
      answered: [{ date: june(2), pending: false }],
      choices: [],
      now: opening(10),
    });
    expect(days.map(({ reason }) => reason)).toEqual(["before-start", "not-passed", "pass"]);
  });

  it("give the last instant for an answer, for every day that had a round", () => {
    const { days } = streakOf({
      ledger: [{ date: june(1), kind: "pass" }],
      rounds: [heldOn(2, 9)],
      answered: [],
      choices: [],
      now: opening(2),
    });
    expect(days.map(({ closesAt }) => closesAt)).toEqual([null, opening(2) + 9 * 3_600_000]);
  });

  it("cover the last 14 days that had a round or a row, each date once, and agree with the ledger and the count", () => {
    fc.assert(
      fc.property(anyHistory, (input) => {
        const streak = streakOf(input);
        const explained = explainedDays(streak);
        expect(explained).toHaveLength(Math.min(14, streak.days.length));
        const dates = streak.days.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
        for (const { date: of, kind, at } of input.ledger.filter((row) => row.kind === "pass"))
          expect(streak.days.find(({ date }) => date === of)?.reason).toBe(
            at === undefined ? kind : "upheld",
          );
        const lastBreak = streak.days.findLastIndex(({ effect }) => effect === "breaks");
        const since = streak.days.slice(lastBreak + 1).filter(({ effect }) => effect === "adds");
        expect(since).toHaveLength(streak.current);
      }),
    );
  });

  it.each(["en", "zh"] as const)("have a sentence of their own each (%s)", (locale) => {
    const say = messagesFor(locale).streak;
    const sentences = [
      ...(Object.keys(dayReasons) as DayReason[]).map(say.why),
      ...(Object.keys(passingReasons) as PassingReason[]).map(say.notPassing),
    ];
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence.length).toBeGreaterThan(5);
  });
});
