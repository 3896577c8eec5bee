import { columnsOf } from "./columns.ts";

const wide =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uffef";

/** One unbreakable piece: blanks, a single wide character, or a run of anything else. */
const pieces = new RegExp(`\\s+|[${wide}]|[^\\s${wide}]+`, "gu");

/** Marks that no line may begin with in Chinese typesetting. */
const neverFirst = /^[，。、；：？！）》」』”’…％]/u;

/** Control and format characters, and halves of surrogate pairs: a terminal would obey them or reorder the text around. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Text from anywhere, made safe to print: a quoted escape sequence is shown as nothing, never obeyed. */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replaceAll("\t", "  ")
    .replace(unprintable, (character) => (character === "\n" ? "\n" : ""));

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const [piece] of line.matchAll(pieces)) {
    const fits = columnsOf(current) + columnsOf(piece) <= width;
    if (fits || current === "" || neverFirst.test(piece)) {
      current += piece;
    } else {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    }
  }
  lines.push(current.trimEnd());
  return lines;
}

/**
 * Breaks text into lines at blanks and between Chinese characters.
 *
 * @param width columns a line may take, wide characters counting two; a longer Latin word stands alone
 */
export function wrap(text: string, width: number): string[] {
  return printable(text)
    .split("\n")
    .flatMap((line) => wrapLine(line, width));
}

/** Pads to a width in columns, so that tables with Chinese text line up. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - columnsOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}
