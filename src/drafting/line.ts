/** How a line is numbered: the look of its marker, not its number. */
export type MarkerStyle =
  | "asked"
  | "term"
  | "1、"
  | "1."
  | "1)"
  | "(1)"
  | "1.1"
  | "一、"
  | "(一)"
  | "第1"
  | "①"
  | "I."
  | "a)"
  | "(a)"
  | "1 "
  | "Case 1"
  | "•";

/** What stands before a line's words: a number, a bullet, `Q3:`. */
export interface Marker {
  readonly style: MarkerStyle;
  /** The number, the last one of `2.3`; null for bullets. */
  readonly value: number | null;
  /** How many numbers it has: 2 for `2.3`. */
  readonly depth: number;
}

export type LineKind = "blank" | "heading" | "item" | "text" | "code" | "table" | "furniture";

/** One line of a document, in whatever format it came. */
export interface Line {
  /** From 1, in the file as given. */
  readonly number: number;
  readonly kind: LineKind;
  /** Columns of white space before it; a tab counts to the next multiple of four. */
  readonly indent: number;
  /** 1 to 6 of a heading; 0 of every other line. */
  readonly level: number;
  readonly marker: Marker | null;
  /** Whether all its words are bold. */
  readonly bold: boolean;
  /** The bold words that it begins with, if not all are. */
  readonly lead: string | null;
  /** Whether it sets some of its other words in bold. */
  readonly stressed: boolean;
  /** Whether all its words are in italics. */
  readonly italic?: true;
  /** Whether it is set apart as a quotation. */
  readonly quoted?: true;
  /** Whether it is something that is still to be done: [ ]. */
  readonly undone?: true;
  /** Its words without marker and inline mark-up. */
  readonly text: string;
}

/** Lines from one to another, both included. */
export type LineRange = readonly [number, number];
