import type { Block } from "#core/reply";
import { plainLine } from "./plain-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** What a platform's code block is like. */
export interface CodeFont {
  /** Narrow characters of a line before a phone breaks it. */
  readonly columns: number;
  /** Whether a character takes the room of two. */
  isWide(character: string): boolean;
  /** A text as it may stand in a code block. */
  code(text: string): string;
}

/** Between two columns. */
const GAP = 2;
/** Less room than this for the last column makes its text a ladder. */
const LEAST_ROOM = 14;

interface Extent {
  readonly wide: number;
  readonly narrow: number;
}

const NOTHING: Extent = { wide: 0, narrow: 0 };

const mark = /^\p{M}$/u;

function extentOf(text: string, { isWide }: CodeFont): Extent {
  let wide = 0;
  let narrow = 0;
  for (const character of text) {
    if (mark.test(character)) continue;
    if (isWide(character)) wide += 1;
    else narrow += 1;
  }
  return { wide, narrow };
}

const columnsOf = ({ wide, narrow }: Extent): number => 2 * wide + narrow;

/**
 * A cell and the gap behind it. Chinese characters are seldom exactly two Latin ones wide in a code font: a
 * column therefore gets as many wide blanks as it lacks wide characters and as many narrow ones as it lacks narrow
 * ones, and is straight in any font. Beside a wide blank browsers draw Chinese punctuation at half its width: a narrow
 * one stands between the two.
 */
function cell(text: string, to: Extent, align: "left" | "right", font: CodeFont): string {
  const { wide, narrow } = extentOf(text, font);
  const [wideBlanks, blanks] = ["\u3000".repeat(to.wide - wide), " ".repeat(to.narrow - narrow)];
  return align === "left" ? `${text}${blanks} ${wideBlanks} ` : `${wideBlanks}${blanks}${text}  `;
}

/** Words of a text in lines of at most so many columns; a word that is longer is broken. */
function wrap(text: string, room: number, font: CodeFont): string[] {
  const lines: string[] = [];
  let line = "";
  // A Chinese character is a word; blanks stay with the word before.
  for (const [word] of text.matchAll(/[^\s\p{sc=Han}]{1,14}\s*|\p{sc=Han}\s*/gu)) {
    if (line !== "" && columnsOf(extentOf(line + word.trimEnd(), font)) > room) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

export interface DrawnTable {
  readonly head: string;
  readonly rows: readonly string[];
}

/**
 * A table for a code block: its heading, and lines for its rows; the last column goes on below itself where a line
 * would be too long. Null where the columns before it leave no room for that.
 */
export function drawTable({ columns, rows }: Table, font: CodeFont): DrawnTable | null {
  const cells = [columns.map(({ label }) => label), ...rows].map((row) =>
    columns.map((_, at) => font.code(plainLine(row[at] ?? ""))),
  );
  const extents = columns.map((_, at): Extent => {
    const all = cells.map((row) => extentOf(row[at] ?? "", font));
    return {
      wide: Math.max(...all.map(({ wide }) => wide)),
      narrow: Math.max(...all.map(({ narrow }) => narrow)),
    };
  });
  const last = columns.length - 1;
  const before = extents.slice(0, last).reduce((sum, extent) => sum + columnsOf(extent) + GAP, 0);
  const room = font.columns - before;
  const whole = columnsOf(extents[last] ?? NOTHING) <= room;
  if (!whole && (room < LEAST_ROOM || columns[last]?.align === "right")) return null;
  const lines = cells.map((row) => {
    const drawn = columns.map(({ align }, at) => cell(row[at] ?? "", extents[at] ?? NOTHING, align, font));
    const head = drawn.slice(0, last).join("");
    const tail = whole ? [drawn[last] ?? ""] : wrap(row[last] ?? "", room, font);
    const indent = extents.slice(0, last).map((extent) => cell("", extent, "left", font));
    return tail.map((text, at) => ((at === 0 ? head : indent.join("")) + text).trimEnd()).join("\n");
  });
  return { head: lines[0] ?? "", rows: lines.slice(1) };
}
