import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Pack, packSchema, type Question, questionSchema } from "#core/pack/question";
import { type GlossaryFile, glossaryFileSchema } from "#core/scoring/glossary";
import { type RubricFile, rubricFileSchema } from "#core/scoring/rubric";
import { type ContentFault, faultAt, faultOfFile } from "./fault.ts";
import { type ContentFile, readContentFile, readTrouble } from "./file.ts";

export interface QuestionFiles {
  readonly question: ContentFile<Question>;
  readonly rubric: ContentFile<RubricFile> | undefined;
}

export interface PackFiles {
  readonly pack: ContentFile<Pack>;
  /** Those that could be read, in pack order. */
  readonly questions: readonly QuestionFiles[];
  /** What its rules speak of beside the shared glossary; read with its own questions only. */
  readonly glossary: ContentFile<GlossaryFile> | undefined;
}

const PACK = "pack.json";
const GLOSSARY = "glossary.json";
const RUBRIC_ENDING = ".rubric.json";

/** The pack folders in a content folder, which holds other folders too; a pack stands for itself. */
export function packFolders(dir: string, faults: ContentFault[]): readonly string[] {
  const { files, folders } = listFolder(dir, faults);
  if (files.includes(PACK)) return [dir];
  const packs = folders
    .map((name) => join(dir, name))
    // Rules without a pack.json are a pack that lost it, and are reported as such.
    .filter((folder) =>
      listFolder(folder, faults).files.some((name) => name === PACK || name.endsWith(RUBRIC_ENDING)),
    );
  if (packs.length === 0 && faults.length === 0) {
    faults.push(faultOfFile(dir, `there is no question pack here: no ${PACK}, and no folder that has one`));
  }
  return packs;
}

/**
 * Reads `pack.json`, the two files of every question and, where it has one, the pack's own glossary.
 *
 * @param drafts whether more than `pack.json` is read of a pack that is a draft
 */
export function readPack(dir: string, faults: ContentFault[], drafts: boolean): PackFiles | undefined {
  const files = listFolder(dir, faults).files.filter((name) => name.endsWith(".json"));
  const names = files.filter((name) => name !== PACK && name !== GLOSSARY);
  const pack = readContentFile(join(dir, PACK), packSchema, faults, dir);
  if (pack?.value.draft === true && !drafts) return { pack, questions: [], glossary: undefined };
  const glossary = files.includes(GLOSSARY)
    ? readContentFile(join(dir, GLOSSARY), glossaryFileSchema, faults, dir)
    : undefined;
  // Without a list every file is read all the same, so that one look shows all that is wrong.
  const ids =
    pack?.value.questions ??
    names.filter((name) => !name.endsWith(RUBRIC_ENDING)).map((name) => name.slice(0, -".json".length));
  const questions: QuestionFiles[] = [];
  const expected = new Set<string>();
  for (const [place, id] of ids.entries()) {
    const file = `${id}.json`;
    if (pack && expected.has(file)) {
      faults.push(faultAt(pack, ["questions", place], `${id} is listed twice`));
    } else if (pack && !names.includes(file)) {
      faults.push(faultAt(pack, ["questions", place], `there is no file ${file} beside this one`));
    } else {
      const files = readQuestion(dir, id, names, faults);
      if (files) questions.push(files);
    }
    expected.add(file).add(`${id}${RUBRIC_ENDING}`);
  }
  if (!pack) return undefined;
  for (const name of names) {
    if (!expected.has(name)) {
      faults.push(faultOfFile(join(dir, name), `${PACK} does not list this question`));
    }
  }
  return { pack, questions, glossary };
}

function readQuestion(
  dir: string,
  id: string,
  names: readonly string[],
  faults: ContentFault[],
): QuestionFiles | undefined {
  const question = readContentFile(join(dir, `${id}.json`), questionSchema, faults, dir);
  if (question && question.value.id !== id) {
    faults.push(faultAt(question, ["id"], `the id is ${question.value.id}, the file is named ${id}.json`));
  }
  const rubricName = `${id}${RUBRIC_ENDING}`;
  const rubric = names.includes(rubricName)
    ? readContentFile(join(dir, rubricName), rubricFileSchema, faults, dir)
    : undefined;
  // A draft may still be without rules; nobody is asked it.
  if (question?.value.status === "reviewed" && !names.includes(rubricName)) {
    faults.push(
      faultAt(question, ["id"], `there is no ${rubricName} beside this file: nobody could grade an answer`),
    );
  }
  return question && { question, rubric };
}

/** The visible files and folders of a folder, by name. */
export function listFolder(
  dir: string,
  faults: ContentFault[],
): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  try {
    const entries = readdirSync(dir, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("."))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    // A link counts as a file: reading it says where it leads nowhere, or out of the folder.
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    return { files, folders };
  } catch (error) {
    faults.push(faultOfFile(dir, readTrouble(error)));
    return { files: [], folders: [] };
  }
}
