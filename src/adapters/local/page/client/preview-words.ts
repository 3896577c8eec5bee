import { preview as en } from "#core/messages/en/preview";
import { preview as zh } from "#core/messages/zh/preview";
import { locale } from "./locale.ts";

const sentences: Record<"zh" | "en", typeof en> = { en, zh };

/** What the page of previews says, in the reader's language. */
export const words = (): typeof en => sentences[locale()];
