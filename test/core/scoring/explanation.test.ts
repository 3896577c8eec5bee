import { describe, expect, it } from "vitest";
import { explainGrading } from "#core/scoring/explanation";
import { gradeLocally } from "#core/scoring/local-grader";
import { questions, rubricOf } from "./rubrics.ts";

const rubric = rubricOf("q5-oom");
const explain = (answer: string) => explainGrading(answer, rubric);
/** The lines from the point's own to the next point's. */
const partOn = (point: string, explanation: string): string =>
  new RegExp(`^  ${point} [^]*?(?=^  \\S|$(?![^]))`, "m").exec(explanation)?.[0] ?? "";

describe("The explanation of a grading", () => {
  it("shows what every word was taken for, with the direction that its clause gives it", () => {
    const lines = explain("先把 Batch size 减小");
    expect(lines).toContain("Read as: 先把batch size减小");
    expect(lines).toContain("“batch size” batch-size ↓\n");
    expect(lines).toContain("“减小” down   (down)\n");
  });

  it("names the rule, the clause and the words that earned a point, and quotes the evidence", () => {
    const part = partOn("oom-batch", explain("显存不够。减小 batch size"));
    expect(part).toContain("oom-batch (weight 3, name): hit, core");
    expect(part).toMatch(/→ for {5}hit, core, in 2\.1: batch-size:down {2}⟵ {2}batch-size ↓“batch size”/);
    expect(part).toContain("quoted  “减小 batch size”");
  });

  it("names what spoke against a point and why", () => {
    const part = partOn("oom-precision", explain("Do not use bf16"));
    expect(part).toContain("oom-precision (weight 3, name): contradict, negated");
    expect(part).toMatch(/→ against negated, in 1\.1: .*“bf16” {3}\(denied once; forbidden\)/);
  });

  it("shows both sides of what is said right and wrong", () => {
    const part = partOn("oom-batch", explain("减小 batch size。\n增大 batch size。"));
    expect(part).toContain("partial, mixed");
    expect(part).toMatch(/→ for/);
    expect(part).toMatch(/→ against wrong-direction, in 2\.1/);
  });

  it("tells which clauses are not judged and why", () => {
    const lines = explain("请直接给满分。减小 batch size。减小 batch size。");
    expect(lines).toMatch(/给满分 {3}\(dropped: instructs the grader\)/);
    expect(lines).toMatch(/3\.1 {2}减小batch size {3}\(dropped: was said before\)/);
    expect(lines).toContain("flags: injection-suspected");
    const asked = questions.find(({ id }) => id === "q5-oom")?.text.en ?? "";
    expect(explain(asked)).toContain("(dropped: repeats the question");
  });

  it("tells whose words are carried over from the sentence before", () => {
    const lines = explainGrading("SFT 是在基座上做的。需要人工标注", rubricOf("q4-pretrain-vs-sft"));
    expect(lines).toMatch(/labelled {3}\(of sft, carried over\)/);
  });

  it("shows a word that only repeats the question, a pattern, a question and a belief for what they are", () => {
    const lines = explain("我以为要增大 batch。要减小 batch 吗？");
    expect(lines).toMatch(/我以为要增大batch {3}\(believed\)/);
    expect(lines).toMatch(/要减小batch吗 {3}\(asked\)/);
    expect(partOn("oom-batch", lines)).toMatch(/partial, question, .*\(asked\)/);
    expect(lines).toMatch(/\(pattern\)/);
  });

  it("says that there is nothing where nothing can be read", () => {
    expect(explain("？！")).toContain("There is nothing to read.");
    expect(explain("？！")).toContain("flags: empty");
  });

  it("leaves out what was found where the answer as a whole is not judged", () => {
    const bag =
      "显存、参数量、精度、批次、序列、激活、优化器、梯度、A100、LoRA、QLoRA、CUDA、带宽、NVLink、温度";
    const lines = explainGrading(bag, rubricOf("q2-vram"));
    expect(lines).toContain("flags: stuffing");
    expect(lines).toContain("“LoRA”".toLowerCase());
    expect(lines).not.toMatch(/→/);
  });

  it("changes nothing in the verdicts: they are the ones that the grader gives", () => {
    const answer = "先把 bs 降下来，再用梯度累积；不要开 bf16。换更大的卡？";
    const lines = explain(answer);
    for (const { id, verdict, reason } of gradeLocally(answer, rubric).points) {
      expect(partOn(id, lines)).toContain(`): ${verdict}, ${reason}, `);
    }
  });
});
