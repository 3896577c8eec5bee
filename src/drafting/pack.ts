import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { packSchema, slugSchema } from "#core/pack/question";
import { inOneLanguage } from "#core/pack/untranslated";
import { Refusal } from "#core/refusal";
import type { Glossary } from "#core/scoring/glossary";
import type { Draft, DraftQuestion } from "./draft.ts";
import { draftFiles } from "./files.ts";
import { FolderWriting } from "./folder-writing.ts";

/** A document whose draft is written down. */
interface Written {
  readonly path: string;
  readonly draft: Draft;
  readonly extracted: string | null;
}

interface Options {
  readonly glossary: Glossary;
  /** Ids that a pack, a question or a document has already. */
  readonly taken: ReadonlySet<string>;
  /** Told now and then how much has been written, from 0 to 1; it may stop the writing by throwing. */
  readonly seen: (share: number) => void;
}

/** Questions between two turns of the event loop. */
const TURN = 50;

/** So that an interrupt is heard. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const digestOf = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/**
 * An id out of a file's name alone, also where it has no Latin letters: when the document has changed and is imported
 * again, its questions are the same ones.
 */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .slice(0, 200)
    .replace(/\.[a-z]{2,5}$/u, "")
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-|-$/gu, "")
    .slice(0, 20)
    .replace(/-$/u, "");
  return slug.length >= 3 ? slug : `doc-${digestOf(name).slice(0, 8)}`;
}

/** The slug of a file's name, or one like it that nobody has. */
function freeSlug(name: string, used: ReadonlySet<string>): string {
  const slug = slugOf(name);
  if (!used.has(slug)) return slug;
  const base = slugSchema.parse(`${slug}-${digestOf(name).slice(0, 6)}`);
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? base : `${base}-${copy}`;
    if (!used.has(name)) return name;
  }
}

const earlierSchema = z.object({ documents: z.array(z.object({ title: z.string() })) });

/**
 * A folder may be written anew with the documents that its draft is of; any other draft in it would be lost.
 *
 * @throws Refusal
 */
function checkFolder(dir: string, documents: readonly Written[]): void {
  if (!existsSync(dir)) return;
  const status = lstatSync(dir);
  const file = join(dir, "pack.json");
  if (status.isSymbolicLink() || !status.isDirectory())
    throw new Refusal((say) => say.drafting.outExists(dir));
  if (!existsSync(file)) {
    if (FolderWriting.isEmpty(dir)) return;
    throw new Refusal((say) => say.drafting.outExists(dir));
  }
  const earlier = earlierSchema.safeParse(readJson(file));
  if (!earlier.success) throw new Refusal((say) => say.drafting.outExists(dir));
  const names = new Set(documents.map(({ path }) => titleOf(path)));
  const lost = earlier.data.documents.map(({ title }) => title).filter((title) => !names.has(title));
  if (lost.length > 0) throw new Refusal((say) => say.drafting.outOfOthers(dir, lost));
}

/** null where it is no JSON. */
const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** What a document is called in its pack. */
const titleOf = (path: string): string => basename(path).slice(0, 200);

/**
 * Writes documents as a draft pack: `pack.json`, two files a question, the texts that were drawn from Word and PDF, and
 * the questions that nobody can score. Every id is new. The folder appears whole or not at all; one that was written
 * before is replaced, except for the files that somebody has changed since.
 *
 * @returns the id of each question that was written
 * @throws Refusal where the folder holds something else or another document's draft, or nothing can be written
 */
export async function writeDraftPack(
  dir: string,
  documents: readonly Written[],
  { glossary, taken, seen }: Options,
): Promise<ReadonlyMap<DraftQuestion, string>> {
  checkFolder(dir, documents);
  const all = documents.reduce((sum, { draft }) => sum + draft.questions.length, 0);
  if (documents.every(({ draft }) => draft.questions.every(({ scorable }) => !scorable)))
    throw new Refusal((say) => say.drafting.nothingToWrite);
  const writing = FolderWriting.begin(dir);
  try {
    const used = new Set(taken);
    const own: string[] = [];
    const ids = new Map<DraftQuestion, string>();
    const sources: unknown[] = [];
    const unscored: string[] = [];
    let done = 0;
    for (const { path, draft, extracted } of documents) {
      const sha256 = digestOf(readFileSync(path));
      const slug = freeSlug(basename(path), used);
      used.add(slug);
      own.push(slug);
      sources.push({ id: slug, title: titleOf(path), sha256 });
      if (extracted !== null) writing.add(`${slug}.txt`, extracted);
      for (const [at, question] of draft.questions.entries()) {
        if (done % TURN === 0) {
          await nextTurn();
          seen(done / Math.max(1, all));
        }
        done += 1;
        if (!question.scorable) {
          unscored.push(question.title);
          continue;
        }
        const id = `${slug}-q${at + 1}`;
        const files = draftFiles(id, slug, question, glossary);
        ids.set(question, id);
        writing.add(`${id}.json`, asJson(files.question));
        writing.add(`${id}.rubric.json`, asJson(files.rubric));
      }
    }
    seen(1);
    if (unscored.length > 0) writing.add("unscored.txt", `${unscored.join("\n")}\n`);
    const pack = packSchema.parse({
      schema: 1,
      id: own[0] ?? "imported",
      draft: true,
      title: inOneLanguage(basename(documents[0]?.path ?? "imported").slice(0, 100)),
      documents: sources,
      topics: { imported: { zh: "导入", en: "imported" } },
      questions: [...ids.values()],
    });
    writing.add("pack.json", asJson(pack));
    writing.finish();
    return ids;
  } finally {
    writing.abandon();
  }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
