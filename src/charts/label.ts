/** Two columns wide, as in a terminal: Chinese, Japanese, Korean, and full-width forms. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6\p{Extended_Pictographic}]$/u;
const mark = /^\p{M}$/u;

/**
 * What XML does not take (controls, halves of surrogate pairs, noncharacters) would fail the whole picture; format
 * characters would turn the text around.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]+/gu;

const columnsOfCharacter = (character: string): number => {
  if (mark.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
};

/** Columns of printable text, wide characters counting two. */
export const columnsOf = (text: string): number =>
  [...text].reduce((columns, character) => columns + columnsOfCharacter(character), 0);

/** About as wide as the font draws a text, in pixels. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((width, character) => {
    const em = columnsOf(character) === 2 ? 1 : /[ fijlrst.,'()]/.test(character) ? 0.34 : 0.56;
    return width + em * size;
  }, 0);

/**
 * Text from anywhere as one line that is only ever text, shortened with an ellipsis.
 *
 * @param columns how many columns it may take, the ellipsis included
 */
export function plainLabel(text: string, columns: number): string {
  // Twice the columns in characters bounds piles of accents too; four times covers what is dropped below.
  const characters = [...text.slice(0, columns * 8).replace(unprintable, " ")].slice(0, columns * 2);
  const line = characters.join("").replace(/\s+/g, " ").trim();
  const whole = text.length <= columns * 8 && [...text].length <= columns * 2;
  if (whole && columnsOf(line) <= columns) return line === "" ? "–" : line;
  let kept = "";
  let taken = 0;
  for (const character of line) {
    taken += columnsOfCharacter(character);
    if (taken > columns - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
