import { z } from "zod";

/** The languages in which every sentence exists. */
export const localeSchema = z.enum(["zh", "en"]);
export type Locale = z.infer<typeof localeSchema>;

/** The same text in both languages; content that has only one of them does not load. */
export const bilingualSchema = z.strictObject({
  zh: z.string().trim().min(1),
  en: z.string().trim().min(1),
});
export type Bilingual = z.infer<typeof bilingualSchema>;
