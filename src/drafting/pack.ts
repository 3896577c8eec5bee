import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Bilingual } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { packSchema, questionSchema } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import type { Glossary } from "#core/scoring/glossary";
import type { Draft, DraftQuestion } from "./draft.ts";
import { draftRules } from "./rules.ts";

/** A document that was read, and where from. */
export interface ReadDocument {
  readonly path: string;
  readonly draft: Draft;
  readonly extracted: string | null;
}

/** A text in one language as a pack keeps it: the other half is marked as missing, and not made up. */
function inOneLanguage(text: string): Bilingual {
  const isChinese = /\p{Script=Han}/u.test(text);
  return {
    zh: isChinese ? text : `${messagesFor("zh").drafting.untranslated}${text}`,
    en: isChinese ? `${messagesFor("en").drafting.untranslated} ${text}` : text,
  };
}

const toWrite = (): Bilingual => ({
  zh: messagesFor("zh").drafting.toWrite,
  en: messagesFor("en").drafting.toWrite,
});

/** An id out of a file's name, or of what it holds where the name has no Latin letters. */
function slugOf(name: string, digest: string): string {
  const slug = name
    .toLowerCase()
    .replace(/\.[a-z]{2,5}$/u, "")
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 20)
    .replace(/-+$/u, "");
  return slug.length >= 3 ? slug : `doc-${digest.slice(0, 8)}`;
}

/** How a question of a draft pack is written down. */
function filesOf(
  id: string,
  document: string,
  question: DraftQuestion,
  glossary: Glossary,
): { question: unknown; rubric: unknown } {
  const points = question.points.map((point, at) => ({ id: `${id}-p${at + 1}`, point }));
  return {
    question: questionSchema.parse({
      schema: 1,
      id,
      status: "draft",
      topic: "imported",
      difficulty: 2,
      text: inOneLanguage(question.title),
      points: points.map(({ id: pointId, point }) => ({
        id: pointId,
        title: inOneLanguage(point.title),
        statement: inOneLanguage(point.statement),
        weight: point.weight,
        hint: toWrite(),
        source: { document, heading: `${point.lines[0]}–${point.lines[1]}` },
      })),
      modelAnswer: inOneLanguage(question.points.map(({ statement }) => statement).join("\n")),
      hints: [toWrite(), toWrite()],
      followUps: [toWrite(), toWrite()],
    }),
    rubric: draftRules(id, question.title, points, glossary),
  };
}

/**
 * Writes documents as a draft pack: `pack.json`, two files a question, the texts that were drawn from Word and PDF, and
 * the questions that nobody can score. Every id is new: no two questions of two documents share one.
 *
 * @throws Refusal where the folder holds something else
 */
export function writeDraftPack(dir: string, documents: readonly ReadDocument[], glossary: Glossary): void {
  if (existsSync(dir) && readdirSync(dir).length > 0 && !existsSync(join(dir, "pack.json")))
    throw new Refusal((say) => say.drafting.outExists(dir));
  const used = new Set<string>();
  const written: { id: string; files: { question: unknown; rubric: unknown } }[] = [];
  const sources: unknown[] = [];
  const unscored: string[] = [];
  const texts: { name: string; text: string }[] = [];
  for (const { path, draft, extracted } of documents) {
    const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
    let slug = slugOf(basename(path), sha256);
    if (used.has(slug)) slug = `${slug}-${sha256.slice(0, 6)}`;
    used.add(slug);
    sources.push({ id: slug, title: basename(path).slice(0, 200), sha256 });
    if (extracted !== null) texts.push({ name: `${slug}.txt`, text: extracted });
    for (const [at, question] of draft.questions.entries()) {
      if (!question.scorable) unscored.push(question.title);
      else
        written.push({
          id: `${slug}-q${at + 1}`,
          files: filesOf(`${slug}-q${at + 1}`, slug, question, glossary),
        });
    }
  }
  if (written.length === 0) throw new Refusal((say) => say.drafting.nothingToWrite);
  const [first] = documents;
  const pack = packSchema.parse({
    schema: 1,
    id: [...used][0] ?? "imported",
    title: inOneLanguage(basename(first?.path ?? "imported").slice(0, 100)),
    documents: sources,
    topics: { imported: { zh: "导入", en: "imported" } },
    questions: written.map(({ id }) => id),
  });
  mkdirSync(dir, { recursive: true });
  for (const { id, files } of written) {
    writeJson(join(dir, `${id}.json`), files.question);
    writeJson(join(dir, `${id}.rubric.json`), files.rubric);
  }
  for (const { name, text } of texts) writeFileSync(join(dir, name), text);
  if (unscored.length > 0) writeFileSync(join(dir, "unscored.txt"), `${unscored.join("\n")}\n`);
  // Last, so that an import that was interrupted leaves no pack.
  writeJson(join(dir, "pack.json"), pack);
}

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
