import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { compare, polesIn } from "#core/scoring/poles";
import { compileRubric } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";

const DOCUMENT = `## 1. 为什么大批量训练需要预热？

- 刚开始时梯度又大又不稳定，步子太大容易发散
- 预热期间学习率从很小慢慢升到目标值
- 批量越大，预热需要的步数越多
- 优化器的二阶矩在开头几步估计得不准
- 预热结束之后再按余弦慢慢降下去
`;

const glossary = loadGlossary();
const rubric = await (async () => {
  const { draft } = await importDocument("预热.md", Buffer.from(DOCUMENT));
  const [question] = draft.questions;
  if (question === undefined) throw new Error("the document gives no question");
  const files = draftFiles("drafted-warm-up", "drafted", question, glossary);
  return compileRubric(files.question, files.rubric, glossary);
})();

const scoreOf = (answer: string): number => gradeLocally(answer, rubric).score;

describe("An answer to a drafted question", () => {
  it("earns its points in words of its own, also where it denies something", () => {
    const right =
      "刚开始梯度很大、也不稳定，步子一大就发散，所以预热时学习率从小慢慢升上去。批量越大，预热的步数要越多。";
    expect(scoreOf(right)).toBeGreaterThanOrEqual(40);
  });

  it("earns far less where it says the reverse in the same words", () => {
    const wrong =
      "刚开始梯度很小也很稳定，所以根本不用预热，学习率一上来就开到最大，完全没关系。批量越大，预热需要的步数越少，随便设就行。";
    expect(scoreOf(wrong)).toBeLessThanOrEqual(20);
    const verdicts = gradeLocally(wrong, rubric).points.map(({ verdict }) => verdict);
    expect(verdicts).toContain("contradict");
  });

  it("is quoted where it says the reverse, with the reason", () => {
    const { points } = gradeLocally("完全不用预热，学习率一上来就开到最大，没关系。", rubric);
    const turned = points.filter(({ verdict }) => verdict === "contradict");
    expect(turned.length).toBeGreaterThan(0);
    for (const point of turned) {
      expect(point.evidence.length).toBeGreaterThan(0);
      expect(["wrong-direction", "negated"]).toContain(point.reason);
    }
  });
});

describe("Pairs of opposites", () => {
  it("tell two texts apart that take different sides, in one language or in two", () => {
    expect(compare(polesIn("the cost goes up"), polesIn("the cost goes down")).apart).toBeGreaterThan(0);
    expect(compare(polesIn("越快越好"), polesIn("it gets slower")).apart).toBeGreaterThan(0);
    expect(compare(polesIn("always keep the optimizer state"), polesIn("保留优化器状态"))).toEqual({
      apart: 0,
      alike: expect.any(Number),
    });
  });

  it("say nothing of a text that speaks of both sides", () => {
    expect(compare(polesIn("from large to small"), polesIn("large"))).toEqual({ apart: 0, alike: 0 });
  });
});
