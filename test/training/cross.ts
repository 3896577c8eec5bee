import { readFileSync } from "node:fs";
import { gradeLocally } from "#core/scoring/local-grader";
import type { Weighing } from "#core/scoring/opinion";
import { openReader, type QuestionReader } from "#core/scoring/question-reader";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import {
  type AnswerReport,
  type LabelledAnswer,
  parseLabelled,
  type Report,
  reportOn,
  summarise,
} from "#test/core/scoring/report";
import { type Material, readMaterial, trainedOn, UNSEEN_BY_RULES } from "./material.ts";
import { learnAll } from "./reader.ts";
import { fileOf, weighingFor } from "./train.ts";

/**
 * `npm run grade:cross`: how well readers grade a hand that they were not trained on, and a question whose answers
 * nobody used to decide how rules and reader are weighed. Every figure stands beside that of the rules alone.
 * Rubrics and glossary were written with some of these hands in view, so the rules' own figures are no held-out ones.
 */
const library = loadLibrary(SHIPPED_CONTENT);
const rubrics = trainedOn.flatMap((id) => library.rubric(id) ?? []);
const materials = rubrics.map((rubric) => readMaterial(rubric));
const answers = UNSEEN_BY_RULES.flatMap((file) => parseLabelled(readFileSync(file, "utf8")));

/** `hc-q1-04` was written by hand `hc`. */
const handOf = (id: string): string => id.split("-")[0] ?? "";

const rate = (value: number): string => value.toFixed(3);

function line(name: string, { answers, covered, contradicted, scoreError, kappa }: Report): string {
  const { precision, recall, f1 } = covered;
  return [
    name.padEnd(32),
    String(answers.length).padStart(4),
    `covered ${rate(precision)} ${rate(recall)} F1 ${rate(f1)}`,
    `contradicted F1 ${rate(contradicted.f1)}`,
    `score off by ${scoreError.toFixed(1)}`,
    `kappa ${rate(kappa)}`,
  ].join("  ");
}

type Readers = ReadonlyMap<string, QuestionReader>;

const readersOf = (some: readonly Material[], weighingOf: (question: string) => Weighing): Readers =>
  new Map(
    rubrics.flatMap((rubric, at) => {
      const material = some[at];
      if (material === undefined) return [];
      const weighing = weighingOf(rubric.questionId);
      return [
        [rubric.questionId, openReader(fileOf(material, learnAll(material), weighing, rubric))],
      ] as const;
    }),
  );

const gradedWith = (held: readonly LabelledAnswer[], readers: Readers): Report =>
  reportOn(held, ({ text, question }) => {
    const rubric = library.rubric(question);
    if (rubric === undefined) throw new Error(`no rubric for ${question}`);
    return gradeLocally(text, { ...rubric, reader: readers.get(question) });
  });

const none: Readers = new Map();

function compare(name: string, held: readonly LabelledAnswer[], readers: Readers): readonly AnswerReport[] {
  const graded = gradedWith(held, readers);
  process.stdout.write(`${line(`${name}, rules alone`, gradedWith(held, none))}\n${line(name, graded)}\n`);
  return graded.answers;
}

const byHand = [...new Set(answers.map(({ id }) => handOf(id)))].flatMap((hand) => {
  const others = materials.map((material) => ({
    ...material,
    answers: material.answers.filter(({ id }) => handOf(id) !== hand),
  }));
  const weighing = weighingFor(others);
  const held = answers.filter(({ id }) => handOf(id) === hand);
  return compare(
    `hand ${hand} left out`,
    held,
    readersOf(others, () => weighing),
  );
});
process.stdout.write(`${line("all hands, each left out", summarise(byHand))}\n\n`);

for (const [at, { questionId }] of rubrics.entries()) {
  const weighing = weighingFor(materials.filter((_, other) => other !== at));
  const fold = materials.map((material) => ({
    ...material,
    // The question's own reader may learn from every second answer, and is tried on the others.
    answers: material.answers.filter((_, place) => place % 2 === 0),
  }));
  const seen = new Set(fold[at]?.answers.map(({ id }) => id));
  const held = answers.filter(({ id, question }) => question === questionId && !seen.has(id));
  compare(
    `${questionId.slice(0, 20)}, weighed by others`,
    held,
    readersOf(fold, () => weighing),
  );
}
