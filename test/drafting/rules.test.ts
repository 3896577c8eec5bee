import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { compileRubric } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import { draftFiles } from "#src/drafting/files";
import type { DraftPoint } from "#src/drafting/points";

const glossary = loadGlossary();
const point = (title: string, statement: string, aliases: string[] = []): DraftPoint => ({
  title,
  statement,
  aliases,
  lines: [1, 1],
  weight: 2,
  section: null,
});
const points = [
  point("减小批量大小", "每步少喂几条样本，激活占的显存就少。"),
  point("梯度累积", "攒几步的梯度再更新一次，等效批量不变。"),
  point("混合精度训练", "权重和激活用半精度存，显存差不多减半。"),
];
const graded = (answer: string, drafted: readonly DraftPoint[]): string[] => {
  const { question, rubric } = draftFiles(
    "q",
    "doc",
    { title: "训练时 OOM 怎么解决？", points: drafted },
    glossary,
  );
  return gradeLocally(answer, compileRubric(question, rubric, glossary)).points.map(({ verdict }) => verdict);
};

describe("A drafted question", () => {
  it("is graded in either language before anybody has worked on it", () => {
    expect(graded("把 batch size 调小，再用梯度累积和混合精度", points)).toEqual(["hit", "hit", "hit"]);
    expect(graded("reduce the batch size, use gradient accumulation and mixed precision", points)).toEqual([
      "hit",
      "hit",
      "hit",
    ]);
  });

  it("hears a point in other words and in the other language, and quotes them", () => {
    const { question, rubric } = draftFiles(
      "q",
      "doc",
      {
        title: "微调后的模型为什么会遗忘？",
        points: [
          point("旧知识被覆盖", "新任务的梯度改写了存放旧知识的权重。"),
          point("数据分布不同", "微调语料和预训练语料差得远，模型就偏向新的分布。"),
          point("目标里没有旧任务", "损失函数只算新数据，旧能力变差也不受惩罚。"),
        ],
      },
      glossary,
    );
    const compiled = compileRubric(question, rubric, glossary);
    const answer =
      "Well, let me think. The updates for the new job wipe out whatever those weights used to store.";
    const [first, ...others] = gradeLocally(answer, compiled).points;
    expect(first?.verdict).toBe("hit");
    expect(first?.evidence[0]?.quote).toContain("wipe out whatever those weights");
    expect(others.map(({ verdict }) => verdict)).toEqual(["miss", "miss"]);
    expect(
      gradeLocally("The ferry leaves at nine and the children look forward to the sea.", compiled).score,
    ).toBe(0);
  });

  it("takes the direction from its title's verb: who says the reverse contradicts it", () => {
    expect(graded("把批量大小调大", points)[0]).toBe("contradict");
  });

  it("loses nothing by other names that are added to its points", () => {
    const named = points.map((own, at) => ({
      ...own,
      aliases:
        [
          ["小批量", "fewer samples", "bs 调小"],
          ["累积几步", "ga"],
          ["fp16", "半精度训练", "amp"],
        ][at] ?? [],
    }));
    for (const answer of [
      "把 batch size 调小，再用梯度累积和混合精度",
      "每步少喂几条样本",
      "攒几步的梯度再更新",
    ]) {
      const [before, after] = [graded(answer, points), graded(answer, named)];
      for (const [at, verdict] of before.entries()) if (verdict === "hit") expect(after[at]).toBe("hit");
    }
    expect(graded("bs 调小", named)[0]).toBe("hit");
  });
});
