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

/** What is said here, as markup names it. */
export const language = (): string => (current === "zh" ? "zh-CN" : "en");
const dialect = (): string => (current === "zh" ? "zh-CN" : "en-GB");

/** `14:10` in the reader's own zone. */
export const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(dialect(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** How far a zone is from UTC at an instant; the reader's own where none is named. */
const offset = (at: number, timeZone?: string): string | undefined =>
  new Intl.DateTimeFormat("en-GB", {
    timeZoneName: "shortOffset",
    ...(timeZone === undefined ? {} : { timeZone }),
  })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;

/** The zone in which the team's day begins. */
let home: string | undefined;

export function setHomeZone(zone: string | undefined): void {
  home = zone;
}

/** An instant in the reader's own zone, which is named where the team's clocks show another time. */
export function timeOf(at: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(dialect(), options).format(at);
  const [day, weekday] = [part({ month: "short", day: "numeric" }), part({ weekday: "short" })];
  const date = current === "zh" ? `${day} ${weekday}` : `${weekday} ${day}`;
  const own = offset(at);
  const zone = home === undefined || own === undefined || offset(at, home) === own ? "" : say().inZone(own);
  return `${date} ${clockTime(at)}${zone}`;
}

/** Sentences one after the other; Chinese has no blank between them. */
export const joined = (...sentences: readonly string[]): string =>
  sentences.filter((sentence) => sentence !== "").join(current === "zh" ? "" : " ");

export const number = (value: number): string => value.toLocaleString("en");
