import { eastAsianWidth } from "get-east-asian-width";
import type { CodeFont } from "#src/adapters/chat/table";
import { codeText } from "./markdown.ts";

/** Code blocks of embeds: on a phone a line breaks behind 46 narrow characters. */
export const codeFont: CodeFont = {
  columns: 46,
  isWide: (character) => eastAsianWidth(character.codePointAt(0) ?? 0) === 2,
  code: codeText,
};
