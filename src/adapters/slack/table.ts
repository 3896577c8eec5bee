import { eastAsianWidth } from "get-east-asian-width";
import { plainText } from "#src/adapters/chat/plain-text";
import type { CodeFont } from "#src/adapters/chat/table";

/** Preformatted text: on a phone a line breaks behind 46 narrow characters. Nothing in it is read as markup. */
export const codeFont: CodeFont = {
  columns: 46,
  isWide: (character) => eastAsianWidth(character.codePointAt(0) ?? 0) === 2,
  code: plainText,
};
