import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Library } from "#core/pack/library";
import { questionSchema } from "#core/pack/question";
import { compileGlossary, type Glossary, glossaryFileSchema } from "#core/scoring/glossary";
import { type CompiledRubric, compileRubric, type RubricFile, rubricFileSchema } from "#core/scoring/rubric";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { readReader } from "#src/content/readers";

const CONTENT = new URL("../../../content/", import.meta.url);

const PACK_FILE = fileURLToPath(new URL("llm-interview-14/pack.json", CONTENT));

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, CONTENT), "utf8"));
}

export const glossaryFiles = readdirSync(new URL("glossary/", CONTENT))
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => glossaryFileSchema.parse(readJson(`glossary/${name}`)));

export const rubricFiles: readonly RubricFile[] = readdirSync(new URL("llm-interview-14/", CONTENT))
  .filter((name) => name.endsWith(".rubric.json"))
  .sort()
  .map((name) => rubricFileSchema.parse(readJson(`llm-interview-14/${name}`)));

export const questions = rubricFiles.map((file) =>
  questionSchema.parse(readJson(`llm-interview-14/${file.id}.json`)),
);

export const readerFileOf = (id: string): unknown => readJson(`llm-interview-14/readers/${id}.json`);

export function compileAll(glossary: Glossary = compileGlossary(glossaryFiles)): Map<string, CompiledRubric> {
  const compiled = new Map<string, CompiledRubric>();
  for (const question of questions) {
    const file = rubricFiles.find((candidate) => candidate.id === question.id);
    if (file === undefined) continue;
    const reader = readReader(PACK_FILE, question.id);
    compiled.set(question.id, { ...compileRubric(question, file, glossary), reader });
  }
  return compiled;
}

const compiledOnce = compileAll();

let library: Library | undefined;

/** Of the first pack, or of any other that is shipped. */
export function rubricOf(questionId: string): CompiledRubric {
  const known = compiledOnce.get(questionId);
  if (known !== undefined) return known;
  library ??= loadLibrary(SHIPPED_CONTENT);
  const rubric = library.rubric(questionId);
  if (rubric === undefined) throw new Error(`no rubric for ${questionId}`);
  return rubric;
}
