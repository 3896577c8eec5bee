import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctedResult } from "#core/appeal/correcting";
import type { GradeResult, PointResult } from "#core/scoring/grader";
import { score } from "#core/scoring/score";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const [question] = loadLibrary(SHIPPED_CONTENT).questions;
if (question === undefined) throw new Error("the bank is empty");
const { points } = question;

const ANSWER = "  First one thing is said, then another; the third comes last.  ";

const resultWith = (verdicts: readonly PointResult["verdict"][]): GradeResult => {
  const judged = points.map(({ id }, at): PointResult => {
    const verdict = verdicts[at] ?? "miss";
    const evidence = verdict === "miss" ? [] : [{ start: 2, end: 7, quote: ANSWER.slice(2, 7) }];
    return { id, verdict, confidence: 0.8, evidence, reason: "core" };
  });
  const weighed = points.map(({ weight }, at) => ({ weight, verdict: verdicts[at] ?? "miss" }));
  return {
    score: score(weighed),
    points: judged,
    flags: [],
    grader: { id: "local", version: "1", rubricHash: "1" },
  };
};

const anyCase = fc.record({
  verdicts: fc.array(fc.constantFrom("hit", "partial", "miss", "contradict"), {
    minLength: points.length,
    maxLength: points.length,
  }),
  at: fc.nat({ max: points.length - 1 }),
  verdict: fc.constantFrom("hit", "partial"),
  words: fc.constantFrom(null, "then another", "words that do not stand there"),
});

describe("A result that an upheld appeal corrects", () => {
  it("is never worse, quotes the answer, and leaves every other point as it was", () => {
    fc.assert(
      fc.property(anyCase, ({ verdicts, at, verdict, words }) => {
        const before = resultWith(verdicts);
        const point = points[at]?.id ?? "";
        const after = correctedResult({ text: ANSWER, result: before }, { point, words, verdict }, question);
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        for (const [index, now] of after.points.entries()) {
          if (index !== at) expect(now).toEqual(before.points[index]);
          expect(now.evidence.length > 0).toBe(now.verdict !== "miss");
          for (const { start, end, quote } of now.evidence) expect(ANSWER.slice(start, end)).toBe(quote);
        }
        const again = correctedResult({ text: ANSWER, result: after }, { point, words, verdict }, question);
        expect(again).toEqual(after);
      }),
      { numRuns: 300 },
    );
  });

  it("quotes the words that the member pointed at", () => {
    const before = resultWith(points.map(() => "miss"));
    const point = points[0]?.id ?? "";
    const claim = { point, words: "then another", verdict: "hit" } as const;
    const after = correctedResult({ text: ANSWER, result: before }, claim, question);
    expect(after.points[0]).toMatchObject({
      verdict: "hit",
      reason: "appeal",
      evidence: [{ quote: "then another", start: ANSWER.indexOf("then another") }],
    });
  });
});
