import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Refusal, type Sentence } from "#core/refusal";
import { type Imported, importDocument, MOST_BYTES } from "./formats/format.ts";

/** A document that was read, and where from. */
export interface ReadDocument extends Pick<Imported, "draft" | "extracted"> {
  readonly path: string;
}

/** A document that was not, and why. */
export interface RefusedDocument {
  readonly path: string;
  readonly reason: Refusal;
}

export interface ReadFolder {
  readonly documents: readonly ReadDocument[];
  readonly refused: readonly RefusedDocument[];
}

/** So that an interrupt is heard and a bar is drawn. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const READABLE = /\.(?:md|markdown|mdx|txt|text|rst|adoc|html?|xhtml|csv|tsv|docx|pdf)$/iu;
const MOST_FILES = 5000;

/** Faults of a file system that whoever gave the path can mend. */
const FAULTS: Readonly<Record<string, (path: string) => Sentence>> = {
  ENOENT: (path) => (say) => say.drafting.noFile(path),
  ENOTDIR: (path) => (say) => say.drafting.noFile(path),
  ELOOP: (path) => (say) => say.drafting.linkLoop(path),
  EACCES: (path) => (say) => say.drafting.notAllowed(path),
  EPERM: (path) => (say) => say.drafting.notAllowed(path),
  ENAMETOOLONG: (path) => (say) => say.drafting.noFile(path),
};

/** Runs what reads a path, and says what is wrong with it as a refusal. */
function told<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const sentence = Object.hasOwn(FAULTS, code) ? FAULTS[code]?.(path) : undefined;
    if (sentence === undefined) throw error;
    throw new Refusal(sentence, { cause: error });
  }
}

type Found = { readonly paths: readonly string[]; readonly refused: readonly RefusedDocument[] };

/** The document at a path, or those in a folder, by name; links in a folder are not followed. */
function findDocuments(path: string): Found {
  // A path with a zero byte is none.
  if (path.includes("\0")) throw new Refusal((say) => say.drafting.noFile(path.replaceAll("\0", "")));
  const found = told(path, () => statSync(path));
  if (found.isFile()) return { paths: [path], refused: [] };
  if (!found.isDirectory()) throw new Refusal((say) => say.drafting.notAFile(path));
  const paths: string[] = [];
  const refused: RefusedDocument[] = [];
  const entries = told(path, () => readdirSync(path, { withFileTypes: true }));
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isSymbolicLink())
      refused.push({ path: inner, reason: new Refusal((say) => say.drafting.link) });
    else if (entry.isFile() && READABLE.test(entry.name)) paths.push(inner);
  }
  if (paths.length > MOST_FILES)
    throw new Refusal((say) => say.drafting.tooManyFiles(paths.length, MOST_FILES));
  if (paths.length === 0 && refused.length === 0) throw new Refusal((say) => say.drafting.emptyFolder(path));
  return { paths, refused };
}

async function readOne(path: string, seen: Progress): Promise<ReadDocument> {
  const { size } = told(path, () => statSync(path));
  if (size > MOST_BYTES) throw new Refusal((say) => say.drafting.tooLarge(MOST_BYTES));
  const bytes = told(path, () => readFileSync(path));
  // The text is large and nobody reads it here.
  const { draft, extracted } = await importDocument(basename(path), bytes, seen);
  return { path, draft, extracted };
}

/** Is told how much of everything has been read, from 0 to 1, and may stop it by throwing. */
export type Progress = (share: number) => void;

/**
 * Reads a document, or all those in a folder: what is wrong with one takes nothing from the others.
 *
 * @throws Refusal where none can be read
 */
export async function readDocuments(path: string, seen: Progress): Promise<ReadFolder> {
  const { paths, refused } = findDocuments(path);
  const documents: ReadDocument[] = [];
  const failed: RefusedDocument[] = [...refused];
  for (const [at, inner] of paths.entries()) {
    await nextTurn();
    seen(at / paths.length);
    try {
      documents.push(await readOne(inner, (share) => seen((at + share) / paths.length)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.push({ path: inner, reason: error });
    }
  }
  seen(1);
  const [first] = failed;
  if (documents.length === 0 && first !== undefined) throw first.reason;
  return { documents, refused: failed };
}
