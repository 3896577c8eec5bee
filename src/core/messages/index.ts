import type { Locale } from "#core/language";
import { messages as en } from "./en/index.ts";
import { messages as zh } from "./zh/index.ts";

/** Every sentence that Rehearsal can say, by area. A sentence missing in one language does not compile. */
export type Messages = typeof en;

const byLocale: Readonly<Record<Locale, Messages>> = { en, zh };

/** The sentences in one language. */
export const messagesFor = (locale: Locale): Messages => byLocale[locale];
