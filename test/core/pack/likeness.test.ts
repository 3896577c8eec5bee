import { describe, expect, it } from "vitest";
import { type Asked, askedOf, likenessIndex } from "#core/pack/likeness";
import { loadGlossary, loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const library = loadLibrary(SHIPPED_CONTENT);
const index = likenessIndex(loadGlossary());
for (const question of library.questions) index.add(question.id, askedOf(question));
const mostAlike = (asked: Asked): string | undefined => index.alike(asked)[0]?.id;
const asked = (title: string, ...points: string[]): Asked => ({ titles: [title], points });

describe("A question that is imported", () => {
  it.each([
    ["灾难性遗忘怎么缓解？", "q1-catastrophic-forgetting"],
    ["What is catastrophic forgetting in fine-tuning and how is it mitigated?", "q1-catastrophic-forgetting"],
    ["微调 7B 模型要多少显存", "q2-vram"],
    ["预训练与 SFT 的区别", "q4-pretrain-vs-sft"],
    ["What is the difference between pretraining and SFT?", "q4-pretrain-vs-sft"],
  ])("%s is offered as one with the question that asks the same", (title, id) => {
    expect(mostAlike(asked(title))).toBe(id);
  });

  it("of another matter is offered as one with none", () => {
    expect(mostAlike(asked("介绍一下 B 树和 B+ 树"))).toBeUndefined();
    expect(
      mostAlike(asked("How does garbage collection work?", "Mark and sweep finds live objects.")),
    ).toBeUndefined();
  });

  it("is told by what its points say where its title says little", () => {
    const points = [
      "经验回放：混入旧任务的样本",
      "弹性权重巩固限制重要参数的变动",
      "只更新一小部分参数，冻结其余",
      "多任务一起训练",
    ];
    expect(mostAlike(asked("模型微调以后忘了以前会的，怎么回事"))).toBeUndefined();
    const [best] = index.alike(asked("模型微调以后忘了以前会的，怎么回事", ...points));
    expect(best?.id).toBe("q1-catastrophic-forgetting");
  });

  it("is most like itself, and two questions are as alike from either side", () => {
    const both = library.questions.slice(0, 2);
    for (const question of both) expect(mostAlike(askedOf(question))).toBe(question.id);
  });
});

/** The closest two of the bank are at 0.57: what RLHF's stages are, and what PPO keeps in memory. */
const COPY = 0.6;

describe("The questions of the bank", () => {
  it("are told apart: none is as like another as a question is like its own copy in other words", () => {
    for (const question of library.questions) {
      const [own, next] = index.alike(askedOf(question));
      expect(own?.id).toBe(question.id);
      expect(next?.share ?? 0, question.id).toBeLessThan(COPY);
    }
  });
});
