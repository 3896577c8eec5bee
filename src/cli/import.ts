import { performance } from "node:perf_hooks";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { loadGlossary, loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { type ReadDocument, type ReadFolder, readDocuments } from "#src/drafting/documents";
import { type Duplicates, findDuplicates } from "#src/drafting/duplicates";
import { writeDraftPack } from "#src/drafting/pack";
import { ProgressBar } from "./progress.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const percentOf = (share: number): number => Math.round(share * 100);

function printed({ draft }: ReadDocument, duplicates: Duplicates): Fields {
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
      ...(question.unused.length > 0 ? { unused: question.unused } : {}),
      ...(duplicates.has(question)
        ? {
            alike: duplicates.get(question)?.map(({ id, share }) => ({ id, share: percentOf(share) / 100 })),
          }
        : {}),
    })),
    dropped: draft.dropped,
    warnings: draft.warnings,
  };
}

class ImportVerb implements Verb {
  readonly #call: Call;
  readonly #folder: ReadFolder;
  readonly #duplicates: Duplicates;

  constructor(call: Call, folder: ReadFolder, duplicates: Duplicates) {
    this.#call = call;
    this.#folder = folder;
    this.#duplicates = duplicates;
  }

  answerLine(): Promise<Fields> {
    return Promise.reject(new Error("import answers no lines"));
  }

  async answerText(): Promise<Fields> {
    const { documents, refused } = this.#folder;
    const [only] = documents;
    if (documents.length === 1 && only !== undefined && refused.length === 0)
      return printed(only, this.#duplicates);
    const say = messagesFor(this.#call.locale);
    return {
      files: documents.map((document) => ({
        file: document.name,
        ...printed(document, this.#duplicates),
      })),
      refused: refused.map(({ name, reason }) => ({ file: name, reason: reason.sentence(say) })),
    };
  }

  async show(): Promise<string> {
    const messages = messagesFor(this.#call.locale);
    const { documents, refused } = this.#folder;
    return [
      ...documents.map((document) => this.#shown(document)),
      ...refused.map(({ name, reason }) => `${messages.drafting.refused(name, reason.sentence(messages))}\n`),
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
        `  ${question.lines[0]}–${question.lines[1]}  ${question.title}`,
        ...question.points.map((point) => `      ${"•".padEnd(2)}${point.title}`),
        ...question.warnings.map((warning) => `      ! ${say.warnings[warning]}`),
        ...question.unused.map((lines) => `      ? ${say.unusedLines(...lines)}`),
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
      if (call.out !== undefined) {
        const taken = new Set(library.questions.flatMap(({ id, points }) => [id, ...documentsOf(points)]));
        await writeDraftPack(call.out, folder.documents, { glossary, taken, seen: step(say.writing) });
        bar.clear();
        process.stderr.write(`${say.wrote(call.out)}\n`);
      }
      return new ImportVerb(call, folder, duplicates);
    } finally {
      bar.clear();
      interruption.forget();
    }
  },
};

const documentsOf = (points: readonly { readonly source: { readonly document: string } }[]): string[] =>
  points.map(({ source }) => source.document);
