import { readFileSync } from "node:fs";
import { gradeLocally } from "#core/scoring/local-grader";
import { type LabelledAnswer, parseLabelled } from "#test/core/scoring/report";
import { questions, rubricOf } from "#test/core/scoring/rubrics";
import { type Embed, withEmbeddings } from "./embeddings.ts";
import type { Figure } from "./figure.ts";

/** How sure a grader is of each key point of an answer, in the question's order, and how long that took. */
interface Marked {
  readonly answer: LabelledAnswer;
  readonly strengths: readonly number[];
  readonly milliseconds: number;
}

const pointsOf = (answer: LabelledAnswer) => questions.find(({ id }) => id === answer.question)?.points ?? [];

const isCovered = (verdict: string | undefined) => verdict === "hit" || verdict === "partial";

/** F1 of "hit or partial" over all points of all answers, where `least` is what counts as covered. */
function coveredF1(marked: readonly Marked[], least: number): number {
  let right = 0;
  let claimed = 0;
  let wanted = 0;
  for (const { answer, strengths } of marked) {
    for (const [at, { id }] of pointsOf(answer).entries()) {
      const says = (strengths[at] ?? 0) >= least;
      const is = isCovered(answer.points[id]);
      right += says && is ? 1 : 0;
      claimed += says ? 1 : 0;
      wanted += is ? 1 : 0;
    }
  }
  return claimed + wanted === 0 ? 0 : (2 * right) / (claimed + wanted);
}

/** The best that a peer can do here: its threshold is chosen on the very answers that it is measured on. */
const bestF1 = (marked: readonly Marked[]): number =>
  Math.max(...marked.flatMap(({ strengths }) => strengths).map((least) => coveredF1(marked, least)));

const meanTime = (marked: readonly Marked[]): number =>
  marked.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / marked.length;

async function mark(
  answers: readonly LabelledAnswer[],
  strengthsOf: (answer: LabelledAnswer) => readonly number[] | Promise<readonly number[]>,
): Promise<Marked[]> {
  const marked: Marked[] = [];
  for (const answer of answers) {
    const start = performance.now();
    const strengths = await strengthsOf(answer);
    marked.push({ answer, strengths, milliseconds: performance.now() - start });
  }
  return marked;
}

const byRules = (answer: LabelledAnswer): number[] =>
  gradeLocally(answer.text, rubricOf(answer.question)).points.map(({ verdict }) =>
    isCovered(verdict) ? 1 : 0,
  );

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 5);

/** The share of a point's own words that the answer holds. */
const byKeywords = (answer: LabelledAnswer): number[] => {
  const text = answer.text.toLowerCase();
  return pointsOf(answer).map(({ statement, title }) => {
    const words = wordsOf(`${title.en} ${statement.en}`);
    return words.filter((word) => text.includes(word)).length / Math.max(1, words.length);
  });
};

const cosine = (one: readonly number[], other: readonly number[]): number => {
  const dot = (left: readonly number[], right: readonly number[]) =>
    left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
};

/** The nearest of the answer's sentences to the point's statement. */
async function byEmbeddings(embed: Embed): Promise<(answer: LabelledAnswer) => Promise<number[]>> {
  const statements = new Map<string, readonly (readonly number[])[]>();
  for (const { id, points } of questions) {
    statements.set(id, await embed(points.map(({ statement }) => statement.en)));
  }
  return async (answer) => {
    const sentences = answer.text.split(/(?<=[.!?;])\s+|\n+/).filter((sentence) => sentence.trim() !== "");
    const said = await embed(sentences);
    return (statements.get(answer.question) ?? []).map((statement) =>
      Math.max(0, ...said.map((sentence) => cosine(statement, sentence))),
    );
  };
}

/** Our grader on the English labelled answers, beside a keyword search and a sentence-embedding model in the same run. */
export async function benchGradingPeers(): Promise<Figure[]> {
  const answers = parseLabelled(
    readFileSync(new URL("../fixtures/answers/graded.jsonl", import.meta.url), "utf8"),
  ).filter(({ lang }) => lang === "en");
  await mark(answers, byRules);
  const rules = await mark(answers, byRules);
  const keywords = await mark(answers, byKeywords);
  const embedded = await withEmbeddings(async (embed) => {
    const strengths = await byEmbeddings(embed);
    return mark(answers, strengths);
  });
  const ours = coveredF1(rules, 1);
  const lead = (peer: readonly Marked[]) => ours - bestF1(peer);
  const name = (what: string) => `${what}, ${answers.length} English answers`;
  const figures: Figure[] = [
    { name: name("covered F1 of our rules"), value: ours, unit: "", limit: 0.85, atLeast: true },
    { name: "  time for an answer", value: meanTime(rules), unit: "ms", limit: 5 },
    { name: name("covered F1 of a keyword search at its best threshold"), value: bestF1(keywords), unit: "" },
    { name: "  time for an answer", value: meanTime(keywords), unit: "ms" },
    { name: "  our lead in F1", value: lead(keywords), unit: "", limit: 0.1, atLeast: true },
  ];
  const sentence = name("covered F1 of sentence embeddings at their best threshold");
  if ("unavailable" in embedded) {
    return [...figures, { name: sentence, value: Number.NaN, unit: "", skipped: embedded.unavailable }];
  }
  const { result } = embedded;
  return [
    ...figures,
    { name: sentence, value: bestF1(result), unit: "" },
    { name: "  time for an answer", value: meanTime(result), unit: "ms" },
    { name: "  our lead in F1", value: lead(result), unit: "", limit: 0.1, atLeast: true },
  ];
}
