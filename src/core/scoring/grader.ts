import { z } from "zod";
import type { Locale } from "#core/language";
import type { CompiledRubric } from "./rubric.ts";

export const verdictSchema = z.enum(["hit", "partial", "miss", "contradict"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** Why a verdict fell as it did; a closed list, so that reports can count it. */
const reasonSchema = z.enum([
  "core",
  "core+detail",
  "core-only",
  "one-side",
  "cause-only",
  "question",
  "mixed",
  "wrong-direction",
  "negated",
  "wrong-mechanism",
  "no-match",
  "learnt",
  "judge",
  "appeal",
]);
export type Reason = z.infer<typeof reasonSchema>;

/** In the order in which a result lists them. */
export const flagSchema = z.enum([
  "empty",
  "too-short",
  "too-long",
  "copied-question",
  "copied-source",
  "stuffing",
  "off-topic",
  "injection-suspected",
  "invisible-text",
  "repeated",
  "judge-failed",
  "hinted",
]);
export type Flag = z.infer<typeof flagSchema>;

/** A span of the raw answer in UTF-16 offsets; `quote` is always `answer.slice(start, end)`. */
const evidenceSchema = z.object({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  quote: z.string().min(1),
});
export type Evidence = z.infer<typeof evidenceSchema>;

const pointResultSchema = z.object({
  id: z.string(),
  verdict: verdictSchema,
  /** 0 to 1; words the feedback ("probably") and never changes the score. */
  confidence: z.number().min(0).max(1),
  /** At least one span for hit, partial and contradict; none for miss. */
  evidence: z.array(evidenceSchema),
  reason: reasonSchema,
});
export type PointResult = z.infer<typeof pointResultSchema>;

export const gradeResultSchema = z.object({
  /** 0 to 100, by `score()`. */
  score: z.int().min(0).max(100),
  /** Every key point of the question once, in the rubric's order. */
  points: z.array(pointResultSchema),
  flags: z.array(flagSchema),
  grader: z.object({
    id: z.string(),
    version: z.string(),
    rubricHash: z.string(),
    /** Of the judge that read the answer as well. */
    promptVersion: z.string().optional(),
  }),
});
export type GradeResult = z.infer<typeof gradeResultSchema>;

export interface GradeInput {
  /** The raw answer, as long as the member made it; graders cap what they read and flag it. */
  readonly answer: string;
  readonly rubric: CompiledRubric;
  readonly locale?: Locale;
}

/**
 * Judges one answer against one question's key points.
 *
 * A grader never throws for anything that an answer contains, quotes only the raw answer, and gives no credit
 * without a quote.
 */
export interface Grader {
  grade(input: GradeInput, options?: { readonly signal?: AbortSignal }): Promise<GradeResult>;
}
