import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Verdict, verdictSchema } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { type CompiledRubric, compileRubric, type RubricFile } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import type { Draft, DraftQuestion } from "#src/drafting/draft";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");

const questionsSchema = z.object({
  questions: z.array(
    z.object({
      key: z.string(),
      document: z.string(),
      title: z.string(),
      /** A few words of the document by which each fact is found again in whatever point it was drafted into. */
      facts: z.record(z.string(), z.string()),
    }),
  ),
});
type AskedQuestion = z.infer<typeof questionsSchema>["questions"][number];

const answerSchema = z.object({
  id: z.string(),
  question: z.string(),
  lang: z.string(),
  kind: z.string(),
  text: z.string(),
  /** What the answer says of each fact of the document; nothing is a miss. */
  facts: z.record(z.string(), verdictSchema),
});
type DraftedAnswer = z.infer<typeof answerSchema>;

/** What an editor does in ten minutes: other names for a point, found by its fact; points that are struck out. */
const reviewSchema = z.record(
  z.string(),
  z.object({ aliases: z.record(z.string(), z.array(z.string())), drop: z.array(z.string()).default([]) }),
);
type Review = z.infer<typeof reviewSchema>;

export interface Cell {
  readonly answer: DraftedAnswer;
  readonly point: string;
  readonly facts: readonly string[];
  readonly expected: Verdict;
  readonly got: Verdict;
  readonly quote: string;
}

const letters = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** The facts of a question that stand in a drafted point. */
function factsIn({ facts }: AskedQuestion, { title, statement }: DraftQuestion["points"][number]): string[] {
  const said = letters(`${title} ${statement}`);
  return Object.entries(facts)
    .filter(([, words]) => said.includes(letters(words)))
    .map(([key]) => key);
}

/** Several facts in one point: all of them said is a hit, one of them is half of it. */
function expectedOf(facts: readonly string[], answer: DraftedAnswer): Verdict {
  const verdicts = facts.map((fact) => answer.facts[fact] ?? "miss");
  const covered = verdicts.filter((verdict) => verdict === "hit" || verdict === "partial");
  if (verdicts.length > 0 && verdicts.every((verdict) => verdict === "hit")) return "hit";
  if (covered.length > 0) return "partial";
  return verdicts.includes("contradict") ? "contradict" : "miss";
}

function reviewed(question: DraftQuestion, asked: AskedQuestion, review: Review | null): DraftQuestion {
  const edits = review?.[asked.key];
  if (edits === undefined) return question;
  const points = question.points
    .filter(({ title }) => !edits.drop.some((dropped) => letters(title).startsWith(letters(dropped))))
    .map((point) => ({
      ...point,
      aliases: [...point.aliases, ...factsIn(asked, point).flatMap((fact) => edits.aliases[fact] ?? [])],
    }));
  return { ...question, points };
}

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** As the review screen does it: what a person has added counts as said, also where the drafted rules would not trust it. */
function withWordings(rubric: RubricFile, before: DraftQuestion, after: DraftQuestion): RubricFile {
  return {
    ...rubric,
    points: rubric.points.map((rule, at) => {
      const known = new Set(before.points.flatMap(({ aliases }) => aliases));
      const added = (after.points[at]?.aliases ?? []).filter((alias) => !known.has(alias));
      const { zh, en } = rule.phrases;
      return {
        ...rule,
        phrases: {
          zh: [...zh, ...added.filter(isChinese)],
          en: [...en, ...added.filter((alias) => !isChinese(alias))],
        },
      };
    }),
  };
}

const glossary = loadGlossary();

const drafts = new Map<string, Promise<Draft>>();

/** A document is drafted once, however many of its questions are asked. */
function draftOf(document: string): Promise<Draft> {
  const known =
    drafts.get(document) ??
    importDocument(document, readFileSync(join(FIXTURES, document))).then(({ draft }) => draft);
  drafts.set(document, known);
  return known;
}

async function draftedQuestion({ document, title }: AskedQuestion): Promise<DraftQuestion> {
  const { questions } = await draftOf(document);
  const found = questions.find((question) => letters(question.title) === letters(title));
  if (found === undefined) throw new Error(`${document} gives no question "${title}"`);
  return found;
}

const read = (name: string): string => readFileSync(join(FIXTURES, "answers", "drafted", name), "utf8");

export const readReview = (name: string): Review =>
  reviewSchema.parse(JSON.parse(read(`${name}.review.json`)));

/** An answer, what it is graded by as it is drafted, and what a reader says of each point. */
interface DraftedCase {
  readonly answer: DraftedAnswer;
  /** The question as the document has it. */
  readonly title: string;
  readonly rubric: CompiledRubric;
  readonly points: readonly (Pick<Cell, "point" | "facts" | "expected"> & { readonly statement: string })[];
}

/** Drafts the questions of a set of answers anew. */
export async function draftedCases(name: string, review: Review | null = null): Promise<DraftedCase[]> {
  const { questions } = questionsSchema.parse(JSON.parse(read(`${name}.json`)));
  const answers = read(`${name}.jsonl`)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => answerSchema.parse(JSON.parse(line)));
  const cases: DraftedCase[] = [];
  for (const asked of questions) {
    const found = await draftedQuestion(asked);
    const draft = reviewed(found, asked, review);
    const { question, rubric } = draftFiles(`drafted-${asked.key}`, "drafted", draft, glossary);
    const compiled = compileRubric(question, withWordings(rubric, found, draft), glossary);
    for (const answer of answers.filter((candidate) => candidate.question === asked.key)) {
      const points = draft.points.map((point) => {
        const facts = factsIn(asked, point);
        return { point: point.title, statement: point.statement, facts, expected: expectedOf(facts, answer) };
      });
      cases.push({ answer, title: found.title, rubric: compiled, points });
    }
  }
  return cases;
}

/** Grades the answers of a set by what is drafted from its document: a cell a point of an answer. */
export async function gradeDrafted(name: string, review: Review | null = null): Promise<Cell[]> {
  return (await draftedCases(name, review)).flatMap(({ answer, rubric, points: expected }) => {
    const { points } = gradeLocally(answer.text, rubric);
    return expected.map((cell, at) => {
      const result = points[at];
      if (result === undefined) throw new Error(`${answer.question} has no verdict on ${cell.point}`);
      return { answer, ...cell, got: result.verdict, quote: result.evidence[0]?.quote ?? "" };
    });
  });
}

/** What answers to the questions of a set are graded by as they are drafted. */
export async function draftedRubrics(name: string): Promise<CompiledRubric[]> {
  const { questions } = questionsSchema.parse(JSON.parse(read(`${name}.json`)));
  return Promise.all(
    questions.map(async (asked) => {
      const { question, rubric } = draftFiles(
        `drafted-${asked.key}`,
        "drafted",
        await draftedQuestion(asked),
        glossary,
      );
      return compileRubric(question, rubric, glossary);
    }),
  );
}

const unrelatedSchema = z.object({ id: z.string(), text: z.string() });

/** Fluent answers on other topics and lists of terms. */
export const readUnrelated = (): z.infer<typeof unrelatedSchema>[] =>
  read("unrelated.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => unrelatedSchema.parse(JSON.parse(line)));

const isCovered = (verdict: Verdict): boolean => verdict === "hit" || verdict === "partial";

/** How far the grader and the reader agree on which points are covered. */
export function coveredF1(cells: readonly Cell[]): { precision: number; recall: number; f1: number } {
  const claimed = cells.filter(({ got }) => isCovered(got));
  const wanted = cells.filter(({ expected }) => isCovered(expected));
  const right = claimed.filter(({ expected }) => isCovered(expected)).length;
  const precision = claimed.length === 0 ? 0 : right / claimed.length;
  const recall = wanted.length === 0 ? 0 : right / wanted.length;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
