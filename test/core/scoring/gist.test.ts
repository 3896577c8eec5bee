import { describe, expect, it } from "vitest";
import { questionSchema } from "#core/pack/question";
import { inOneLanguage } from "#core/pack/untranslated";
import { compileGlossary } from "#core/scoring/glossary";
import { gradeLocally } from "#core/scoring/local-grader";
import { compileRubric, rubricFileSchema } from "#core/scoring/rubric";

const text = inOneLanguage("x");
const question = questionSchema.parse({
  schema: 1,
  id: "q-gist",
  status: "draft",
  topic: "imported",
  difficulty: 2,
  text: inOneLanguage("How large should a chunk be?"),
  points: ["large", "measure"].map((name) => ({
    id: `q-gist-${name}`,
    title: text,
    statement: text,
    weight: 2,
    hint: text,
    source: { document: "d", heading: "1" },
  })),
  modelAnswer: text,
  hints: [text, text],
  followUps: [text, text],
});
const examples = { hit: ["one", "two"] };
const rubric = compileRubric(
  question,
  rubricFileSchema.parse({
    schema: 1,
    id: "q-gist",
    asks: "explain",
    topics: ["retrieval"],
    gist: {
      partial: 40,
      hit: 80,
      relevant: 20,
      sure: 20,
      signs: [
        { weight: 100, en: ["chunk~"], zh: ["块"] },
        { weight: 100, en: ["blur~", "vague"], zh: ["模糊"] },
        { weight: 100, en: ["embedding", "vector"], zh: ["向量"] },
        { weight: 100, en: ["recall"], zh: ["召回", "召回率"] },
        { weight: 100, en: ["labelled"], zh: ["标注"] },
        { weight: 0, en: ["sharp~"], zh: ["清晰"] },
      ],
    },
    points: [
      {
        id: "q-gist-large",
        enough: "relation",
        signs: [
          [0, 30],
          [1, 60],
          [2, 40],
        ],
        contrary: [[1, 5]],
        examples,
      },
      {
        id: "q-gist-measure",
        enough: "relation",
        signs: [
          [3, 60],
          [4, 50],
        ],
        examples,
      },
    ],
  }),
  compileGlossary([]),
);
const verdicts = (answer: string): string[] =>
  gradeLocally(answer, rubric).points.map(({ verdict }) => verdict);

describe("A rubric that knows its points by signs", () => {
  it("takes enough of them in one thought for the point, in either language", () => {
    expect(verdicts("The vector of such a piece is blurred")).toEqual(["hit", "miss"]);
    expect(verdicts("这样的块，向量就模糊了")).toEqual(["hit", "miss"]);
    expect(verdicts("用标注好的问题看召回率")).toEqual(["miss", "hit"]);
  });

  it("takes a few of them for half of it", () => {
    expect(verdicts("look at recall")).toEqual(["miss", "partial"]);
  });

  it("does not add up what is said far apart", () => {
    expect(verdicts("Recall matters to me. That is one thing. Here is another. We labelled them.")[1]).toBe(
      "partial",
    );
  });

  it("holds the opposite of what a point says against it", () => {
    expect(verdicts("A chunk that large has a sharp embedding")[0]).toBe("contradict");
  });

  it("leaves alone what speaks of something else for the most part", () => {
    const stray =
      "The train to the coast leaves at nine and the children are looking forward to the sea very much";
    const result = gradeLocally(`${stray}, as far as I recall`, rubric);
    expect(result.score).toBe(0);
    expect(result.flags).toContain("off-topic");
  });

  it.each([
    "chunk, vector, recall, labelled, blurred, embedding, tokens",
    "chunk vector recall labelled blurred embedding tokens",
    "chunk vector recall labelled blurred embedding tokens overlap and window",
  ])("gives nothing for a mere list of the right words: %s", (answer) => {
    const result = gradeLocally(answer, rubric);
    expect(result.score).toBe(0);
    expect(result.flags).toContain("stuffing");
  });
});
