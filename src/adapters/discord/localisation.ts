import type { Bilingual } from "#core/language";
import { cutLine } from "#src/adapters/chat/plain-text";
import { LIMITS } from "./limits.ts";

/** Says in the Chinese of Taiwan what is written in simplified Chinese. */
export type Taiwan = (text: string) => string;

/** A text in the three languages in which commands are registered. */
export const localised = (
  text: Bilingual,
  taiwan: Taiwan,
  shorten: (text: string) => string,
): Readonly<Record<"en-US" | "zh-CN" | "zh-TW", string>> => ({
  "en-US": shorten(text.en),
  "zh-CN": shorten(text.zh),
  "zh-TW": shorten(taiwan(text.zh)),
});

export const description = (text: string): string => cutLine(text, LIMITS.commandDescription) || "…";

/** A name of an option: Discord takes lower case, letters, digits, `-` and `_`. */
export const optionName = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .trim()
    .replace(/\s+/gu, "_")
    .replace(/[^\p{L}\p{N}_-]/gu, "")
    .slice(0, LIMITS.commandName);
