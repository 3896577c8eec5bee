import type { Bilingual } from "#core/language";
import type { Glossary } from "#core/scoring/glossary";
import type { RubricFile } from "#core/scoring/rubric";

/** Lines of a document from one to another, both included; the first line is 1. */
export type LineRange = readonly [number, number];

/** A key point as it was found in a document, in the document's language. */
export interface FoundPoint {
  readonly title: string;
  readonly statement: string;
  readonly lines: LineRange;
  readonly aliases: readonly string[];
  /** 1 to 5. */
  readonly weight: number;
  readonly section: string | null;
  /** The entries that it was joined out of, where those are several: one of them said is not all of it. */
  readonly parts?: readonly string[] | undefined;
  /** Where the document is known to be wrong: what is right. */
  readonly erratum?: Bilingual | undefined;
}

/** A line of an answer without its bullet and mark-up. */
export interface FoundLine {
  readonly number: number;
  readonly text: string;
}

export interface FoundQuestion {
  readonly title: string;
  readonly lines: LineRange;
  readonly points: readonly FoundPoint[];
  /** What its answer says beside its points. */
  readonly unused?: readonly FoundLine[] | undefined;
}

/** A document as it was read: every line that is not blank lies in a question or in `dropped`. */
export interface ReadDocument {
  readonly questions: readonly FoundQuestion[];
  readonly dropped: readonly { readonly lines: LineRange; readonly reason: string }[];
  /** The lines that the numbers count, as text; the first is line 1. */
  readonly lines: readonly string[];
  /** Of the file, in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** What a point's rules are drawn from. */
export interface RuledPoint extends FoundPoint {
  readonly id: string;
}

/** Reads documents, and draws grading rules from what was found in them; its libraries are loaded when it is used first. */
export interface Drafting {
  /**
   * @param name decides with the first bytes which format it is
   * @throws Refusal that says what is wrong with the file
   */
  read(name: string, bytes: Uint8Array): Promise<ReadDocument>;
  /** Rules by which answers can be graded before anybody has worked on them. */
  rules(id: string, title: string, points: readonly RuledPoint[]): Promise<RubricFile>;
  /** What the rules speak of. */
  glossary(): Glossary;
}
