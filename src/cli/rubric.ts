import { relative } from "node:path";
import { type LintedQuestion, lintRubrics } from "#core/scoring/lint";
import { lintCollisions } from "#core/scoring/lint-collisions";
import type { LintFinding } from "#core/scoring/lint-subject";
import { type ContentFault, faultAt, type SourceText } from "#src/content/fault";
import { glossariesOf, readSources, SHIPPED_CONTENT, type Sources } from "#src/content/library";
import type { PackFiles } from "#src/content/packs";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

/** A finding with its file as one would type it from here. */
type Placed = LintFinding & Pick<ContentFault, "line" | "column"> & { readonly source: string };

class LintVerb implements Verb {
  readonly #sources: Sources;
  readonly #findings: readonly Placed[];

  constructor({ pack = SHIPPED_CONTENT }: Call) {
    this.#sources = readSources(pack);
    const shared = this.#sources.glossary;
    // A pack elsewhere is read with Rehearsal's own glossary, which is not its author's to mend.
    const owned = shared.some(({ file }) => !relative(pack, file).startsWith(".."));
    const collisions = owned ? lintCollisions(shared.map(({ value }) => value)) : [];
    this.#findings = [
      ...this.#sources.packs.flatMap((entry) => this.#findingsIn(entry)),
      ...collisions.map((finding) => this.#place(finding, shared)),
    ];
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
      findings: this.#findings.map(({ source, line, column, question = null, point = null, what, mend }) => ({
        file: source,
        line,
        column,
        question,
        point,
        what,
        mend,
      })),
    };
  }

  async show(): Promise<string> {
    return this.#findings
      .map(({ source, line, column, question, point, what, mend }) => {
        const of = question === undefined ? "" : `${question} ${point}: `;
        return `${source}:${line}:${column}  ${of}${what}; ${mend}\n`;
      })
      .join("");
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
