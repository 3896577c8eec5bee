import { splitClauses } from "./clauses.ts";
import { BLOCKED, type EntryType, type Glossary, type GlossaryEntry } from "./glossary.ts";
import { isWide } from "./letters.ts";
import type { Found, Gap, Lexicon } from "./lexicon.ts";
import type { Normalised } from "./normalise.ts";

export interface Token {
  readonly meaning: number;
  readonly type: EntryType;
  readonly start: number;
  readonly end: number;
  /** Repeated from the question: it may set the scene but says nothing. */
  readonly masked: boolean;
  /** A pattern laid over other entries. */
  readonly overlay: boolean;
  readonly gaps?: readonly Gap[];
  /** 1 grows, -1 shrinks, 0 nothing said; filled by `resolveDirections`. */
  direction: number;
  /** The subject that the token is said of, or -1; filled by `resolveSubjects`. */
  subject: number;
  /** The subject stands in the same clause, so that it can be held against the answer. */
  firm: boolean;
}

export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly tokens: Token[];
  readonly of: Map<number, Token[]>;
  readonly asked: boolean;
  /** Opens with "rather than": what it says is turned away from. */
  readonly rejected: boolean;
  /** What somebody believed, not what the answer holds. */
  readonly believed: boolean;
  /** Opens a correction of what came before. */
  readonly corrects: boolean;
}

/** A text cut into clauses whose words are known. */
export interface Reading {
  readonly text: Normalised;
  /** Width of the text before each unit: a Chinese letter says as much as three Latin ones. */
  readonly widths: Float64Array;
  readonly clauses: readonly Clause[];
}

export function widthsOf(text: string): Float64Array {
  const widths = new Float64Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    widths[at + 1] = (widths[at] ?? 0) + (isWide(text.charCodeAt(at)) ? 3 : 1);
  }
  return widths;
}

export interface Lexicons {
  readonly glossary: Glossary;
  /** The question's own phrases, numbered on from the glossary's entries. */
  readonly phrases: Lexicon;
}

/** `fp16: false` proposes nothing. */
const SWITCHED_OFF = /^ ?[:=] ?(?:false|off|no|none|null|disabled)(?![a-z])/;

/** 用不用, 有没有: a choice, in which nothing is denied. */
const isChoice = (text: string, { start }: Found): boolean =>
  (text.charAt(start) === "不" && text.charAt(start - 1) === text.charAt(start + 1)) ||
  text.startsWith("有没有", start - 1);

const PHRASE: GlossaryEntry = { id: "phrase", type: "concept", topics: [], quantity: false };

/**
 * Reads a normalised text.
 *
 * @param isMasked says for each unit whether it only repeats the question
 */
export function read(text: Normalised, lexicons: Lexicons, isMasked: (at: number) => boolean): Reading {
  const { entries, lexicon } = lexicons.glossary;
  const tokens: Token[] = [];
  const take = (found: Found, overlay: boolean) => {
    if (found.meaning === BLOCKED) return;
    if (SWITCHED_OFF.test(text.text.slice(found.end, found.end + 10))) return;
    const entry = entries[found.meaning] ?? PHRASE;
    if ((entry.type === "not" || entry.type === "needless") && isChoice(text.text, found)) return;
    const masked = isMasked(found.start) && isMasked(found.end - 1);
    tokens.push({ ...found, type: entry.type, masked, overlay, direction: 0, subject: -1, firm: false });
  };
  const general = lexicon.scan(text.text);
  for (const found of general.entries) take(found, false);
  for (const found of general.overlays) take(found, true);
  const own = lexicons.phrases.scan(text.text);
  for (const found of own.entries) take(found, true);
  for (const found of own.overlays) take(found, true);
  tokens.sort((one, other) => one.start - other.start || other.end - one.end);

  const clauses: Clause[] = [];
  let next = 0;
  for (const stretch of splitClauses(text.text)) {
    const inside: Token[] = [];
    while (next < tokens.length) {
      const token = tokens[next];
      if (token === undefined || token.start >= stretch.end) break;
      if (token.start >= stretch.start) inside.push(token);
      next += 1;
    }
    clauses.push(toClause(stretch, inside));
  }
  return { text, widths: widthsOf(text.text), clauses };
}

function toClause(
  stretch: { start: number; end: number; sentence: number; asked: boolean },
  tokens: Token[],
): Clause {
  const of = new Map<number, Token[]>();
  let asked = stretch.asked;
  let believed = false;
  let corrects = false;
  for (const token of tokens) {
    const known = of.get(token.meaning);
    if (known === undefined) of.set(token.meaning, [token]);
    else known.push(token);
    if (token.type === "question") asked = true;
    else if (token.type === "belief") believed = true;
    else if (token.type === "correct") corrects = true;
  }
  const first = tokens.find((token) => !token.overlay);
  const rejected = first !== undefined && first.type === "reject" && first.start - stretch.start <= 2;
  return {
    start: stretch.start,
    end: stretch.end,
    sentence: stretch.sentence,
    tokens,
    of,
    asked,
    rejected,
    believed,
    corrects,
  };
}
