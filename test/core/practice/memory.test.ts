import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { isDue, memoryOf, type Review, recallAt, reviewsIn } from "#core/practice/memory";
import type { Attempt } from "#core/round/round";
import type { Verdict } from "#core/scoring/grader";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 2, 9);
const verdicts: readonly Verdict[] = ["hit", "partial", "miss", "contradict"];

/** The days from each recall to the next that a history of verdicts leads to, each recalled on the day it was due. */
function intervals(history: readonly Verdict[]): number[] {
  const reviews: Review[] = [];
  let at = START;
  return history.map((verdict) => {
    reviews.push({ point: "p", at, verdict });
    const due = memoryOf(reviews).get("p")?.due.getTime() ?? 0;
    const days = Math.round((due - at) / DAY_MS);
    at = due;
    return days;
  });
}

const attempt = (sentAt: number, verdict: Verdict | null, name = String(sentAt)): Attempt => ({
  tenant: tenantIdSchema.parse("local"),
  member: memberIdSchema.parse("ann"),
  round: null,
  question: "q",
  submission: submissionIdSchema.parse(name),
  sentAt,
  text: "…",
  result:
    verdict === null
      ? null
      : {
          score: 0,
          grader: { id: "local", version: "1", rubricHash: "1" },
          flags: [],
          points: [{ id: "p", verdict, confidence: 1, evidence: [], reason: "core" }],
        },
});

describe("What a member remembers of a point", () => {
  it.each([
    ["recalled each time", ["hit", "hit", "hit", "hit"], [3, 14, 57, 196]],
    ["half recalled each time", ["partial", "partial", "partial"], [2, 4, 9]],
    ["missed, then recalled", ["miss", "hit", "hit"], [1, 3, 8]],
    ["recalled, then contradicted", ["hit", "hit", "contradict", "hit"], [3, 14, 2, 5]],
  ] as const)("goes by FSRS-6 with its published parameters: %s", (_name, history, days) => {
    expect(intervals(history)).toEqual(days);
  });

  it("fades from one towards nothing, and is nothing where it was never asked", () => {
    const memory = memoryOf([{ point: "p", at: START, verdict: "hit" }]);
    const recall = [0, 2, 10, 100].map((days) => recallAt(memory, "p", START + days * DAY_MS));
    expect(recall[0]).toBeCloseTo(1, 5);
    expect(recall).toEqual(recall.toSorted((one, other) => other - one));
    expect(recallAt(memory, "q", START)).toBe(0);
    expect(isDue(memory, "p", START)).toBe(false);
    expect(isDue(memory, "p", START + 3 * DAY_MS)).toBe(true);
    expect(isDue(memory, "q", START)).toBe(false);
  });

  it("is the same in whatever order the answers are read", () => {
    const history = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.constantFrom(...verdicts)), { maxLength: 12 });
    fc.assert(
      fc.property(
        history.chain((days) =>
          fc.tuple(fc.constant(days), fc.shuffledSubarray(days, { minLength: days.length })),
        ),
        ([days, shuffled]) => {
          const read = (list: readonly (readonly [number, Verdict])[]) =>
            memoryOf(
              reviewsIn(
                list.map(([day, verdict]) => attempt(START + day * DAY_MS, verdict, `${day}${verdict}`)),
              ),
            );
          expect([...read(shuffled)]).toEqual([...read(days)]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("An answer", () => {
  it("counts as a recall of each of its points, and none is lost", () => {
    const answers = [0, 1, 5, 9].map((day) => attempt(START + day * DAY_MS, "hit"));
    expect(reviewsIn(answers).map(({ at }) => at)).toEqual(answers.map(({ sentAt }) => sentAt));
  });

  it("sent again after the first one's feedback is no recall; without a result it says nothing", () => {
    const hour = 3_600_000;
    const sitting = [attempt(START, "miss"), attempt(START + hour, "hit"), attempt(START + 2 * hour, "hit")];
    expect(reviewsIn(sitting)).toEqual([{ point: "p", at: START, verdict: "miss" }]);
    expect(reviewsIn([attempt(START, null), attempt(START + hour, "hit")])).toEqual([
      { point: "p", at: START + hour, verdict: "hit" },
    ]);
  });
});
