import { isDigit, isHan, isWordCode } from "./letters.ts";

/** A stretch of the normalised text that says one thing; `sentence` counts up at full stops and line ends. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  /** Ended by a question mark. */
  readonly asked: boolean;
}

const SENTENCE_ENDS = new Set("。!?;\n！？；…");
const CLAUSE_ENDS = new Set(",，、|");

/** Words that open a new thought in speech without any stop; `sentence` ones cut as a full stop does. */
const OPENERS: readonly { readonly word: string; readonly sentence: boolean }[] = [
  { word: "但是", sentence: false },
  { word: "但", sentence: false },
  { word: "而不是", sentence: false },
  { word: "而非", sentence: false },
  { word: "然而", sentence: false },
  { word: "反而", sentence: false },
  { word: "而是", sentence: false },
  { word: "其实", sentence: false },
  { word: "可是", sentence: false },
  { word: "不过", sentence: false },
  { word: "然后", sentence: true },
  { word: "还有", sentence: true },
  { word: "再有", sentence: true },
  { word: "另外", sentence: true },
  { word: "此外", sentence: true },
  { word: "第一", sentence: true },
  { word: "第二", sentence: true },
  { word: "第三", sentence: true },
  { word: "第四", sentence: true },
  { word: "but ", sentence: false },
  { word: "however", sentence: false },
  { word: "instead of", sentence: false },
  { word: "rather than", sentence: false },
  { word: "as opposed to", sentence: false },
  { word: "whereas", sentence: false },
  { word: "while ", sentence: false },
  { word: "not the other", sentence: false },
];

const BY_FIRST = new Map<string, { readonly word: string; readonly sentence: boolean }[]>();
for (const opener of OPENERS) {
  const first = opener.word.charAt(0);
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), opener]);
}

function openerAt(
  text: string,
  at: number,
): { readonly word: string; readonly sentence: boolean } | undefined {
  const candidates = BY_FIRST.get(text.charAt(at));
  if (candidates === undefined) return undefined;
  if (isWordCode(text.charCodeAt(at)) && at > 0 && isWordCode(text.charCodeAt(at - 1))) return undefined;
  return candidates.find((opener) => text.startsWith(opener.word, at));
}

/** A dot ends a sentence only outside numbers, versions and identifiers. */
function dotEnds(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (Number.isNaN(next) || next === 32 || next === 10 || isHan(next)) {
    const before = text.slice(Math.max(0, at - 3), at);
    // A list marker such as "1." at the start of a line begins a point, which is an end as well.
    return before !== "e.g" && before !== "i.e" && !before.endsWith(" vs") && before !== "etc";
  }
  return !isWordCode(next) && next !== 46 && !isDigit(text.charCodeAt(at - 1));
}

/** A colon splits a label from what it says, but not a setting from its value. */
function labelEnds(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1) === 32 ? text.charCodeAt(at + 2) : text.charCodeAt(at + 1);
  return !isDigit(next) && next !== 47;
}

/** Splits a normalised text into clauses; commas inside brackets do not split. */
export function splitClauses(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let sentence = 0;
  let depth = 0;
  /** Where a sentence opens with a bracket, it ends with it: "[note] …". */
  let opened = false;
  const cut = (to: number, asked: boolean) => {
    let start = from;
    let end = to;
    while (start < end && !isSpeech(text.charCodeAt(start))) start += 1;
    while (end > start && isGap(text.charCodeAt(end - 1))) end -= 1;
    if (end > start) stretches.push({ start, end, sentence, asked });
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (unit === "(" || unit === "[") {
      if (depth === 0) opened = unit === "[" && text.slice(from, at).trim() === "";
      depth = Math.min(depth + 1, 8);
    } else if (unit === ")" || unit === "]") depth = Math.max(depth - 1, 0);
    const ends =
      (unit === "]" && depth === 0 && opened) ||
      SENTENCE_ENDS.has(unit) ||
      (unit === "." && dotEnds(text, at));
    if (
      ends ||
      (depth === 0 && CLAUSE_ENDS.has(unit)) ||
      (unit === "-" && text.charAt(at + 1) === "-") ||
      (unit === ":" && labelEnds(text, at))
    ) {
      cut(at, unit === "?" || unit === "？");
      from = at + 1;
      if (ends) {
        sentence += 1;
        depth = 0;
      }
      continue;
    }
    const opener = at > from ? openerAt(text, at) : undefined;
    if (opener !== undefined) {
      cut(at, false);
      from = at;
      if (opener.sentence) sentence += 1;
      at += opener.word.length - 1;
    }
  }
  cut(text.length, false);
  return stretches;
}

function isGap(code: number): boolean {
  return code === 32 || code === 10;
}

function isSpeech(code: number): boolean {
  return isWordCode(code) || code > 127 || code === 60 || code === 62;
}
