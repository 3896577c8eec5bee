import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { loadGlossary } from "#src/content/library";
import { type Imported, importDocument, MOST_BYTES } from "#src/drafting/formats/format";
import { writeDraftPack } from "#src/drafting/pack";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const READABLE = /\.(?:md|markdown|txt|text|html?|xhtml|csv|tsv|docx|pdf)$/iu;

interface Document extends Imported {
  readonly path: string;
}

/** The document at a path, or those in a folder, by name. */
function pathsIn(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Refusal((say) => say.drafting.noFile(path));
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw new Refusal((say) => say.drafting.notAFile(path));
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && READABLE.test(entry.name) && !entry.name.startsWith("."))
    .map(({ name }) => join(path, name))
    .sort((one, other) => (one < other ? -1 : 1));
}

function read(path: string): Promise<Imported> {
  if (statSync(path).size > MOST_BYTES) throw new Refusal((say) => say.drafting.tooLarge(MOST_BYTES));
  return importDocument(basename(path), readFileSync(path));
}

const printed = ({ draft }: Document): Fields => ({
  questions: draft.questions.map(({ title, lines, scorable, points, warnings }) => ({
    title,
    lines,
    scorable,
    points: points.map((point) => ({
      title: point.title,
      statement: point.statement,
      lines: point.lines,
      weight: point.weight,
    })),
    warnings,
  })),
  dropped: draft.dropped,
  warnings: draft.warnings,
});

class ImportVerb implements Verb {
  readonly #call: Call;
  readonly #documents: readonly Document[];

  constructor(call: Call, documents: readonly Document[]) {
    this.#call = call;
    this.#documents = documents;
  }

  answerLine(): Promise<Fields> {
    return Promise.reject(new Error("import answers no lines"));
  }

  async answerText(): Promise<Fields> {
    const [only] = this.#documents;
    return this.#documents.length === 1 && only !== undefined
      ? printed(only)
      : {
          files: this.#documents.map((document) => ({ file: basename(document.path), ...printed(document) })),
        };
  }

  async show(): Promise<string> {
    const { drafting: say } = messagesFor(this.#call.locale);
    return this.#documents
      .map(({ path, draft }) => {
        const points = draft.questions.reduce((sum, question) => sum + question.points.length, 0);
        const unscored = draft.questions.filter(({ scorable }) => !scorable).length;
        return [
          `${basename(path)}: ${say.counts(draft.questions.length, points, unscored)}`,
          ...draft.warnings.map((warning) => `  ! ${say.warnings[warning]}`),
          ...draft.questions.flatMap(({ title, lines, points: own, warnings }) => [
            `  ${lines[0]}–${lines[1]}  ${title}`,
            ...own.map((point) => `      ${"•".padEnd(2)}${point.title}`),
            ...warnings.map((warning) => `      ! ${say.warnings[warning]}`),
          ]),
          ...draft.dropped.map(({ lines, reason }) => `  ${say.droppedLines(...lines, say.reasons[reason])}`),
          "",
        ].join("\n");
      })
      .join("\n");
  }
}

export const importDocuments: VerbEntry = {
  usage: "rehearsal import FILE [--out DIR] [--json]",
  readsInput: () => false,
  misuse: (call, lines) => {
    if (call.words === "") return "import takes a file or a folder: rehearsal import FILE";
    return lines ? "import reads no lines: give --json, or nothing" : null;
  },
  async prepare(call) {
    const documents: Document[] = [];
    for (const path of pathsIn(call.words)) documents.push({ path, ...(await read(path)) });
    if (call.out !== undefined) {
      writeDraftPack(call.out, documents, loadGlossary());
      process.stderr.write(`${messagesFor(call.locale).drafting.wrote(call.out)}\n`);
    }
    return new ImportVerb(call, documents);
  },
};
