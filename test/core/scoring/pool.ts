import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { GradeResult, Verdict } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { type LabelledAnswer, parseLabelled } from "./report.ts";
import { rubricFiles, rubricOf } from "./rubrics.ts";

export const readFixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/answers/${name}`, import.meta.url), "utf8");

/** Answers of many kinds to all questions, in Chinese, English and a mix. */
export const answers: readonly LabelledAnswer[] = parseLabelled(readFixture("graded.jsonl"));

/** How often a property is tried, or less where the whole run is set to be short. */
export const runs = (most: number): { readonly numRuns: number } => ({
  numRuns: Math.min(most, fc.readConfigureGlobal().numRuns ?? most),
});

export const anyAnswer = fc.constantFrom(...answers);

export const grade = (text: string, questionId: string): GradeResult =>
  gradeLocally(text, rubricOf(questionId));

/** Each point with its verdict, so that a difference names the point. */
export const verdicts = (text: string, questionId: string): string[] =>
  grade(text, questionId).points.map((point) => `${point.id} ${point.verdict}`);

export const verdictOn = (point: string, text: string, questionId: string): Verdict | undefined =>
  grade(text, questionId).points.find(({ id }) => id === point)?.verdict;

/** The answer's sentences, each with its stop. */
export const sentencesOf = (text: string): string[] =>
  text
    .split("\n")
    .flatMap((line) => line.match(/[^。！？]+[。！？]*/g) ?? [])
    .filter((sentence) => sentence.trim() !== "");

export interface Sentence {
  readonly question: string;
  readonly point: string;
  readonly text: string;
}

/** Sentences that each hit the point they were written for: the rubrics' own examples. */
export const hits: readonly Sentence[] = rubricFiles.flatMap((file) =>
  file.points.flatMap((point) =>
    point.examples.hit.map((text) => ({ question: file.id, point: point.id, text })),
  ),
);

export const worth: Readonly<Record<Verdict, number>> = { hit: 2, partial: 1, miss: 0, contradict: 0 };
