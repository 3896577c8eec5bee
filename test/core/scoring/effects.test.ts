import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { rubricOf } from "./rubrics.ts";

const OOM = "q5-oom";
const VRAM = "q2-vram";
const FORGETTING = "q1-catastrophic-forgetting";
const SFT = "q3-sft-learns";

/** The verdict of the rules alone: what a trained reader adds is no matter of effects. */
const on = (question: string, point: string, answer: string): string | undefined =>
  gradeLocally(answer, { ...rubricOf(question), reader: undefined }).points.find(({ id }) => id === point)
    ?.verdict;

const cases = (question: string, point: string, answers: readonly string[]) =>
  answers.map((answer) => [answer, question, point] as const);

describe("A remedy of which an answer says that it does harm is contradicted", () => {
  it.each([
    ...cases(OOM, "oom-lean-model", [
      "LoRA makes it worse",
      "Gradient checkpointing uses more memory",
      "开梯度检查点，反而火上浇油",
      "梯度检查点反而增加显存",
      "LoRA uses more memory than full fine-tuning",
    ]),
    ...cases(OOM, "oom-batch", ["减小 batch，显存反而更高", "Halve the batch, which uses more memory"]),
    ...cases(FORGETTING, "cf-replay", ["混入旧数据，忘得更多", "Replaying old data makes it forget more"]),
    ...cases(OOM, "oom-precision", ["Use bf16, memory as such will then increase"]),
    ...cases(FORGETTING, "cf-replay", ["用回放，会更多地忘记"]),
    ...cases(FORGETTING, "cf-regularise", ["EWC makes forgetting worse"]),
    ...cases(FORGETTING, "cf-partial-update", ["冻结大部分层反而忘得更厉害"]),
    ...cases(FORGETTING, "cf-expand", ["加新层适得其反"]),
  ])("%s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("contradict");
  });

  it.each([
    ...cases(OOM, "oom-lean-model", [
      "Gradient checkpointing does not make it worse",
      "开梯度检查点不会增加显存",
    ]),
    ...cases(FORGETTING, "cf-replay", [
      "Replaying old data does not make it forget more",
      "混入旧数据，不会忘得更多",
    ]),
  ])("but not where the harm is denied: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });

  it("and a denied benefit is harm enough", () => {
    expect(on(FORGETTING, "cf-replay", "混入旧数据，忘得更少")).toBe("hit");
    expect(on(FORGETTING, "cf-replay", "混入旧数据，不会忘得更少")).toBe("contradict");
  });

  it.each([
    ...cases(OOM, "oom-batch", ["显存更高了，减小 batch", "We run out of memory, so halve the batch"]),
    ...cases(FORGETTING, "cf-replay", [
      "模型忘得更多，所以混入旧数据",
      "The model forgets more, so mix in old data",
    ]),
  ])("but not by what stands before it, which it is to mend: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });
});

describe("A remedy of which an answer says that it does nothing is contradicted", () => {
  it.each([
    ...cases(OOM, "oom-precision", [
      "Mixed precision makes no difference to memory",
      "用 bf16，显存没影响",
      "Use bf16. This makes no difference.",
    ]),
    ...cases(OOM, "oom-lean-model", ["LoRA is useless here", "LoRA 没用"]),
    ...cases(OOM, "oom-batch", ["Halve the batch. It makes no difference."]),
    ...cases(VRAM, "vram-multigpu", ["多卡并行对显存没影响"]),
    ...cases(VRAM, "vram-batch", ["Batch size has no bearing on memory"]),
    ...cases(FORGETTING, "cf-partial-update", ["Freezing layers makes no difference to forgetting"]),
    ...cases(FORGETTING, "cf-regularise", ["Use EWC. It is useless.", "EWC 没什么用"]),
    ...cases(SFT, "sft-patterns", ["SFT learns to follow instructions. It makes no difference."]),
  ])("%s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("contradict");
  });

  it.each(
    cases(OOM, "oom-precision", [
      "Mixed precision does not affect accuracy",
      "Use bf16, the accuracy is unchanged",
      "Use bf16, it changes nothing about the quality",
      "用 bf16，准确率没影响",
      "用 bf16，效果没有影响",
    ]),
  )("but praised where it is quality that stays the same: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });

  it.each(
    cases(OOM, "oom-accum", [
      "梯度累积，等效 batch 不变",
      "Use gradient accumulation, it leaves the effective batch unchanged",
      "用梯度累积，显存没影响",
      "用梯度累积，没有区别",
      "Use gradient accumulation, memory is unchanged",
    ]),
  )("but praised where to change nothing else is its merit: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });

  it.each(
    cases(OOM, "oom-accum", [
      "Use gradient accumulation, it uses more memory",
      "Use gradient accumulation, it makes it worse",
    ]),
  )("and harm speaks even against such a remedy: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("contradict");
  });

  it("by the words with which the question denies, too", () => {
    expect(on(SFT, "sft-patterns", "SFT makes the model unlearn how to follow instructions")).toBe(
      "contradict",
    );
    expect(on(SFT, "sft-format", "SFT 会让输出格式变差")).toBe("contradict");
    expect(on(SFT, "sft-reuse", "SFT 激活已有知识，让它变差")).toBe("contradict");
  });
});

describe("A factor is contradicted where its direction and its effect do not go together", () => {
  it.each([
    ...cases(VRAM, "vram-batch", [
      "A bigger batch needs less memory",
      "A smaller batch needs more memory",
      "batch 越大显存越少",
    ]),
    ...cases(VRAM, "vram-seqlen", ["序列越长显存越少", "Longer sequences use less memory"]),
    ...cases(VRAM, "vram-model-size", ["Bigger models need less memory", "模型越大占的显存越少"]),
  ])("%s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("contradict");
  });

  it.each([
    ...cases(VRAM, "vram-batch", [
      "A bigger batch needs more memory",
      "A smaller batch needs less memory",
      "batch 越小显存越少",
    ]),
    ...cases(VRAM, "vram-seqlen", ["序列越短越省显存", "Longer sequences use more memory"]),
    ...cases(VRAM, "vram-model-size", ["模型越大占的显存越多"]),
  ])("and hit where they do: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });
});

describe("What is only compared with a remedy is not said of it", () => {
  it.each([
    ...cases(VRAM, "vram-peft", ["Full fine-tuning uses more memory than LoRA"]),
    ...cases(OOM, "oom-lean-model", [
      "Full fine-tuning uses more memory than LoRA",
      "Compared to LoRA, full fine-tuning takes more memory",
    ]),
    ...cases(OOM, "oom-precision", ["比起混合精度，fp32 更占显存"]),
  ])("%s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("hit");
  });

  it("while the remedy itself may fall short of what it is compared with", () => {
    expect(on(VRAM, "vram-peft", "LoRA uses more memory than full fine-tuning")).toBe("contradict");
    expect(on(VRAM, "vram-peft", "Full fine-tuning uses less memory than LoRA")).toBe("contradict");
  });
});

describe("What a later clause says goes back to the remedy", () => {
  it.each([
    ...cases(OOM, "oom-precision", ["Use bf16. It makes it worse.", "用 bf16。它反而更占显存。"]),
    ...cases(FORGETTING, "cf-partial-update", ["用 LoRA 或冻结大部分层，两者都没用"]),
    ...cases(FORGETTING, "cf-replay", ["use replay, or EWC, all of them make it worse"]),
    ...cases(FORGETTING, "cf-regularise", ["use replay, or EWC, all of them make it worse"]),
  ])("where it opens with a word that points there: %s", (answer, question, point) => {
    expect(on(question, point, answer)).toBe("contradict");
  });

  it("for each item of a list", () => {
    for (const point of ["cf-partial-update", "cf-regularise", "cf-replay"]) {
      expect(on(FORGETTING, point, "用 LoRA、EWC、回放，都没用"), point).toBe("contradict");
    }
    expect(
      on(OOM, "oom-lean-model", "LoRA, gradient checkpointing and FlashAttention all use more memory"),
    ).toBe("contradict");
  });

  it.each([
    ...cases(OOM, "oom-precision", [
      "Use bf16, otherwise it uses more memory",
      "Use bf16. The rest makes it worse.",
      "用 bf16，否则更占显存",
    ]),
    ...cases(OOM, "oom-lean-model", ["开梯度检查点，不然显存更高"]),
    ...cases(FORGETTING, "cf-replay", [
      "Use replay. Otherwise it forgets more.",
      "Use replay. Without it the model forgets more.",
      "用回放，如果不用会忘得更多",
      "用回放。这样会忘得更多吗？",
      "用回放，不对，会忘得更多",
    ]),
    ...cases(FORGETTING, "cf-regularise", ["Use EWC, freeze layers, it makes forgetting worse"]),
  ])(
    "but not where it is about something else, asks, or says what happens otherwise: %s",
    (answer, question, point) => {
      expect(on(question, point, answer)).toBe("hit");
    },
  );

  it("no further than two clauses", () => {
    expect(on(FORGETTING, "cf-replay", "用回放，很好懂，会忘得更多")).toBe("contradict");
    expect(on(FORGETTING, "cf-replay", "用回放，很好懂，很好写，会忘得更多")).toBe("hit");
  });

  it("no further than the next sentence", () => {
    expect(on(FORGETTING, "cf-replay", "用回放。它会忘得更多。")).toBe("contradict");
    expect(on(FORGETTING, "cf-replay", "用回放。很好懂。它会忘得更多。")).toBe("hit");
    expect(on(FORGETTING, "cf-replay", "用回放。它很好懂。它会忘得更多。")).toBe("hit");
  });
});

describe("Words that turn a remedy down or spare it", () => {
  it.each([
    ["No need to use mixed precision", "miss"],
    ["不用混合精度", "miss"],
    ["Mixed precision is unnecessary", "contradict"],
    ["混合精度不用", "contradict"],
    ["混合精度就不用了", "contradict"],
    ["用了混合精度就不用换卡", "hit"],
  ])("before it drop it, after it deny it, and 就不用 is said of what follows: %s", (answer, verdict) => {
    expect(on(OOM, "oom-precision", answer)).toBe(verdict);
  });

  it("leave nothing of what is spared", () => {
    expect(on(OOM, "oom-hardware", "用了混合精度就不用换卡")).toBe("miss");
    expect(on(OOM, "oom-hardware", "换卡就不用了")).toBe("contradict");
  });

  it.each([
    ["混合精度用不用都行", "hit"],
    ["有没有开混合精度都行", "hit"],
    ["要不要开混合精度", "partial"],
  ])("are no denial where both sides of a choice are named: %s", (answer, verdict) => {
    expect(on(OOM, "oom-precision", answer)).toBe(verdict);
  });
});
