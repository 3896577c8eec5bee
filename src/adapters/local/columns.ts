import { eastAsianWidth } from "get-east-asian-width";

/** Accents and other marks stand on the character before them. */
const mark = /^\p{M}$/u;

/** How many columns a terminal gives to printable text; a Chinese character takes two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (mark.test(character)) continue;
    columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return columns;
}
