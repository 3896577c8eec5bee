import { relative } from "node:path";
import { messagesFor } from "#core/messages/index";
import { type LintedQuestion, lintRubrics } from "#core/scoring/lint";
import { lintCollisions } from "#core/scoring/lint-collisions";
import { type Lack, type LintFinding, lacks } from "#core/scoring/lint-subject";
import { type ContentFault, faultAt, type SourceText } from "#src/content/fault";
import { glossariesOf, readSources, SHIPPED_CONTENT, type Sources } from "#src/content/library";
import type { PackFiles } from "#src/content/packs";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

/** A finding with its file as one would type it from here. */
type Placed = LintFinding & Pick<ContentFault, "line" | "column"> & { readonly source: string };

/** One thing to do before drafts are published, with all the places where it is to be done. */
interface ToDo {
  readonly lack: Lack;
  readonly what: string;
  readonly remedy: string;
  readonly places: readonly Placed[];
}

/** Places that a person is shown of each; a script gets all. */
const SHOWN = 3;

const placeOf = ({ source, line, column, question, point }: Placed): Fields => ({
  file: source,
  line,
  column,
  question: question ?? null,
  point: point ?? null,
});

class LintVerb implements Verb {
  readonly #sources: Sources;
  readonly #findings: readonly Placed[];
  readonly #toDo: readonly ToDo[];
  readonly #locale: Call["locale"];

  constructor({ pack = SHIPPED_CONTENT, locale }: Call) {
    this.#locale = locale;
    this.#sources = readSources(pack);
    const shared = this.#sources.glossary;
    // A pack elsewhere is read with Rehearsal's own glossary, which is not its author's to mend.
    const owned = shared.some(({ file }) => !relative(pack, file).startsWith(".."));
    const collisions = owned ? lintCollisions(shared.map(({ value }) => value)) : [];
    const found = [
      ...this.#sources.packs.flatMap((entry) => this.#findingsIn(entry)),
      ...collisions.map((finding) => this.#place(finding, shared)),
    ];
    this.#findings = found.filter(({ lack }) => lack === undefined);
    this.#toDo = this.#toDoIn(found);
  }

  /** What drafts are still without, each kind once. */
  #toDoIn(found: readonly Placed[]): readonly ToDo[] {
    const { rubric: say, drafting } = messagesFor(this.#locale);
    return lacks.flatMap((lack) => {
      const places = found.filter((finding) => finding.lack === lack);
      if (places.length === 0) return [];
      const { what, remedy } = say.lacks[lack];
      const mark = lack === "unwritten" ? drafting.toWrite : drafting.untranslated;
      return [{ lack, what: what(places.length), remedy: remedy(mark), places }];
    });
  }

  #findingsIn(pack: PackFiles): readonly Placed[] {
    const glossaries = glossariesOf(pack, this.#sources.glossary);
    const files = glossaries.map(({ value }) => value);
    const ruled = pack.questions.flatMap(({ question, rubric }): LintedQuestion[] =>
      rubric === undefined ? [] : [{ question: question.value, rubric: rubric.value }],
    );
    // Of the collisions those in which the pack's own glossary has a part: it stands behind the shared ones.
    const own =
      pack.glossary === undefined
        ? []
        : lintCollisions(files).filter(({ file }) => file === files.length - 1);
    return [...lintRubrics(ruled, files), ...own].map((finding) => this.#place(finding, glossaries));
  }

  #place(finding: LintFinding, glossaries: Sources["glossary"]): Placed {
    const { file, line, column } = faultAt(this.#fileOf(finding, glossaries), finding.path, finding.what);
    const near = relative(process.cwd(), file);
    return { ...finding, source: near.startsWith("..") ? file : near, line, column };
  }

  #fileOf({ file, question }: LintFinding, glossaries: Sources["glossary"]): SourceText {
    const entry = this.#sources.packs
      .flatMap((pack) => pack.questions)
      .find((files) => files.question.value.id === question);
    const source = typeof file === "number" ? glossaries[file] : entry?.[file];
    if (source === undefined) throw new Error(`the lint names a file that was not read: ${file}`);
    return source;
  }

  foundFault(): boolean {
    return this.#findings.length > 0;
  }

  answerLine(): Promise<Fields> {
    return Promise.reject(new Error("rubric lint answers no lines"));
  }

  async answerText(): Promise<Fields> {
    return {
      findings: this.#findings.map((finding) => ({
        ...placeOf(finding),
        what: finding.what,
        mend: finding.mend,
      })),
      todo: this.#toDo.map(({ lack, what, remedy, places }, at) => ({
        number: at + 1,
        lack,
        what,
        remedy,
        places: places.map((place) =>
          lack === "rule" ? { ...placeOf(place), what: place.what, mend: place.mend } : placeOf(place),
        ),
      })),
    };
  }

  async show(): Promise<string> {
    const faults = this.#findings.map(
      ({ source, line, column, question, point, what, mend }) =>
        `${source}:${line}:${column}  ${question === undefined ? "" : `${question} ${point}: `}${what}; ${mend}\n`,
    );
    return `${faults.join("")}${faults.length > 0 && this.#toDo.length > 0 ? "\n" : ""}${this.#shownToDo()}`;
  }

  #shownToDo(): string {
    if (this.#toDo.length === 0) return "";
    const { rubric: say } = messagesFor(this.#locale);
    const items = this.#toDo.flatMap(({ lack, what, remedy, places }, at) => [
      `${at + 1}. ${what}${this.#locale === "zh" ? "" : " "}${remedy}`,
      ...places
        .slice(0, SHOWN)
        .map(
          (place) =>
            `     ${place.source}:${place.line}:${place.column}  ${place.point ?? place.question ?? ""}${lack === "rule" ? `: ${place.what}; ${place.mend}` : ""}`,
        ),
      ...(places.length > SHOWN ? [`     ${say.more(places.length - SHOWN)}`] : []),
    ]);
    return `${[say.toDo, ...items, `${this.#toDo.length + 1}. ${say.last}`].join("\n")}\n`;
  }
}

export const rubric: VerbEntry = {
  usage: "rehearsal rubric lint [--pack DIR] [--json]",
  readsInput: () => false,
  misuse: (call, lines) => {
    if (call.words !== "lint") return "rubric takes one word, lint: rehearsal rubric lint";
    return lines ? "rubric lint reads no lines: give --json, or nothing" : null;
  },
  prepare: async (call) => new LintVerb(call),
};
