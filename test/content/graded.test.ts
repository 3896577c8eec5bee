import { describe, expect, it } from "vitest";
import type { Locale } from "#core/language";
import type { KeyPoint, Question } from "#core/pack/question";
import { gradeLocally } from "#core/scoring/local-grader";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const library = loadLibrary(SHIPPED_CONTENT);
const locales: readonly Locale[] = ["zh", "en"];

function grade(question: Question, answer: string) {
  const rubric = library.rubric(question.id);
  if (!rubric) throw new Error(`${question.id} has no rubric`);
  return gradeLocally(answer, rubric);
}

const eachQuestion = library.questions.flatMap((question) =>
  locales.map((locale): [string, Locale, Question] => [question.id, locale, question]),
);
const eachPoint = eachQuestion.flatMap(([, locale, question]) =>
  question.points.map((point): [string, Locale, KeyPoint, Question] => [point.id, locale, point, question]),
);

describe("what Rehearsal shows, sent back to it as an answer", () => {
  it.each(eachQuestion)("the model answer of %s (%s) earns at least 85", (_id, locale, question) => {
    const { score, flags } = grade(question, question.modelAnswer[locale]);
    expect(score).toBeGreaterThanOrEqual(85);
    expect(flags).toEqual([]);
  });

  it.each(eachQuestion)("the hints of %s (%s) earn next to nothing", (_id, locale, question) => {
    for (const hint of question.hints) {
      expect(grade(question, hint[locale]).score).toBeLessThanOrEqual(10);
    }
  });

  it.each(eachPoint)("the hint of %s (%s) does not earn its point", (id, locale, point, question) => {
    const { points } = grade(question, point.hint[locale]);
    expect(points.find((result) => result.id === id)?.verdict).not.toBe("hit");
  });
});
