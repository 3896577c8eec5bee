import { describe, expect, it } from "vitest";
import { gradeOf, weightedKappa } from "./kappa.ts";

describe("The agreement of two readers in five grades", () => {
  it("puts 0–19 in the first grade, 80–100 in the last, and every twenty points between in one of their own", () => {
    expect([0, 19, 20, 39, 40, 59, 60, 79, 80, 100].map(gradeOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it("is 0.4 for six answers that are worked out by hand", () => {
    // Labelled 0 three times, 1 once, 2 twice; graded 0 three times, 1 twice, 2 once.
    // Seen: one off by 1, one off by 2: 1 + 4 = 5.
    // By chance: (3·(2·1 + 1·4) + 1·(3·1 + 1·1) + 2·(3·4 + 2·1)) / 6 = (18 + 4 + 28) / 6 = 50 / 6.
    // kappa = 1 − 5 / (50 / 6) = 1 − 30 / 50.
    const pairs = [
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 1],
      [2, 2],
      [2, 0],
    ] as const;
    expect(weightedKappa(pairs)).toBeCloseTo(0.4, 12);
    expect(weightedKappa(pairs.map(([one, other]) => [other, one]))).toBeCloseTo(0.4, 12);
  });

  it("is 1 where they agree, 0 where one says the same whatever the other says, below 0 where they disagree", () => {
    expect(
      weightedKappa([
        [0, 0],
        [3, 3],
        [4, 4],
      ]),
    ).toBe(1);
    expect(
      weightedKappa([
        [0, 2],
        [4, 2],
      ]),
    ).toBe(0);
    expect(
      weightedKappa([
        [0, 4],
        [4, 0],
      ]),
    ).toBe(-1);
  });

  it("is 1 where there is nothing to tell apart", () => {
    expect(weightedKappa([])).toBe(1);
    expect(
      weightedKappa([
        [2, 2],
        [2, 2],
      ]),
    ).toBe(1);
  });
});
