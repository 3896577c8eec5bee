import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { compileRubric } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";

const ENTRIES = [
  "Gradient clipping caps the norm of the gradient and stops loss spikes",
  "Warm-up raises the learning rate slowly from zero",
  "BF16 keeps the range of FP32 and needs no loss scaling",
  "Skipping the bad batches after a rollback avoids the same spike",
  "Checkpoints are written often so that little work is lost",
  "Deterministic data order makes a run repeatable",
  "Monitoring the gradient norm shows trouble early",
  "Layer normalisation before attention stabilises deep models",
  "A smaller peak learning rate helps when spikes return",
  "Weight decay keeps the weights small",
  "Longer sequences need more activation memory",
  "Filtering duplicates keeps the model from memorising text",
];

const rubric = await (async () => {
  const text = `## How do you keep a long training run stable?\n\n${ENTRIES.map((entry) => `- ${entry}`).join("\n")}\n`;
  const { draft } = await importDocument("stable.md", Buffer.from(text));
  const [question] = draft.questions;
  if (question === undefined) throw new Error("the document gives no question");
  const files = draftFiles("drafted-stable", "drafted", question, loadGlossary());
  return { rubric: compileRubric(files.question, files.rubric, loadGlossary()), points: question.points };
})();

/** The first point that was joined out of two entries, and those. */
function joined(): { at: number; parts: readonly string[] } {
  const at = rubric.points.findIndex(({ parts = [] }) => parts.length === 2);
  return { at, parts: rubric.points[at]?.parts ?? [] };
}

describe("A point that was joined out of two entries", () => {
  const { at, parts } = joined();
  const [one = "", other = ""] = parts;
  const verdictOf = (answer: string) => gradeLocally(answer, rubric.rubric).points[at];

  it("is there at all, where a list is longer than a question may be", () => {
    expect(at).toBeGreaterThanOrEqual(0);
  });

  it("is said by whoever says both", () => {
    expect(verdictOf(`${one}. ${other}.`)?.verdict).toBe("hit");
  });

  it.each([one, other])("is half said by whoever says %s", (said) => {
    const point = verdictOf(`${said}.`);
    expect(point?.verdict).toBe("partial");
    expect(point?.reason).toBe("one-side");
  });
});
