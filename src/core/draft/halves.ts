import { z } from "zod";
import type { Bilingual, Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";

const LONGEST = 4000;
const half = z.string().trim().min(1).max(LONGEST).nullable();

/** A text in one language or both: what nobody has translated is null, and not made up. */
export const halvesSchema = z
  .strictObject({ zh: half, en: half })
  .refine(({ zh, en }) => zh !== null || en !== null, {
    error: "a text is written in one language at least",
  });
export type Halves = Readonly<z.infer<typeof halvesSchema>>;

/** The language that a text is written in, as far as one can see. */
export const languageIn = (text: string): Locale => (/\p{Script=Han}/u.test(text) ? "zh" : "en");

/** A text in the language that it is written in. */
export const halvesOf = (text: string): Halves =>
  languageIn(text) === "zh" ? { zh: text, en: null } : { zh: null, en: text };

/** A text with one half written anew. */
export const withHalf = (halves: Halves, locale: Locale, text: string): Halves => ({
  ...halves,
  [locale]: text,
});

/** The text as it is written: in the reader's language where there is that, else in the other. */
export const written = ({ zh, en }: Halves, locale: Locale): string =>
  (locale === "zh" ? (zh ?? en) : (en ?? zh)) ?? "";

/** The language in which a text was written first, which the rules are drawn from. */
export const ownLanguage = ({ zh }: Halves): Locale => (zh === null ? "en" : "zh");

export const isTranslated = ({ zh, en }: Halves): boolean => zh !== null && en !== null;

/** As members read it: in a language that it is not written in it stands as it is, with a mark before it. */
export function marked(halves: Halves): Bilingual {
  const of = (locale: Locale): string => {
    const own = halves[locale];
    if (own !== null) return own;
    const mark = messagesFor(locale).drafting.untranslated;
    return `${mark}${locale === "zh" ? "" : " "}${written(halves, locale)}`;
  };
  return { zh: of("zh"), en: of("en") };
}
