import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Library } from "#core/pack/library";
import { publishedSchema } from "#core/pack/published";
import {
  compileGlossary,
  type Glossary,
  type GlossaryFile,
  glossaryFileSchema,
} from "#core/scoring/glossary";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import { fromBundle, isBundle } from "./bundle.ts";
import { checkIds, checkRegister, checkRubric } from "./checks.ts";
import { type ContentFault, ContentFaults } from "./fault.ts";
import { type ContentFile, readContentFile } from "./file.ts";
import { listFolder, type PackFiles, packFolders, readPack } from "./packs.ts";
import { readReader } from "./readers.ts";

/** The content that comes with Rehearsal. */
export const SHIPPED_CONTENT = join(import.meta.dirname, "..", "..", "content");

interface Reading {
  /** Whether packs that are drafts are read: by their authors, not by the running bot. */
  readonly drafts?: boolean;
}

/**
 * Reads all questions, their grading rules and the glossary.
 *
 * @param dir a content folder, or one question pack; a pack elsewhere is read with Rehearsal's own glossary, and may be
 * one file as /content exports it
 * @throws ContentFaults with everything that is wrong, each with its file, line and column
 */
export function loadLibrary(dir: string, { drafts = true }: Reading = {}): Library {
  return loadContent(dir, { drafts }).library;
}

/**
 * As `loadLibrary`, with the glossary that its rules speak of: compiled once, when it is needed first.
 *
 * @throws ContentFaults with everything that is wrong
 */
export function loadContent(
  dir: string,
  { drafts = true }: Reading = {},
): { readonly library: Library; readonly glossary: () => Glossary } {
  const sources = readSources(dir, { drafts });
  const glossary = compiledOnce(sources.glossary);
  return { library: libraryOf(sources.packs, sources.glossary, glossary), glossary };
}

/** The files that answers are graded by, each with its text, so that a finding can say where it is. */
export interface Sources {
  readonly packs: readonly PackFiles[];
  readonly glossary: readonly ContentFile<GlossaryFile>[];
}

/**
 * Reads and checks what `loadLibrary` makes a library of.
 *
 * @throws ContentFaults with everything that is wrong
 */
export function readSources(dir: string, { drafts = true }: Reading = {}): Sources {
  if (isBundle(dir)) return fromBundle(dir, (folder) => readSources(folder, { drafts }));
  const faults: ContentFault[] = [];
  const packs = readPacks(dir, faults, { drafts });
  const glossary = readGlossary(dir, faults);
  for (const pack of packs) {
    const ids = glossariesOf(pack, glossary).flatMap(({ value }) => Object.keys(value.entries));
    const concepts = new Map(ids.map((id, number) => [id, number]));
    for (const files of pack.questions) checkRubric(files, concepts, faults);
  }
  const register = join(dir, "published.json");
  if (existsSync(register)) {
    const published = readContentFile(register, publishedSchema, faults, dir);
    if (published) checkRegister(packs, published, faults);
  }
  if (faults.length > 0) throw new ContentFaults(faults);
  return { packs, glossary };
}

/**
 * Reads the packs and checks them against each other, but not against what was published.
 *
 * @throws ContentFaults where there is no pack to read
 */
export function readPacks(
  dir: string,
  faults: ContentFault[],
  { drafts = true }: Reading = {},
): readonly PackFiles[] {
  const folders = packFolders(dir, faults);
  if (folders.length === 0) throw new ContentFaults(faults);
  // Folders come by name, so packs of one order stay so.
  const packs = folders
    .map((folder) => readPack(folder, faults, drafts))
    .filter((pack) => pack !== undefined)
    .toSorted((one, other) => one.pack.value.order - other.pack.value.order);
  checkIds(packs, faults);
  return packs;
}

/** What the rules of a pack may speak of: the shared glossary, and its own behind it. */
export const glossariesOf = (
  { glossary: own }: Pick<PackFiles, "glossary">,
  shared: readonly ContentFile<GlossaryFile>[],
): readonly ContentFile<GlossaryFile>[] => (own === undefined ? shared : [...shared, own]);

function readGlossary(dir: string, faults: ContentFault[]): readonly ContentFile<GlossaryFile>[] {
  const root = existsSync(join(dir, "glossary")) ? dir : SHIPPED_CONTENT;
  const folder = join(root, "glossary");
  return listFolder(folder, faults)
    .files.filter((name) => name.endsWith(".json"))
    .map((name) => readContentFile(join(folder, name), glossaryFileSchema, faults, root))
    .filter((file) => file !== undefined);
}

/**
 * What the concepts of the rules are called, ready to read texts with.
 *
 * @throws ContentFaults with everything that is wrong
 */
export function loadGlossary(): Glossary {
  const faults: ContentFault[] = [];
  const files = readGlossary(SHIPPED_CONTENT, faults);
  if (faults.length > 0) throw new ContentFaults(faults);
  return compileGlossary(files.map(({ value }) => value));
}

/** Compiles on first use: it takes longer than reading, and start-up does not need it. */
function compiledOnce(files: readonly ContentFile<GlossaryFile>[]): () => Glossary {
  let glossary: Glossary | undefined;
  return () => {
    glossary ??= compileGlossary(files.map(({ value }) => value));
    return glossary;
  };
}

function libraryOf(
  packs: readonly PackFiles[],
  glossaryFiles: readonly ContentFile<GlossaryFile>[],
  shared: () => Glossary,
): Library {
  const files = new Map(
    packs.flatMap((pack) => {
      const glossary = pack.glossary === undefined ? shared : compiledOnce(glossariesOf(pack, glossaryFiles));
      return pack.questions.map((entry) => [entry.question.value.id, { ...entry, glossary }] as const);
    }),
  );
  const documents = new Map(
    packs.flatMap(({ pack }) => pack.value.documents).map((document) => [document.id, document]),
  );
  const topics = new Map(packs.flatMap(({ pack }) => Object.entries(pack.value.topics)));
  const rubrics = new Map<string, CompiledRubric>();
  return {
    questions: [...files.values()]
      .map(({ question }) => question.value)
      .filter(({ status }) => status === "reviewed"),
    question: (id) => files.get(id)?.question.value,
    rubric: (id) => {
      const entry = files.get(id);
      if (!entry?.rubric) return undefined;
      let rubric = rubrics.get(id);
      if (!rubric) {
        rubric = {
          ...compileRubric(entry.question.value, entry.rubric.value, entry.glossary()),
          reader: readReader(entry.question.file, id),
        };
        rubrics.set(id, rubric);
      }
      return rubric;
    },
    topic: (id) => topics.get(id),
    document: (id) => documents.get(id),
  };
}
