/** Ends of lines that only some programs know. */
const lineEnds = new RegExp(["\\r\\n?", "[\\u0085\\u2028\\u2029\\v\\f]"].join("|"), "gu");

/**
 * Characters that show nothing, turn the direction of what follows, or stand for what is not there. A joiner between
 * pictographs and the selector behind one stay: without them an emoji falls apart.
 */
const unseen = new RegExp(
  [
    // First what few characters pass.
    "(?=[\\p{Cc}\\p{Co}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800\\ufff9-\\ufffb])",
    "(?!(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic}))",
    "(?!(?<=\\p{Extended_Pictographic})\\ufe0f)",
    "[^\\n\\t]",
  ].join(""),
  "gu",
);

/** More marks than any script stacks on one letter. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** More than one empty line in a row. */
const emptyLines = /\n(?:[^\S\n]*\n){2,}/gu;

/**
 * A text of one or more lines as it may be shown: what cannot be seen, what steers its surroundings and piles of
 * accents are gone. Nothing in it is escaped: for places where a platform reads no markup.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(lineEnds, "\n")
    .replace(unseen, "")
    .replace(piledMarks, "$1")
    .replace(emptyLines, "\n\n")
    .replace(/^(?:[^\S\n]*\n)+/u, "")
    .trimEnd();

/** The same in one line. */
export const plainLine = (text: string): string => plainText(text).replace(/\s+/gu, " ").trim();

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The longest beginning of at most so many UTF-16 code units that cuts no character in two. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  // A segmenter reads all that it is given: the character after the cut is enough.
  const character = graphemes.segment(text.slice(0, most + 8)).containing(most);
  const whole = character === undefined || character.index === 0 ? most : character.index;
  return text.slice(0, whole).replace(/[\ud800-\udbff]$/u, "");
}

/** One line of plain text that fits, with an ellipsis where it was cut. */
export function cutLine(text: string, most: number): string {
  const line = plainLine(text);
  return line.length <= most ? line : `${beginningOf(line, most - 1).trimEnd()}…`;
}
