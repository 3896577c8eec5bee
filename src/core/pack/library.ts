import type { Bilingual } from "#core/language";
import type { CompiledRubric } from "#core/scoring/rubric";
import type { Question, SourceDocument } from "./question.ts";

/** The questions that loaded, ready to be asked and graded. */
export interface Library {
  /** Reviewed questions in pack order: what may be scheduled. */
  readonly questions: readonly Question[];
  /** A question by its id; drafts can be found here too, so that their author can try them. */
  question(id: string): Question | undefined;
  /** How a question's answers are judged; undefined for an unknown id and for a draft without rules. */
  rubric(id: string): CompiledRubric | undefined;
  /** A topic as people read it. */
  topic(id: string): Bilingual | undefined;
  /** The document that a key point's `source.document` names. */
  document(id: string): SourceDocument | undefined;
}
