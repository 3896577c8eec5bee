import type { Allowed } from "#core/option-values";

const figure = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 20 });

function numbers({ range }: Allowed): string {
  if (range === null) return "";
  const { whole, least, most } = range;
  const kind = whole ? "a whole number" : "a number";
  if (least !== null && most !== null) return `${kind} from ${figure(least)} to ${figure(most)}`;
  return least === null ? kind : `${kind} from ${figure(least)}`;
}

function takes(allowed: Allowed): string {
  const { choices } = allowed;
  const words = choices.slice(0, 24).join(", ") + (choices.length > 24 ? ", …" : "");
  return [words, numbers(allowed)].filter((part) => part !== "").join(", or ");
}

const sentence = (allowed: Allowed): string => (takes(allowed) === "" ? "" : ` It takes ${takes(allowed)}.`);

/** A long word is shown by its head; the member knows the rest. */
const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const options = {
  /** What an option takes, as a phrase; empty where it takes any text. */
  takes,
  unknownPart: (part: string, suggestion: string | null): string =>
    `I don't know “${short(part)}”.${suggestion === null ? " Write options as key=value, for example bs=4." : ` Did you mean “${suggestion}”?`}`,
  badValue: (option: string, given: string, allowed: Allowed, suggestion: string | null): string =>
    given === ""
      ? `${option} needs a value.${sentence(allowed)}`
      : `“${short(given)}” is not a value for ${option}.${suggestion === null ? "" : ` Did you mean “${suggestion}”?`}${sentence(allowed)}`,
  missing: (option: string): string => `${option} is missing.`,
  tooSmall: (option: string, given: string, least: number): string =>
    `${option} is ${short(given)}; the least it can be is ${least}.`,
  tooBig: (option: string, given: string, most: number): string =>
    `${option} is ${short(given)}; the most it can be is ${most}.`,
  tooManyWords: (count: number, most: number): string =>
    `That is ${count} words; a command takes ${most} at most. Was it meant for another command?`,
  tooLong: (length: number, most: number): string =>
    `That is ${length} characters; this command takes ${most} at most. Was it meant for another command?`,
};
