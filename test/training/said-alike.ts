import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Library } from "#core/pack/library";
import { verdictSchema } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { SHIPPED_CONTENT } from "#src/content/library";

const ROOT = join(import.meta.dirname, "..", "..");
const ANSWERS = join(ROOT, "test", "fixtures", "answers");
const MEANINGS = join(ROOT, "src", "drafting", "bilingual-words.json");

/** A text, and how much it counts. */
export type Said = readonly [text: string, weight: number];

const answerSchema = z.object({
  id: z.string(),
  question: z.string(),
  text: z.string(),
  points: z.record(z.string(), verdictSchema),
});
export type SaidAnswer = z.infer<typeof answerSchema>;
const glossarySchema = z.object({
  entries: z.record(
    z.string(),
    z.object({ zh: z.array(z.string()).default([]), en: z.array(z.string()).default([]) }),
  ),
});
const namesSchema = z.array(z.object({ zh: z.array(z.string()), en: z.array(z.string()) }));
const phraseSchema = z.object({ point: z.string(), verdict: verdictSchema, text: z.string() });
const packSchema = z.object({ topics: z.record(z.string(), z.unknown()) });
const alignedSchema = z.object({ zh: z.string(), en: z.string() });

const linesOf = <Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema>[] =>
  readFileSync(join(ANSWERS, path), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => schema.parse(JSON.parse(line)));

/** Labelled answers to the shipped questions. */
export function readSaid(): SaidAnswer[] {
  const bank = readdirSync(join(ANSWERS, "bank")).toSorted();
  const hands = readdirSync(ANSWERS).filter((name) =>
    /^(?:exemplars|graded|hand-.|sealed|sealed-2|tuned)\.jsonl$/u.test(name),
  );
  return [...bank.map((name) => join("bank", name)), ...hands.toSorted()].flatMap((name) =>
    linesOf(name, answerSchema),
  );
}

/** Aliases of one concept that count. */
const MOST_NAMES = 60;
const TITLE = 2;
const STATEMENT = 3;
const PHRASE = 0.5;
const isCovered = (verdict: string | undefined): boolean => verdict === "hit" || verdict === "partial";

/**
 * What is said of one thing in many words and in both languages, thing by thing: of a key point, of a concept of a
 * glossary, of a common meaning.
 *
 * @param without topics that nothing is to be learnt of
 */
export function saidAlike(
  library: Library,
  answers: readonly SaidAnswer[],
  without: ReadonlySet<string>,
): Said[][] {
  const phrases = linesOf("phrases.jsonl", phraseSchema).filter(({ verdict }) => verdict === "hit");
  const groups: Said[][] = [];
  for (const { id, points, topic } of library.questions) {
    if (without.has(topic)) continue;
    const rubric = library.rubric(id);
    if (rubric === undefined) continue;
    const graded = answers
      .filter(({ question }) => question === id)
      .map((answer) => ({ answer, results: gradeLocally(answer.text, rubric).points }));
    for (const [at, { id: point, title, statement, misconceptions }] of points.entries()) {
      groups.push([
        [statement.zh, STATEMENT],
        [statement.en, STATEMENT],
        [title.zh, TITLE],
        [title.en, TITLE],
        ...(misconceptions ?? []).flatMap(({ truth }): Said[] => [
          [truth.zh, 1],
          [truth.en, 1],
        ]),
        ...graded.flatMap(({ answer, results }) => {
          const result = results[at];
          return isCovered(answer.points[point]) && isCovered(result?.verdict)
            ? (result?.evidence ?? []).map(({ quote }): Said => [quote, 1])
            : [];
        }),
      ]);
      const short = phrases.filter((phrase) => phrase.point === point);
      if (short.length > 0) groups.push(short.map(({ text }): Said => [text, PHRASE]));
    }
  }
  for (const { zh, en } of linesOf("aligned.jsonl", alignedSchema))
    groups.push([
      [zh, TITLE],
      [en, TITLE],
    ]);
  for (const path of glossaries(without)) {
    const { entries } = glossarySchema.parse(JSON.parse(readFileSync(path, "utf8")));
    for (const { zh, en } of Object.values(entries)) {
      const names = [...zh.slice(0, MOST_NAMES), ...en.slice(0, MOST_NAMES)];
      groups.push(names.map((name): Said => [name.replace(/[*~]/gu, " "), 1]));
    }
  }
  for (const { zh, en } of namesSchema.parse(JSON.parse(readFileSync(MEANINGS, "utf8"))))
    groups.push([...zh, ...en].map((word): Said => [word, STATEMENT]));
  return groups;
}

/** The shared glossaries and those of packs that have none of some topics. */
function glossaries(without: ReadonlySet<string>): string[] {
  const folders = readdirSync(SHIPPED_CONTENT, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return folders.flatMap(({ name }) => {
    const files = readdirSync(join(SHIPPED_CONTENT, name)).toSorted();
    const path = (file: string): string => join(SHIPPED_CONTENT, name, file);
    if (name === "glossary") return files.filter((file) => file.endsWith(".json")).map(path);
    if (!files.includes("pack.json") || !files.includes("glossary.json")) return [];
    const { topics } = packSchema.parse(JSON.parse(readFileSync(path("pack.json"), "utf8")));
    return Object.keys(topics).some((topic) => without.has(topic)) ? [] : [path("glossary.json")];
  });
}
