import { isHan, isWordCode } from "./letters.ts";

/** A run this long that the question shares is an echo: Chinese letters, or Latin words. */
const HAN_RUN = 6;
const WORD_RUN = 4;

/** A Chinese letter or a Latin word of a text. */
export interface Unit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly han: boolean;
}

/** The letters of a text that carry meaning: Chinese ones singly, Latin ones as words; blanks and stops fall away. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isHan(code)) units.push({ text: text.charAt(at), start: at, end: at + 1, han: true });
    else if (isWordCode(code)) {
      let end = at + 1;
      while (end < text.length && isWordCode(text.charCodeAt(end))) end += 1;
      units.push({ text: text.slice(at, end), start: at, end, han: false });
      at = end - 1;
    }
  }
  return units;
}

/** Length of a run that counts as an echo when it begins at a unit: words weigh more than single letters. */
function runLength(units: readonly Unit[], from: number): number {
  let weight = 0;
  for (let at = from; at < units.length; at += 1) {
    weight += units[at]?.han === true ? 1 / HAN_RUN : 1 / WORD_RUN;
    if (weight > 0.999) return at - from + 1;
  }
  return 0;
}

function gram(units: readonly Unit[], from: number, length: number): string {
  let joined = "";
  for (let at = from; at < from + length; at += 1) joined += `${units[at]?.text ?? ""} `;
  return joined;
}

/** Every run of the normalised texts that is long enough to be an echo. */
export function gramsOf(texts: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (const text of texts) {
    const units = unitsOf(text);
    for (let from = 0; from < units.length; from += 1) {
      const length = runLength(units, from);
      if (length === 0) continue;
      grams.add(gram(units, from, length));
      // Where a run may begin: most letters of an answer begin none.
      grams.add(units[from]?.text ?? "");
    }
  }
  return grams;
}

export interface QuestionMask {
  readonly isMasked: (at: number) => boolean;
  /** Share of the text's letters and words that only repeat the question, 0 to 1. */
  readonly share: number;
}

/** Marks what an answer, given by its units, merely repeats from its question. */
export function maskQuestion(units: readonly Unit[], grams: ReadonlySet<string>): QuestionMask {
  const masked = new Uint8Array(units.at(-1)?.end ?? 0);
  const echoed = new Uint8Array(units.length);
  for (let from = 0; from < units.length; from += 1) {
    if (!grams.has(units[from]?.text ?? "")) continue;
    const length = runLength(units, from);
    if (length === 0 || !grams.has(gram(units, from, length))) continue;
    echoed.fill(1, from, from + length);
    masked.fill(1, units[from]?.start ?? 0, units[from + length - 1]?.end ?? 0);
  }
  let weight = 0;
  let total = 0;
  for (const [at, unit] of units.entries()) {
    const size = unit.han ? 1 : 1.5;
    total += size;
    if (echoed[at] === 1) weight += size;
  }
  return { isMasked: (at) => masked[at] === 1, share: total === 0 ? 0 : weight / total };
}
