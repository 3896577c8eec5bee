import type { NumberRange, OptionSpec } from "./options.ts";

export interface Allowed {
  readonly choices: readonly string[];
  readonly range: NumberRange | null;
}

const yes = new Set(["true", "yes", "on", "1", "y", "是", "开", "启用", "有"]);
const no = new Set(["false", "no", "off", "0", "n", "否", "关", "不", "无", "禁用"]);

const steps = { tokens: 1024, count: 1000 } as const;
const powers: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, b: 3, g: 3, t: 4 };

/** A number as people type it: `4`, `0.5`, `1e-4`, and with a scale `2k`, `7b`. */
function readNumber(word: string, scale: "tokens" | "count" | undefined): number | undefined {
  const parts = /^([+-]?\d{1,18}(?:\.\d{1,18})?(?:e[+-]?\d{1,3})?)([a-z]?)$/i.exec(word);
  if (parts === null) return undefined;
  const unit = (parts[2] ?? "").toLowerCase();
  const power = powers[unit];
  if (power === undefined || (unit !== "" && scale === undefined)) return undefined;
  const number = Number(parts[1]) * (scale === undefined ? 1 : steps[scale] ** power);
  return Number.isFinite(number) ? number : undefined;
}

/** Every word that stands for one of the option's values, lower case, with the value. */
export function wordsOf(spec: OptionSpec): ReadonlyMap<string, string | boolean> {
  const words = new Map<string, string | boolean>();
  for (const choice of spec.choices) words.set(choice.toLowerCase(), choice);
  for (const [value, others] of Object.entries(spec.meta.words ?? {})) {
    const isBoolean = !spec.choices.includes(value) && (value === "true" || value === "false");
    for (const other of others) words.set(other.toLowerCase(), isBoolean ? value === "true" : value);
  }
  return words;
}

/** What an option takes, for a person: its choices as they are written, true and false, or a range of numbers. */
export const allowedFor = (spec: OptionSpec): Allowed => ({
  choices: [...spec.choices, ...(spec.kinds.has("boolean") ? ["true", "false"] : [])],
  range: spec.range,
});

/**
 * Reads one typed word as the option's value.
 *
 * @returns the value for zod to judge, or undefined where the word cannot be one; a number out of range or a
 *   word of no choice is left to zod for options that take numbers or text
 */
export function readValue(spec: OptionSpec, word: string): unknown {
  const lower = word.toLowerCase();
  if (spec.kinds.has("list")) {
    const words = wordsOf(spec);
    return lower
      .split(/[,+/、，]/u)
      .filter((item) => item !== "")
      .map((item) => words.get(item) ?? item);
  }
  const choice = wordsOf(spec).get(lower);
  if (choice !== undefined) return choice;
  if (spec.kinds.has("number")) {
    const number = readNumber(word, spec.meta.scale);
    if (number !== undefined) return number;
  }
  if (spec.kinds.has("boolean")) {
    if (yes.has(lower)) return true;
    if (no.has(lower)) return false;
  }
  if (spec.kinds.has("text")) return word;
  return undefined;
}
