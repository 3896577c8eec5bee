import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "#core/scoring/grader";
import { score } from "#core/scoring/score";

const weighed = fc.record({
  weight: fc.integer({ min: 1, max: 5 }),
  verdict: fc.constantFrom<Verdict>("hit", "partial", "miss", "contradict"),
});

describe("the score of an answer", () => {
  it("is 53 for three points of weight 3 hit and one of weight 1 half said, out of 18", () => {
    const points = [
      { weight: 3, verdict: "hit" },
      { weight: 3, verdict: "hit" },
      { weight: 3, verdict: "hit" },
      { weight: 1, verdict: "partial" },
      { weight: 8, verdict: "miss" },
    ] as const;
    expect(score(points)).toBe(53);
  });

  it("rounds a half up", () => {
    expect(
      score([{ weight: 1, verdict: "partial" }, ...Array(99).fill({ weight: 1, verdict: "miss" })]),
    ).toBe(1);
  });

  it("is 100 exactly when every point is hit, and 0 exactly when none is covered", () => {
    fc.assert(
      fc.property(fc.array(weighed, { minLength: 1, maxLength: 12 }), (points) => {
        const result = score(points);
        expect(result).toBeGreaterThanOrEqual(0);
        expect(result).toBeLessThanOrEqual(100);
        if (points.every((point) => point.verdict === "hit")) expect(result).toBe(100);
        if (points.every((point) => point.verdict === "miss" || point.verdict === "contradict"))
          expect(result).toBe(0);
      }),
    );
  });

  it("takes nothing off for a contradiction beyond the point itself", () => {
    fc.assert(
      fc.property(fc.array(weighed, { minLength: 1, maxLength: 12 }), (points) => {
        const forgiven = points.map((point) =>
          point.verdict === "contradict" ? { ...point, verdict: "miss" as const } : point,
        );
        expect(score(points)).toBe(score(forgiven));
      }),
    );
  });

  it("is 0 where there is nothing to weigh", () => {
    expect(score([])).toBe(0);
  });
});
