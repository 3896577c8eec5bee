import type { Question } from "#core/pack/question";
import type { GlossaryFile } from "./glossary.ts";
import { lintExamples } from "./lint-examples.ts";
import { lintPhrases } from "./lint-phrases.ts";
import { lintRules } from "./lint-rules.ts";
import { type LintFinding, subjectOf, type Words, wordsOf } from "./lint-subject.ts";
import { lintUnwritten } from "./lint-unwritten.ts";
import type { RubricFile } from "./rubric.ts";

export interface LintedQuestion {
  readonly question: Question;
  readonly rubric: RubricFile;
}

/**
 * Runs the rubrics' own examples and looks for rules and phrases that cannot do what they are there for. Of a draft,
 * what is merely not there yet has a `lack`; a reviewed question has everything, or the finding is a fault.
 *
 * @param files the whole glossary, in the order in which it is compiled
 * @throws Error where a rubric does not compile: loading content reports that with its place
 */
export function lintRubrics(
  questions: readonly LintedQuestion[],
  files: readonly GlossaryFile[],
): LintFinding[] {
  const words = wordsOf(files);
  return questions.flatMap((entry) => lintRubric(entry, words));
}

function lintRubric({ question, rubric }: LintedQuestion, words: Words): LintFinding[] {
  const subject = subjectOf(question, rubric, words);
  const found = [
    ...lintWeights(question),
    ...lintExamples(subject),
    ...lintRules(subject),
    ...lintPhrases(subject),
  ];
  return question.status === "draft"
    ? [...found, ...lintUnwritten(question)]
    : found.map((finding) => ({ ...finding, lack: undefined }));
}

function lintWeights({ id, points }: Question): LintFinding[] {
  return points.flatMap((point, at): LintFinding[] => {
    if (point.weight > 0) return [];
    return [
      {
        file: "question",
        path: ["points", at, "weight"],
        question: id,
        point: point.id,
        what: `the weight ${point.weight} makes the point count for nothing`,
        mend: "give it one from 1 to 5",
      },
    ];
  });
}
