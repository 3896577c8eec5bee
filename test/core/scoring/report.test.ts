import { describe, expect, it } from "vitest";
import type { Verdict } from "#core/scoring/grader";
import { score } from "#core/scoring/score";
import { type GradeOne, type LabelledAnswer, reportOn, summarise } from "./report.ts";
import { rubricOf } from "./rubrics.ts";

const QUESTION = "q5-oom";
const { points } = rubricOf(QUESTION);

/** An answer with these labels for the first points, all others missed. */
const labelled = (id: string, lang: string, ...verdicts: Verdict[]): LabelledAnswer => ({
  id,
  question: QUESTION,
  lang,
  kind: "written",
  text: id,
  points: Object.fromEntries(points.map((point, at) => [point.id, verdicts[at] ?? "miss"])),
});

/** A grader that gives these verdicts to the first points of the answers with these ids. */
const saying =
  (verdicts: Readonly<Record<string, readonly Verdict[]>>): GradeOne =>
  ({ id }) => {
    const given = points.map((point, at) => ({ ...point, verdict: verdicts[id]?.[at] ?? ("miss" as const) }));
    return {
      score: score(given),
      points: given.map((point) => ({
        id: point.id,
        verdict: point.verdict,
        confidence: 1,
        evidence: [],
        reason: "core",
      })),
    };
  };

describe("A report on labelled answers", () => {
  const answers = [
    labelled("a", "en", "hit", "partial", "contradict", "miss"),
    labelled("b", "zh", "hit", "contradict"),
  ];
  const report = reportOn(
    answers,
    saying({ a: ["hit", "hit", "hit", "contradict"], b: ["miss", "contradict"] }),
  );

  it("counts every point of every answer once, by label and by verdict", () => {
    expect(report.confusion).toEqual({
      hit: { hit: 1, partial: 0, miss: 1, contradict: 0 },
      partial: { hit: 1, partial: 0, miss: 0, contradict: 0 },
      miss: { hit: 0, partial: 0, miss: 2 * points.length - 6, contradict: 1 },
      contradict: { hit: 1, partial: 0, miss: 0, contradict: 1 },
    });
  });

  it("takes a hit for a partial as found, and a hit for a contradiction as made up", () => {
    // Covered: 2 of 3 claimed are right, 2 of 3 wanted are found. Contradicted: 1 of 2, 1 of 2.
    expect(report.covered.precision).toBeCloseTo(2 / 3);
    expect(report.covered.recall).toBeCloseTo(2 / 3);
    expect(report.covered.f1).toBeCloseTo(2 / 3);
    expect(report.contradicted).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it("takes the mean of the differences of the scores", () => {
    // Of 18: labelled 1 + 1.5 = 14, graded 1 + 3 + 1 = 28; labelled 1 = 6, graded 0.
    expect(points.slice(0, 3).map(({ weight }) => weight)).toEqual([1, 3, 1]);
    expect(report.answers.map(({ got, expected }) => [got, expected])).toEqual([
      [28, 14],
      [0, 6],
    ]);
    expect(report.scoreError).toBe(10);
  });

  it("is the same for a part of the answers as if there were no others", () => {
    const english = summarise(report.answers.filter(({ answer }) => answer.lang === "en"));
    expect(english.answers).toHaveLength(1);
    expect(english.covered).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8 });
    expect(english.scoreError).toBe(14);
  });

  it("finds nothing wrong where there was nothing to find", () => {
    const nothing = reportOn([labelled("c", "en")], saying({}));
    expect(nothing.covered.f1).toBe(1);
    expect(nothing.contradicted.f1).toBe(1);
    expect(nothing.kappa).toBe(1);
    expect(nothing.answers[0]?.wrong).toEqual([]);
  });
});
