import type { CompiledRubric } from "#core/scoring/rubric";
import type { Question } from "./question.ts";

/** The questions that loaded, ready to be asked and graded. */
export interface Library {
  /** Reviewed questions in pack order: what may be scheduled. */
  readonly questions: readonly Question[];
  question(id: string): Question | undefined;
  rubric(id: string): CompiledRubric | undefined;
}
