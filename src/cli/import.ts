import { performance } from "node:perf_hooks";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { loadGlossary, loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { type ReadDocument, type ReadFolder, readDocuments } from "#src/drafting/documents";
import { type DraftQuestion, stretchesOf } from "#src/drafting/draft";
import { type Duplicates, findDuplicates } from "#src/drafting/duplicates";
import { writeDraftPack } from "#src/drafting/pack";
import { ProgressBar } from "./progress.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const percentOf = (share: number): number => Math.round(share * 100);

/** Ids of the questions that were written down; none without --out. */
type Ids = ReadonlyMap<DraftQuestion, string>;

function printed({ draft }: ReadDocument, duplicates: Duplicates, ids: Ids): Fields {
  return {
    questions: draft.questions.map((question) => ({
      title: question.title,
      lines: question.lines,
      scorable: question.scorable,
      points: question.points.map(({ title, statement, lines, weight, aliases, erratum }) => ({
        title,
        statement,
        lines,
        weight,
        ...(aliases.length > 0 ? { aliases } : {}),
        ...(erratum === undefined ? {} : { erratum }),
      })),
      warnings: question.warnings,
      ...(question.unused.length > 0 ? { unused: stretchesOf(question.unused) } : {}),
      ...(duplicates.has(question)
        ? {
            alike: duplicates.get(question)?.map(({ id, share }) => ({ id, share: percentOf(share) / 100 })),
          }
        : {}),
      ...(ids.has(question) ? { id: ids.get(question) } : {}),
    })),
    dropped: draft.dropped,
    warnings: draft.warnings,
  };
}

class ImportVerb implements Verb {
  readonly #call: Call;
  readonly #folder: ReadFolder;
  readonly #duplicates: Duplicates;
  readonly #ids: Ids;

  constructor(call: Call, folder: ReadFolder, duplicates: Duplicates, ids: Ids) {
    this.#call = call;
    this.#folder = folder;
    this.#duplicates = duplicates;
    this.#ids = ids;
  }

  answerLine(): Promise<Fields> {
    return Promise.reject(new Error("import answers no lines"));
  }

  async answerText(): Promise<Fields> {
    const { documents, refused, skipped } = this.#folder;
    const [only] = documents;
    const say = messagesFor(this.#call.locale);
    const reasons = (files: ReadFolder["refused"]): readonly Fields[] =>
      files.map(({ name, reason }) => ({ file: name, reason: reason.sentence(say) }));
    const beside = skipped.length > 0 ? { skipped: reasons(skipped) } : {};
    if (documents.length === 1 && only !== undefined && refused.length === 0)
      return { ...printed(only, this.#duplicates, this.#ids), ...beside };
    return {
      files: documents.map((document) => ({
        file: document.name,
        ...printed(document, this.#duplicates, this.#ids),
      })),
      refused: reasons(refused),
      ...beside,
    };
  }

  async show(): Promise<string> {
    const messages = messagesFor(this.#call.locale);
    const { documents, refused, skipped } = this.#folder;
    const { drafting: say } = messages;
    return [
      ...documents.map((document) => this.#shown(document)),
      ...refused.map(({ name, reason }) => `${say.refused(name, reason.sentence(messages))}\n`),
      ...skipped.map(({ name, reason }) => `${say.skipped(name, reason.sentence(messages))}\n`),
    ].join("\n");
  }

  #shown({ name, draft }: ReadDocument): string {
    const { drafting: say } = messagesFor(this.#call.locale);
    const points = draft.questions.reduce((sum, question) => sum + question.points.length, 0);
    const unscored = draft.questions.filter(({ scorable }) => !scorable).length;
    return [
      `${name}: ${say.counts(draft.questions.length, points, unscored)}`,
      ...draft.warnings.map((warning) => `  ! ${say.warnings[warning]}`),
      ...draft.questions.flatMap((question) => [
        `  ${question.lines[0]}–${question.lines[1]}  ${question.title}${this.#ids.has(question) ? `  [${this.#ids.get(question)}]` : ""}`,
        ...question.points.map((point) => `      ${"•".padEnd(2)}${point.title}`),
        ...question.warnings.map((warning) => `      ! ${say.warnings[warning]}`),
        ...stretchesOf(question.unused).map((lines) => `      ? ${say.unusedLines(...lines)}`),
        ...(this.#duplicates.get(question) ?? []).map(
          ({ id, share }) => `      ≈ ${say.alike(id, percentOf(share))}`,
        ),
      ]),
      ...draft.dropped.map(({ lines, reason }) => `  ${say.droppedLines(...lines, say.reasons[reason])}`),
      "",
    ].join("\n");
  }

  /** A folder of which some files could not be read was not imported whole. */
  foundFault(): boolean {
    return this.#folder.refused.length > 0;
  }
}

/** Stops at the next step once somebody has interrupted it, so that nothing half done is left. */
function untilInterrupted(): { readonly check: () => void; readonly forget: () => void } {
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, interrupt);
  return {
    check: () => {
      if (isInterrupted) throw new Refusal((say) => say.drafting.interrupted);
    },
    forget: () => {
      for (const signal of signals) process.removeListener(signal, interrupt);
    },
  };
}

export const importDocuments: VerbEntry = {
  usage: "rehearsal import FILE|FOLDER [--out DIR] [--json]",
  readsInput: () => false,
  misuse: (call, lines) => {
    if (call.words === "") return "import takes a file or a folder: rehearsal import FILE";
    return lines ? "import reads no lines: give --json, or nothing" : null;
  },
  async prepare(call) {
    const { drafting: say } = messagesFor(call.locale);
    const bar = new ProgressBar(process.stderr, () => performance.now());
    const interruption = untilInterrupted();
    const step =
      (label: string) =>
      (share: number): void => {
        interruption.check();
        bar.draw(label, share);
      };
    try {
      const folder = await readDocuments(call.words, step(say.reading));
      const library = loadLibrary(SHIPPED_CONTENT);
      const glossary = loadGlossary();
      const named = folder.documents.map((document) => ({
        name: document.name,
        draft: document.draft,
      }));
      const duplicates = findDuplicates(named, library, glossary);
      let ids: Ids = new Map();
      if (call.out !== undefined) {
        const taken = new Set(library.questions.flatMap(({ id, points }) => [id, ...documentsOf(points)]));
        ids = await writeDraftPack(call.out, folder.documents, { glossary, taken, seen: step(say.writing) });
        bar.clear();
        process.stderr.write(`${say.wrote(call.out)}\n`);
      }
      return new ImportVerb(call, folder, duplicates, ids);
    } finally {
      bar.clear();
      interruption.forget();
    }
  },
};

const documentsOf = (points: readonly { readonly source: { readonly document: string } }[]): string[] =>
  points.map(({ source }) => source.document);
