import { page as en } from "#core/messages/en/page";
import { page as zh } from "#core/messages/zh/page";
import { keep, recall } from "./memory.ts";

export type Locale = "zh" | "en";
const sentences: Record<Locale, typeof en> = { en, zh };

const isLocale = (value: string | null | undefined): value is Locale => value === "zh" || value === "en";

/** What was chosen here before; else Chinese where the server or the browser speaks it. */
function firstLocale(): Locale {
  const chosen = recall("locale");
  if (isLocale(chosen)) return chosen;
  const speaksChinese =
    document.documentElement.dataset.locale === "zh" || navigator.language.startsWith("zh");
  return speaksChinese ? "zh" : "en";
}

let current = firstLocale();

export const locale = (): Locale => current;
export const say = (): typeof en => sentences[current];

export function choose(value: string): void {
  if (!isLocale(value)) return;
  current = value;
  keep("locale", value);
}

/** A deadline in the reader's own zone, with the zone's name. */
export const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(current === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(at);

export const number = (value: number): string => value.toLocaleString("en");
