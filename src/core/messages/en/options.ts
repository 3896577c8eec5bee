const allowedWords = (allowed: readonly string[]): string => {
  const shown = allowed.slice(0, 24).join(", ");
  return allowed.length === 0 ? "" : ` Allowed: ${shown}${allowed.length > 24 ? ", …" : ""}.`;
};

/** A long word is shown by its head; the member knows the rest. */
const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const options = {
  unknownPart: (part: string, suggestion: string | null): string =>
    `I don't know “${short(part)}”.${suggestion === null ? " Write options as key=value, for example bs=4." : ` Did you mean “${suggestion}”?`}`,
  badValue: (option: string, given: string, allowed: readonly string[], suggestion: string | null): string =>
    given === ""
      ? `${option} needs a value.${allowedWords(allowed)}`
      : `“${short(given)}” is not a value for ${option}.${suggestion === null ? "" : ` Did you mean “${suggestion}”?`}${allowedWords(allowed)}`,
  missing: (option: string): string => `${option} is missing.`,
  notANumber: (option: string, given: string): string => `${option} takes a number, not “${short(given)}”.`,
  tooSmall: (option: string, given: string, least: number): string =>
    `${option} is ${short(given)}; the least it can be is ${least}.`,
  tooBig: (option: string, given: string, most: number): string =>
    `${option} is ${short(given)}; the most it can be is ${most}.`,
  tooManyWords: (count: number, most: number): string =>
    `That is ${count} words; a command takes ${most} at most. Was it meant for another command?`,
  tooLong: (length: number, most: number): string =>
    `That is ${length} characters; this command takes ${most} at most. Was it meant for another command?`,
};
