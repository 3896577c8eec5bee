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
