import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryOf, type Review, recallAt } from "#core/practice/memory";
import { after, gradeOf, recall } from "./slow-fsrs.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 2, 9);

const anyReview = fc.record({
  days: fc.integer({ min: 1, max: 200 }),
  verdict: fc.constantFrom("hit", "partial", "miss", "contradict"),
  hinted: fc.boolean(),
});

describe("The learner model", () => {
  it("agrees with the published formulas, written out by hand, for any history", () => {
    fc.assert(
      fc.property(fc.array(anyReview, { minLength: 1, maxLength: 12 }), (history) => {
        let at = START;
        let slow: ReturnType<typeof after> | null = null;
        const reviews = history.map(({ days, verdict, hinted }): Review => {
          at += days * DAY_MS;
          slow = after(slow, at, gradeOf(verdict, hinted));
          return { point: "p", at, verdict, hinted };
        });
        const last = slow as ReturnType<typeof after> | null;
        const memory = memoryOf(reviews);
        const card = memory.get("p");
        expect((card?.stability ?? 0) / (last?.stability ?? 1)).toBeCloseTo(1, 5);
        expect(card?.difficulty).toBeCloseTo(last?.difficulty ?? Number.NaN, 5);
        expect(card?.due.getTime()).toBe(last?.due);
        const later = at + 30 * DAY_MS;
        expect(recallAt(memory, "p", later)).toBeCloseTo(recall(30, last?.stability ?? 1), 5);
      }),
      { numRuns: 300 },
    );
  });
});
