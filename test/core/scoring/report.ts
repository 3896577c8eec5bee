import { z } from "zod";
import { verdictSchema } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { score } from "#core/scoring/score";
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

export interface AnswerReport {
  readonly answer: LabelledAnswer;
  readonly got: number;
  readonly expected: number;
  readonly wrong: readonly {
    readonly point: string;
    readonly got: string;
    readonly expected: string;
    readonly quote: string;
  }[];
}

export interface Report {
  readonly answers: readonly AnswerReport[];
  /** Hit or partial counts as covered. */
  readonly covered: Rates;
  readonly contradicted: Rates;
  /** Mean absolute error of the score, in points of 100. */
  readonly scoreError: number;
}

export function parseLabelled(jsonl: string): LabelledAnswer[] {
  return jsonl
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => labelledAnswerSchema.parse(JSON.parse(line)));
}

function ratesOf(right: number, claimed: number, wanted: number): Rates {
  const precision = claimed === 0 ? 1 : right / claimed;
  const recall = wanted === 0 ? 1 : right / wanted;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

const isCovered = (verdict: string) => verdict === "hit" || verdict === "partial";

/** Grades every answer and counts how far the verdicts agree with the labels, over all points together. */
export function reportOn(answers: readonly LabelledAnswer[]): Report {
  const cells: { got: string; expected: string }[] = [];
  const reports = answers.map((answer): AnswerReport => {
    const rubric = rubricOf(answer.question);
    const result = gradeLocally(answer.text, rubric);
    const wrong: AnswerReport["wrong"][number][] = [];
    const labelled: { weight: number; verdict: z.infer<typeof verdictSchema> }[] = [];
    for (const [at, point] of result.points.entries()) {
      const expected = answer.points[point.id] ?? "miss";
      cells.push({ got: point.verdict, expected });
      labelled.push({ weight: rubric.points[at]?.weight ?? 0, verdict: expected });
      if (point.verdict !== expected) {
        wrong.push({ point: point.id, got: point.verdict, expected, quote: point.evidence[0]?.quote ?? "" });
      }
    }
    return { answer, got: result.score, expected: score(labelled), wrong };
  });
  const count = (test: (cell: { got: string; expected: string }) => boolean) => cells.filter(test).length;
  return {
    answers: reports,
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
      reports.reduce((sum, report) => sum + Math.abs(report.got - report.expected), 0) /
      Math.max(1, reports.length),
  };
}
