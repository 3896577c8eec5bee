import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "#core/ids";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Question } from "#core/pack/question";
import { gainsOf, namedGains } from "#core/report/improving";
import { tallyPoints, weakestOf } from "#core/report/weak-points";
import { FEWEST_SHOWN, participationOf } from "#core/report/week";
import type { Attempt } from "#core/round/round";
import type { Verdict } from "#core/scoring/grader";
import type { Participation } from "#core/streak/team";
import { attemptAs, date, resultOf, roundOn } from "#test/contracts/store-samples";

const member = (name: string): MemberId => memberIdSchema.parse(name);

/** A round of a day of June 2026, of which the 1st, 8th, 15th and 22nd are Mondays; a best score for each who passed. */
const roundWith = (day: number, bests: Readonly<Record<string, number | null>>): Participation => ({
  round: roundOn(day),
  members: Object.entries(bests).map(([name, best]) => ({
    member: member(name),
    passed: best !== null && best >= 30,
    best,
  })),
});

describe("A week in numbers", () => {
  it("counts members once, answers by day, and whose day counts", () => {
    const week = [roundWith(16, { ann: 80, bo: 20 }), roundWith(15, { ann: 60, cy: 40, di: null })];
    expect(participationOf(week)).toEqual({
      days: [
        { date: "2026-06-15", answered: 3, passed: 2 },
        { date: "2026-06-16", answered: 2, passed: 1 },
      ],
      members: 4,
      mean: 50,
    });
  });

  it("tells no mean that would be one or two members' own", () => {
    expect(participationOf([roundWith(15, { ann: 80, bo: 20 })]).mean).toBeNull();
    expect(participationOf([]).mean).toBeNull();
  });
});

describe("The most improved", () => {
  const before = [1, 2, 3, 4].map((day) => roundWith(day, { ann: 40, bo: 90, cy: 50, di: 30 }));
  const now = [
    roundWith(15, { ann: 60, bo: 92, cy: 80, di: 50, new: 99 }),
    roundWith(16, { ann: 70, bo: 92, cy: 20, di: 50, new: 99 }),
  ];
  const gains = gainsOf([...now, ...before], date("2026-06-15"));
  const all = new Set(["ann", "bo", "cy", "di", "new"].map(member));
  const none = new Set<MemberId>();

  it("did better in two answers at least than in three at least before, however well they did", () => {
    // bo gained 2, cy passed once only, new has nothing to compare with.
    expect(gains).toEqual([
      { member: "ann", gain: 25 },
      { member: "di", gain: 20 },
    ]);
  });

  it("are named only where they agreed and are not hidden", () => {
    expect(namedGains(gains, none, none)).toEqual([]);
    expect(namedGains(gains, new Set([member("di")]), none)).toEqual([{ member: "di", gain: 20 }]);
    expect(namedGains(gains, all, new Set([member("ann")]))).toEqual([{ member: "di", gain: 20 }]);
  });

  it("never are others than those who agreed, and all with the same gain or none", () => {
    const anyGains = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 5, max: 8 })), {
        selector: ([name]) => name,
      })
      .map((list) =>
        list
          .map(([name, gain]) => ({ member: member(`m${name}`), gain }))
          .toSorted((one, other) => other.gain - one.gain),
      );
    const anySet = fc
      .array(fc.integer({ min: 0, max: 30 }))
      .map((list) => new Set(list.map((name) => member(`m${name}`))));
    fc.assert(
      fc.property(anyGains, anySet, anySet, (list, agreed, hidden) => {
        const named = namedGains(list, agreed, hidden);
        for (const one of named) expect(agreed.has(one.member) && !hidden.has(one.member)).toBe(true);
        const gainsNamed = new Set(named.map(({ gain }) => gain));
        for (const one of list) {
          if (!gainsNamed.has(one.gain) || !agreed.has(one.member) || hidden.has(one.member)) continue;
          expect(named).toContainEqual(one);
        }
      }),
    );
  });

  it("do not depend on the order in which rounds and members come", () => {
    const rounds = [...now, ...before];
    fc.assert(
      fc.property(fc.shuffledSubarray(rounds, { minLength: rounds.length }), (turned) => {
        const shuffled = turned.map(({ round, members }) => ({ round, members: members.toReversed() }));
        expect(gainsOf(shuffled, date("2026-06-15"))).toEqual(gains);
        expect(participationOf(shuffled)).toEqual(participationOf(rounds));
      }),
    );
  });
});

const title = (text: string) => ({ zh: text, en: text });
const question = {
  id: "q1",
  points: [
    { id: "batch", title: title("batch"), weight: 3 },
    { id: "cache", title: title("cache"), weight: 1 },
    { id: "shape", title: title("shape"), weight: 2 },
  ],
} as unknown as Pick<Question, "id" | "points">;

const weakPoints = (attempts: readonly Attempt[]) => weakestOf(tallyPoints(question, attempts));

/** A member's answer with a verdict for batch, cache and shape. */
const answer = (name: string, verdicts: readonly Verdict[], score: number, sent = 0): Attempt => {
  const { credit: _, ...attempt } = attemptAs(`${name}-${score}-${sent}`, { as: name, sentAt: sent });
  const points = question.points.map(({ id }, at) => ({
    id,
    verdict: verdicts[at] ?? "miss",
    confidence: 1,
    evidence: [],
    reason: "core" as const,
  }));
  return { ...attempt, result: { ...resultOf(score), points } };
};

describe("Key points worth another look", () => {
  it("are those that the best answers seldom had, the weakest first, a part counting half", () => {
    const attempts = [
      answer("ann", ["hit", "partial", "miss"], 60),
      answer("ann", ["miss", "miss", "miss"], 0, 1),
      answer("bo", ["hit", "miss", "contradict"], 50),
      answer("cy", ["hit", "hit", "miss"], 70),
    ];
    expect(weakPoints(attempts)).toEqual([
      { title: title("shape"), had: 0, partly: 0, of: 3 },
      { title: title("cache"), had: 1, partly: 1, of: 3 },
    ]);
  });

  it("are not told of a question that fewer than three have a score for", () => {
    const few = ["ann", "bo"].map((name) => answer(name, ["miss", "miss", "miss"], 0));
    const waiting = { ...answer("cy", [], 0), submission: submissionIdSchema.parse("w"), result: null };
    expect(few.length).toBeLessThan(FEWEST_SHOWN);
    expect(weakPoints([...few, waiting])).toEqual([]);
  });

  it("come with the weightier first where they are equally weak", () => {
    const attempts = ["ann", "bo", "cy"].map((name) => answer(name, ["miss", "miss", "miss"], 0));
    expect(weakPoints(attempts).map((point) => point.title.en)).toEqual(["batch", "shape", "cache"]);
  });

  it("do not depend on the order in which answers come", () => {
    const attempts = [
      answer("ann", ["hit", "partial", "miss"], 60),
      answer("ann", ["hit", "partial", "hit"], 90, 3),
      answer("bo", ["miss", "miss", "contradict"], 10),
      answer("cy", ["partial", "hit", "miss"], 50),
    ];
    const expected = weakPoints(attempts);
    fc.assert(
      fc.property(fc.shuffledSubarray(attempts, { minLength: attempts.length }), (turned) => {
        expect(weakPoints(turned)).toEqual(expected);
      }),
    );
  });
});
