import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { overlapShare } from "#core/round/overlap";
import {
  type AnswerToPass,
  answersToCompare,
  bestAttempt,
  defaultThresholds,
  judgePassing,
} from "#core/round/passing";
import type { Attempt } from "#core/round/round";
import { attemptAs, member, resultOf } from "#test/contracts/store-samples";

const english =
  "Turn on gradient checkpointing first: activations are recomputed in the backward pass, so they need not stay in memory.";
const chinese =
  "先开梯度检查点，反向传播时重新计算激活值，用时间换显存；还不够就减小批次并配合梯度累积，保持等效批次不变，学习率也不用改，最后再考虑分片。";

const reasonsOf = (changes: Partial<AnswerToPass>): readonly string[] => {
  const answer = { text: english, result: resultOf(53), question: [], sources: [], others: [], ...changes };
  const { passes, reasons } = judgePassing(answer);
  expect(passes).toBe(reasons.length === 0);
  return reasons;
};

describe("an answer", () => {
  it.each([
    ["an English", english],
    ["a Chinese", chinese],
  ])("earns the day as %s honest try", (_, text) => {
    expect(reasonsOf({ text })).toEqual([]);
  });

  it("earns the day from 30 of 100 on", () => {
    expect([29, 30].map((score) => reasonsOf({ result: resultOf(score) }))).toEqual([["low-score"], []]);
  });

  it("does not earn the day without one key point that is fully there and quoted", () => {
    const { points, ...result } = resultOf(53);
    const partial = points.map((point) => ({ ...point, verdict: "partial" as const }));
    const unquoted = points.map((point) => ({ ...point, evidence: [] }));
    expect(reasonsOf({ result: { ...result, points: partial } })).toEqual(["no-point-hit"]);
    expect(reasonsOf({ result: { ...result, points: unquoted } })).toEqual(["no-point-hit"]);
  });

  it.each([
    ["8 words", "use checkpointing because it frees memory for activations", []],
    ["7 words", "use checkpointing because it frees memory quickly", ["too-little"]],
    ["15 characters", "先开梯度检查点能省下很多显存吧", []],
    ["14 characters", "先开梯度检查点能省下很多显存", ["too-little"]],
    ["4 words and 8 characters", "用 gradient checkpointing 省 activation memory 再减小批次吧", []],
    ["only punctuation", "!!! ??? ...，。；", ["too-little"]],
    ["nothing", "", ["too-little"]],
  ])("of %s is long enough or not, by what it says", (_, text, reasons) => {
    expect(reasonsOf({ text })).toEqual(reasons);
  });

  it("is not made longer by the question's own words, in either language", () => {
    const question = [
      "显存爆了怎么办？你会按什么顺序处理？",
      "What do you do when training runs out of GPU memory?",
    ];
    expect(reasonsOf({ question, text: "显存爆了怎么办，显存爆了我会按什么顺序处理，减小批次" })).toEqual([
      "too-little",
    ]);
    expect(
      reasonsOf({ question, text: "When training runs out of GPU memory what you do is checkpointing" }),
    ).toEqual(["too-little"]);
  });

  it.each([
    ["english", english],
    ["chinese", chinese],
  ])("copied from the model answer or from a neighbour does not earn the day (%s)", (_, text) => {
    const disguised = `${text.toUpperCase().replaceAll(/[，,;；:：]/g, "  ")}!!`;
    expect(reasonsOf({ text: disguised, sources: ["other", text] })).toEqual(["like-source"]);
    expect(reasonsOf({ text: disguised, others: ["other", text] })).toEqual(["like-member"]);
  });

  it("may share single phrases with the model answer", () => {
    const source =
      "With gradient checkpointing activations are recomputed in the backward pass; it costs about a third more time.";
    expect(reasonsOf({ sources: [source] })).toEqual([]);
  });

  it("shorter than 60 characters is not compared: short true sentences resemble each other", () => {
    const text = "gradient checkpointing recomputes activations to save one";
    expect(text.length).toBeLessThan(60);
    expect(reasonsOf({ text: `${text} x`, sources: [`${text} x`], others: [`${text} x`] })).toEqual([]);
    expect(reasonsOf({ text: `${text} xx`, sources: [`${text} xx`] })).toEqual(["like-source"]);
  });

  it("lists every reason against it", () => {
    const { points: _, ...result } = resultOf(0);
    expect(reasonsOf({ text: "不知道", result: { ...result, points: [] } })).toEqual([
      "no-point-hit",
      "low-score",
      "too-little",
    ]);
  });

  it("is held to a higher score where an admin asks for it", () => {
    const answer = { text: english, result: resultOf(53), question: [], sources: [], others: [] };
    expect(judgePassing(answer, { ...defaultThresholds, score: 60 }).reasons).toEqual(["low-score"]);
  });

  it("overlaps by a share between nothing and all, and wholly with itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        const share = overlapShare(one, other);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect([0, 1]).toContain(overlapShare(one, one));
      }),
    );
  });
});

const kept = (submission: string, changes: Parameters<typeof attemptAs>[1] = {}): Attempt => {
  const { credit: _, ...attempt } = attemptAs(submission, changes);
  return attempt;
};

describe("the answers of others that one is compared with", () => {
  it("are all but one's own", () => {
    const round = [kept("1", { text: english }), kept("2", { as: "jun", text: chinese })];
    expect(answersToCompare(round, member)).toEqual([chinese]);
    expect(answersToCompare(round, memberIdSchema.parse("jun"))).toEqual([english]);
  });

  it("leave out a copy of what one had sent before, so that a copyist cannot cost the author the day", () => {
    const round = [
      kept("1", { text: english, sentAt: 10 }),
      kept("2", { as: "jun", text: `${english} Yes.`, sentAt: 20 }),
    ];
    expect(answersToCompare(round, member)).toEqual([]);
    expect(answersToCompare(round, memberIdSchema.parse("jun"))).toEqual([english]);
  });

  it("keep the author's answer although the copyist had sent something else before", () => {
    const round = [
      kept("0", { as: "jun", text: chinese, sentAt: 5 }),
      kept("1", { text: english, sentAt: 10 }),
    ];
    expect(answersToCompare(round, memberIdSchema.parse("jun"))).toEqual([english]);
  });
});

describe("the attempt that counts", () => {
  it("is the one with the highest score, of equal ones the first, and an ungraded one only alone", () => {
    const [low, high, later, ungraded] = [
      kept("low", { result: resultOf(0), sentAt: 1 }),
      kept("high", { result: resultOf(70), sentAt: 2 }),
      kept("later", { result: resultOf(70), sentAt: 3 }),
      kept("ungraded", { result: null, sentAt: 0 }),
    ];
    const best = (...attempts: Attempt[]): string | undefined => bestAttempt(attempts)?.submission;
    expect(best(later, low, ungraded, high)).toBe("high");
    expect(best(ungraded, low)).toBe("low");
    expect(best(ungraded)).toBe("ungraded");
    expect(bestAttempt([])).toBeNull();
  });
});
