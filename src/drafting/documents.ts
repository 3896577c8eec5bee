import { createHash } from "node:crypto";
import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { Refusal, type Sentence } from "#core/refusal";
import { type Imported, importDocument, MOST_BYTES } from "./formats/format.ts";

/** A document that was read, and where from. */
export interface ReadDocument extends Pick<Imported, "draft" | "extracted"> {
  readonly path: string;
  /** Its path within the folder that was read; its name where it was named itself. */
  readonly name: string;
}

/** A document that was not, and why. */
export interface RefusedDocument {
  readonly name: string;
  readonly reason: Refusal;
}

export interface ReadFolder {
  readonly documents: readonly ReadDocument[];
  /** Those that were meant and could not be read. */
  readonly refused: readonly RefusedDocument[];
  /** What lies beside them and was left alone: hidden, of another format, the same as one that was read. */
  readonly skipped: readonly RefusedDocument[];
}

/** So that an interrupt is heard and a bar is drawn. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const READABLE = /\.(?:md|markdown|mdx|txt|text|rst|adoc|html?|xhtml|csv|tsv|docx|pdf)$/iu;
const MOST_FILES = 5000;
/** Folders within folders; deeper ones are told. */
const DEEPEST = 12;

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

/** Documents by their paths within a folder. */
interface Found {
  readonly root: string;
  readonly names: readonly string[];
  readonly refused: readonly RefusedDocument[];
  readonly skipped: readonly RefusedDocument[];
}

/** Why something in a folder is left alone; null where it is a document or a folder to be read. */
function skippedFor(entry: Dirent): Refusal | null {
  if (entry.name.startsWith(".")) return new Refusal((say) => say.drafting.hidden);
  if (entry.isSymbolicLink()) return null;
  if (entry.name === "node_modules") return new Refusal((say) => say.drafting.ofProgram);
  if (entry.isDirectory()) return null;
  if (!entry.isFile()) return new Refusal((say) => say.drafting.notAFile(entry.name));
  return READABLE.test(entry.name)
    ? null
    : new Refusal((say) => say.drafting.unknownFormat(extname(entry.name)));
}

/** The documents in a folder and in those within it, by name; links are not followed, what is hidden is not read, and all of it is told. */
function findWithin(root: string): Found {
  const names: string[] = [];
  const refused: RefusedDocument[] = [];
  const skipped: RefusedDocument[] = [];
  const walk = (folder: string, depth: number): void => {
    const entries = told(join(root, folder), () => readdirSync(join(root, folder), { withFileTypes: true }));
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = join(folder, entry.name);
      const reason = skippedFor(entry);
      if (reason !== null) skipped.push({ name, reason });
      else if (entry.isSymbolicLink())
        refused.push({ name, reason: new Refusal((say) => say.drafting.link) });
      else if (entry.isDirectory()) {
        if (depth >= DEEPEST)
          refused.push({ name, reason: new Refusal((say) => say.drafting.tooDeep(DEEPEST)) });
        else walk(name, depth + 1);
      } else names.push(name);
      if (names.length > MOST_FILES)
        throw new Refusal((say) => say.drafting.tooManyFiles(names.length, MOST_FILES));
    }
  };
  walk("", 1);
  return { root, names, refused, skipped };
}

/** The document at a path, or those in a folder. */
function findDocuments(path: string): Found {
  // A path with a zero byte is none.
  if (path.includes("\0")) throw new Refusal((say) => say.drafting.noFile(path.replaceAll("\0", "")));
  // A slash at the end would follow it.
  const itself = path.replace(/(?<=[^/])\/{1,200}$/u, "");
  const isLink = told(path, () => lstatSync(itself)).isSymbolicLink();
  const found = told(path, () => statSync(path));
  if (isLink) throw new Refusal((say) => say.drafting.linkGiven(path));
  if (found.isFile()) return { root: dirname(path), names: [basename(path)], refused: [], skipped: [] };
  if (!found.isDirectory()) throw new Refusal((say) => say.drafting.notAFile(path));
  const within = findWithin(path);
  const hidden = within.skipped.find(({ name }) => READABLE.test(name));
  if (within.names.length === 0 && within.refused.length === 0 && hidden !== undefined)
    throw new Refusal((say) => say.drafting.refused(hidden.name, hidden.reason.sentence(say)));
  if (within.names.length === 0 && within.refused.length === 0)
    throw new Refusal((say) => say.drafting.emptyFolder(path));
  return within;
}

function bytesOf(path: string): Buffer {
  const { size } = told(path, () => statSync(path));
  if (size > MOST_BYTES) throw new Refusal((say) => say.drafting.tooLarge(MOST_BYTES));
  return told(path, () => readFileSync(path));
}

async function readOne(root: string, name: string, bytes: Buffer, seen: Progress): Promise<ReadDocument> {
  const path = join(root, name);
  // The text is large and nobody reads it here.
  const { draft, extracted } = await importDocument(basename(path), bytes, seen);
  return { path, name, draft, extracted };
}

/** Is told how much of everything has been read, from 0 to 1, and may stop it by throwing. */
export type Progress = (share: number) => void;

/**
 * Reads a document, or all those in a folder and in its folders: what is wrong with one takes nothing from the others,
 * and what is there twice is read once.
 *
 * @throws Refusal where none can be read
 */
export async function readDocuments(path: string, seen: Progress): Promise<ReadFolder> {
  const { root, names, refused, skipped } = findDocuments(path);
  const documents: ReadDocument[] = [];
  const failed: RefusedDocument[] = [...refused];
  const left: RefusedDocument[] = [...skipped];
  const read = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    await nextTurn();
    seen(at / names.length);
    try {
      const bytes = bytesOf(join(root, name));
      const digest = createHash("sha256").update(bytes).digest("hex");
      const same = read.get(digest);
      if (same !== undefined) {
        left.push({ name, reason: new Refusal((say) => say.drafting.sameDocument(same)) });
        continue;
      }
      documents.push(await readOne(root, name, bytes, (share) => seen((at + share) / names.length)));
      read.set(digest, name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.push({ name, reason: error });
    }
  }
  seen(1);
  const [first] = failed;
  if (documents.length === 0 && first !== undefined) throw first.reason;
  return { documents, refused: failed, skipped: left };
}
