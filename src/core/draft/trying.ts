import type { Question } from "#core/pack/question";
import type { GradeResult, Verdict } from "#core/scoring/grader";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import type { Services } from "#core/services";
import type { Drafting } from "./drafting.ts";
import { ownLanguage, written } from "./halves.ts";
import type { DraftPack } from "./pack.ts";
import { built } from "./publishing.ts";
import type { DraftQuestion } from "./question.ts";

/** A draft ready to be graded. */
export interface Trial {
  readonly question: Question;
  readonly rubric: CompiledRubric;
}

/** What answers to a draft would be graded by if it were published now; null where it has no key points. */
export async function trialOf(
  draft: DraftQuestion,
  pack: DraftPack,
  drafting: Drafting,
): Promise<Trial | null> {
  if (draft.content.points.length === 0) return null;
  const { question, rubric } = await built(draft, pack, drafting);
  return { question, rubric: compileRubric(question, rubric, drafting.glossary()) };
}

export const tryAnswer = (
  answer: string,
  trial: Trial,
  { grader }: Pick<Services, "grader">,
): Promise<GradeResult> => grader.grade({ answer, rubric: trial.rubric });

/** How each key point is judged where its own statement is the answer: one that misses itself can hardly be hit. */
export async function ownVerdicts(
  { content }: DraftQuestion,
  trial: Trial | null,
  services: Pick<Services, "grader">,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  if (trial === null) return verdicts;
  for (const { id, title, statement } of content.points) {
    const answer = `${written(title, ownLanguage(title))}: ${written(statement, ownLanguage(statement))}`;
    const { points } = await tryAnswer(answer, trial, services);
    verdicts.set(id, points.find((point) => point.id === id)?.verdict ?? "miss");
  }
  return verdicts;
}
