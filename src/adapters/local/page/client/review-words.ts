import { review as en } from "#core/messages/en/review";
import { review as zh } from "#core/messages/zh/review";
import { locale } from "./locale.ts";

const sentences = { en, zh };

export const words = (): typeof en => sentences[locale()];
