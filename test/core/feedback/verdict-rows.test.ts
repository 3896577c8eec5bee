import { describe, expect, it } from "vitest";
import { verdictRows } from "#core/feedback/verdict-rows";
import type { Question } from "#core/pack/question";
import type { GradeResult, Verdict } from "#core/scoring/grader";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const library = loadLibrary(SHIPPED_CONTENT);
const [first] = library.questions;
if (first === undefined) throw new Error("no question");
const believed: Question = {
  ...first,
  points: first.points.map((point) => ({
    ...point,
    misconceptions: [
      {
        belief: { zh: "学了新的，旧的就更牢。", en: "New tasks make old ones stick." },
        truth: { zh: "旧的会被覆盖。", en: "They overwrite them." },
      },
    ],
  })),
};
const judged = (verdict: Verdict): GradeResult => ({
  score: 0,
  grader: { id: "local", version: "1", rubricHash: "1" },
  flags: [],
  points: believed.points.map(({ id }) => ({ id, verdict, confidence: 1, evidence: [], reason: "core" })),
});
const notes = (verdict: Verdict, disclosure: "hints" | "everything", locale: "zh" | "en"): string[] =>
  verdictRows(believed, judged(verdict), disclosure, locale, library).map(({ note }) => note ?? "");

describe("A point that an answer contradicts", () => {
  it("says once the round has closed what is often believed, and what is right", () => {
    expect(notes("contradict", "everything", "en")[0]).toContain(
      "A common belief: New tasks make old ones stick. In fact: They overwrite them.",
    );
    expect(notes("contradict", "everything", "zh")[0]).toContain(
      "常见误解：学了新的，旧的就更牢。其实：旧的会被覆盖。",
    );
  });

  it("gives none of it away while the round is open, nor to those who did not say the reverse", () => {
    const open = notes("contradict", "hints", "en");
    const others = (["hit", "partial", "miss"] as const).flatMap((verdict) =>
      notes(verdict, "everything", "en"),
    );
    expect([...open, ...others].filter((note) => note.includes("belief"))).toEqual([]);
  });
});
