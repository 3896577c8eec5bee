import { z } from "zod";
import { type GradeResult, type Verdict, verdictSchema } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { score } from "#core/scoring/score";
import { gradeOf, weightedKappa } from "./kappa.ts";
import { rubricOf } from "./rubrics.ts";

/** An answer with the verdict that a reader gives each key point. */
export const labelledAnswerSchema = z.object({
  id: z.string(),
  question: z.string(),
  lang: z.string().default("?"),
  kind: z.string().default("?"),
  text: z.string(),
  points: z.record(z.string(), verdictSchema),
});
export type LabelledAnswer = z.infer<typeof labelledAnswerSchema>;

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** One key point of one answer. */
export interface Cell {
  readonly point: string;
  readonly got: Verdict;
  readonly expected: Verdict;
  readonly quote: string;
}

export interface AnswerReport {
  readonly answer: LabelledAnswer;
  readonly got: number;
  readonly expected: number;
  readonly cells: readonly Cell[];
  readonly wrong: readonly Cell[];
}

/** How many cells the reader gave the first verdict and the grader the second. */
export type Confusion = Readonly<Record<Verdict, Readonly<Record<Verdict, number>>>>;

export interface Report {
  readonly answers: readonly AnswerReport[];
  readonly confusion: Confusion;
  /** Hit or partial counts as covered; over all points of all answers together. */
  readonly covered: Rates;
  readonly contradicted: Rates;
  /** Mean absolute error of the score, in points of 100. */
  readonly scoreError: number;
  /** Quadratic-weighted, over five grades of the score. */
  readonly kappa: number;
}

/** What gives the verdicts: the local grader unless another is compared with it. */
export type GradeOne = (answer: LabelledAnswer) => Pick<GradeResult, "points" | "score">;

const byRules: GradeOne = ({ text, question }) => gradeLocally(text, rubricOf(question));

export function parseLabelled(jsonl: string): LabelledAnswer[] {
  return jsonl
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => labelledAnswerSchema.parse(JSON.parse(line)));
}

function ratesOf(right: number, claimed: number, wanted: number): Rates {
  const precision = claimed === 0 ? 1 : right / claimed;
  const recall = wanted === 0 ? 1 : right / wanted;
  // Nothing to find and nothing found is no failure.
  if (claimed === 0 && wanted === 0) return { precision, recall, f1: 1 };
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

const isCovered = (verdict: Verdict) => verdict === "hit" || verdict === "partial";

function gradeOne(answer: LabelledAnswer, grade: GradeOne): AnswerReport {
  const weights = new Map(rubricOf(answer.question).points.map(({ id, weight }) => [id, weight]));
  const result = grade(answer);
  const cells = result.points.map(
    ({ id, verdict, evidence }): Cell => ({
      point: id,
      got: verdict,
      expected: answer.points[id] ?? "miss",
      quote: evidence[0]?.quote ?? "",
    }),
  );
  return {
    answer,
    got: result.score,
    expected: score(
      cells.map(({ point, expected }) => ({ weight: weights.get(point) ?? 0, verdict: expected })),
    ),
    cells,
    wrong: cells.filter(({ got, expected }) => got !== expected),
  };
}

/** Grades every answer and counts how far the verdicts agree with the labels, over all points together. */
export function reportOn(answers: readonly LabelledAnswer[], grade: GradeOne = byRules): Report {
  return summarise(answers.map((answer) => gradeOne(answer, grade)));
}

/** The figures of answers that have been graded already, such as those of one language. */
export function summarise(answers: readonly AnswerReport[]): Report {
  const cells = answers.flatMap((report) => report.cells);
  const count = (test: (cell: Cell) => boolean) => cells.filter(test).length;
  const row = (expected: Verdict) =>
    Object.fromEntries(
      verdictSchema.options.map((got) => [
        got,
        count((cell) => cell.expected === expected && cell.got === got),
      ]),
    ) as Record<Verdict, number>;
  return {
    answers,
    confusion: {
      hit: row("hit"),
      partial: row("partial"),
      miss: row("miss"),
      contradict: row("contradict"),
    },
    covered: ratesOf(
      count((cell) => isCovered(cell.got) && isCovered(cell.expected)),
      count((cell) => isCovered(cell.got)),
      count((cell) => isCovered(cell.expected)),
    ),
    contradicted: ratesOf(
      count((cell) => cell.got === "contradict" && cell.expected === "contradict"),
      count((cell) => cell.got === "contradict"),
      count((cell) => cell.expected === "contradict"),
    ),
    scoreError:
      answers.reduce((sum, report) => sum + Math.abs(report.got - report.expected), 0) /
      Math.max(1, answers.length),
    kappa: weightedKappa(answers.map(({ got, expected }) => [gradeOf(expected), gradeOf(got)])),
  };
}
