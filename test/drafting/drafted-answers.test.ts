import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import {
  type Cell,
  coveredF1,
  draftedRubrics,
  gradeDrafted,
  readReview,
  readUnrelated,
} from "#test/drafting/drafted";

const REVIEWED = ["fine-tuning", "rag", "kalyan-2", "parallel", "kalyan"];
const SETS = [...REVIEWED, "serving", "pretraining", "retrieval", "stability"];
/** Nothing was learnt from these, and no rule was changed by them. */
const UNSEEN = ["daily-training", "embeddings-digest"];
/** Nor from these, of whose answers a quarter says the opposite or exchanges two sides. */
const REVERSED = ["trainserve-zh", "shipping-en"];

const drafted = await Promise.all(SETS.map((name) => gradeDrafted(name)));
const reviewed = await Promise.all(REVIEWED.map((name) => gradeDrafted(name, readReview(name))));

const inWords = (sets: readonly (readonly Cell[])[], names: readonly string[] = SETS): string =>
  sets
    .map((cells, at) => {
      const name = names[at];
      const { precision, recall, f1 } = coveredF1(cells);
      return `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
    })
    .join("; ");

describe("Five hundred and fifty answers to questions of imported documents", () => {
  it("are graded by the drafts as they are", () => {
    expect(coveredF1(drafted.flat()).f1, inWords(drafted)).toBeGreaterThanOrEqual(0.765);
  });

  it("are graded by the drafts as they are, also in the four sets that came last", () => {
    expect(coveredF1(drafted.slice(REVIEWED.length).flat()).f1, inWords(drafted)).toBeGreaterThanOrEqual(
      0.735,
    );
  });

  it("are graded nearly as well where nothing was learnt from their like", async () => {
    const unseen = await Promise.all(UNSEEN.map((name) => gradeDrafted(name)));
    expect(coveredF1(unseen.flat()).f1, inWords(unseen, UNSEEN)).toBeGreaterThanOrEqual(0.72);
  });

  it("are graded better once an editor has named the points in other words", () => {
    const { f1 } = coveredF1(reviewed.flat());
    expect(f1, inWords(reviewed)).toBeGreaterThanOrEqual(0.79);
    expect(coveredF1(reviewed.slice(3).flat()).f1, inWords(reviewed)).toBeGreaterThanOrEqual(0.75);
    expect(f1, inWords(reviewed)).toBeGreaterThan(coveredF1(drafted.slice(0, REVIEWED.length).flat()).f1);
  });
});

const isCredited = ({ got }: Cell): boolean => got === "hit" || got === "partial";

describe("Answers that say the opposite of a document, or exchange its two sides", () => {
  const isReversed = ({ expected }: Cell): boolean => expected === "contradict";
  const isSaid = ({ expected }: Cell): boolean => expected === "hit";

  it("are told apart more often than not where they are called wrong, and seldom where they are right", async () => {
    const unseen = (await Promise.all([...UNSEEN, ...REVERSED].map((name) => gradeDrafted(name)))).flat();
    const called = unseen.filter(({ got }) => got === "contradict");
    const right = called.filter(isReversed).length;
    const figures = `${right} of ${called.length} called so, ${unseen.filter(isReversed).length} in all`;
    expect(right / called.length, figures).toBeGreaterThanOrEqual(0.62);
    expect(right / unseen.filter(isReversed).length, figures).toBeGreaterThanOrEqual(0.28);
    const wronged = called.filter(isSaid).length / unseen.filter(isSaid).length;
    expect(wronged, figures).toBeLessThanOrEqual(0.05);
  });

  it("earn far less than right answers do", async () => {
    const cells = (await Promise.all(REVERSED.map((name) => gradeDrafted(name)))).flat();
    const share = (some: readonly Cell[]): number => some.filter(isCredited).length / some.length;
    const [reversed, said] = [share(cells.filter(isReversed)), share(cells.filter(isSaid))];
    expect(reversed, `${reversed} against ${said}`).toBeLessThanOrEqual(said - 0.1);
    expect(coveredF1(cells).f1).toBeGreaterThanOrEqual(0.65);
  });
});

describe("Thirty answers on other topics", () => {
  it("earn next to nothing on drafted questions, however fluent they are", async () => {
    const rubrics = (await Promise.all(SETS.map(draftedRubrics))).flat();
    const scores = rubrics.flatMap((rubric) =>
      readUnrelated().map(({ id, text }) => ({
        id: `${id} on ${rubric.questionId}`,
        score: gradeLocally(text, rubric).score,
      })),
    );
    const high = scores.filter(({ score }) => score > 15);
    expect(high.length, high.map(({ id, score }) => `${id}: ${score}`).join("; ")).toBeLessThanOrEqual(
      scores.length / 100,
    );
    expect(scores.reduce((sum, { score }) => sum + score, 0) / scores.length).toBeLessThan(1);
  });

  it("earn nothing as lists of terms", async () => {
    const rubrics = (await Promise.all(SETS.map(draftedRubrics))).flat();
    for (const { id, text } of readUnrelated().filter((answer) => answer.id.startsWith("keywords")))
      for (const rubric of rubrics)
        expect(gradeLocally(text, rubric).score, `${id} on ${rubric.questionId}`).toBe(0);
  });
});
