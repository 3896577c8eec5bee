import { isDigit, isHan, isLatinLetter } from "./letters.ts";
import type { Clause, Reading } from "./reading.ts";

/**
 * What a trained reader looks at in a stretch of text, as hashes: short runs of letters and words, and the concepts of
 * the glossary with their direction, negation, subject and neighbours.
 */
export interface Features {
  readonly letters: ReadonlySet<number>;
  readonly concepts: ReadonlySet<number>;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const mix = (hash: number, code: number): number => Math.imul(hash ^ code, FNV_PRIME);

/** FNV-1a over UTF-16 units: the same number on every machine. */
export function fnvOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash >>> 0;
}

const kind = (name: string): number => fnvOf(name);
const HAN_RUN = kind("han");
const WORD = kind("word");
const PAIR_OF_WORDS = kind("words");
const CONCEPT = kind("concept");
const TYPE = kind("type");
const MOVED = kind("moved");
const DENIED = kind("denied");
const SAID_OF = kind("said-of");
const DENIED_OF = kind("denied-of");
const TOGETHER = kind("together");

const LONGEST_RUN = 3;
/** Concepts of one stretch that are paired; more are a list. */
const MOST_PAIRED = 8;

const ENDINGS = [
  "ization",
  "isation",
  "ations",
  "ation",
  "ments",
  "ment",
  "ings",
  "ing",
  "edly",
  "ed",
  "es",
  "ly",
  "s",
];
const SHORTEST_STEM = 3;

/** How many units of a word are its stem. */
function stemLength(text: string, start: number, end: number): number {
  for (const ending of ENDINGS) {
    const stem = end - start - ending.length;
    if (stem >= SHORTEST_STEM && text.startsWith(ending, end - ending.length)) return stem;
  }
  return end - start;
}

function readLetters(text: string, from: number, to: number, letters: Set<number>): void {
  let before = 0;
  for (let at = from; at < to; ) {
    const code = text.charCodeAt(at);
    if (isHan(code)) {
      let hash = HAN_RUN;
      for (let length = 0; length < LONGEST_RUN && at + length < to; length += 1) {
        const next = text.charCodeAt(at + length);
        if (!isHan(next)) break;
        hash = mix(hash, next);
        letters.add(hash >>> 0);
      }
      at += 1;
    } else if (isLatinLetter(code) || isDigit(code)) {
      let end = at + 1;
      while (end < to && (isLatinLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end += 1;
      const stem = at + stemLength(text, at, end);
      let hash = WORD;
      for (let unit = at; unit < stem; unit += 1) hash = mix(hash, text.charCodeAt(unit));
      hash >>>= 0;
      letters.add(hash);
      if (before !== 0) letters.add(mix(mix(PAIR_OF_WORDS, before), hash) >>> 0);
      before = hash;
      at = end;
    } else {
      at += 1;
    }
  }
}

const DENYING = new Set(["not", "forbid", "useless", "needless", "without", "reject", "no-turn"]);

function readConcepts(
  clause: Clause,
  names: (meaning: number) => number,
  concepts: Set<number>,
  named: Set<number>,
): void {
  const denied = clause.tokens.some((token) => !token.masked && DENYING.has(token.type));
  for (const token of clause.tokens) {
    if (token.masked) continue;
    const name = names(token.meaning);
    // A question's own phrases are for its rules.
    if (name === 0) continue;
    concepts.add(mix(TYPE, fnvOf(token.type)) >>> 0);
    if (token.type !== "concept" && token.type !== "subject") continue;
    named.add(name);
    concepts.add(mix(CONCEPT, name) >>> 0);
    if (token.direction !== 0) concepts.add(mix(mix(MOVED, token.direction), name) >>> 0);
    if (denied) concepts.add(mix(DENIED, name) >>> 0);
    // A subject that was only carried over from before makes no everyday sentence one about it.
    if (token.subject < 0 || !token.firm) continue;
    const subject = names(token.subject);
    concepts.add(mix(mix(SAID_OF, subject), name) >>> 0);
    if (denied) concepts.add(mix(mix(DENIED_OF, subject), name) >>> 0);
  }
}

/** The features of one clause, and which concepts it names. */
export interface ClauseFeatures extends Features {
  readonly named: ReadonlySet<number>;
}

const CONCEPT_HERE = kind("concept-here");

/** What some clauses are known by: short runs of letters, words, and the concepts among the first `known` meanings. */
export function signsIn(reading: Reading, from: number, to: number, known: number): Set<number> {
  const signs = new Set<number>();
  for (const { start, end, tokens } of reading.clauses.slice(from, to)) {
    readLetters(reading.text.text, start, end, signs);
    for (const { meaning, type, masked } of tokens) {
      if (masked || meaning >= known || (type !== "concept" && type !== "subject")) continue;
      signs.add(mix(CONCEPT_HERE, meaning) >>> 0);
    }
  }
  return signs;
}

/** @param names the hash of a glossary entry's id by its number; 0 for what is no entry */
export function clauseFeatures(
  clause: Clause,
  reading: Reading,
  names: (meaning: number) => number,
): ClauseFeatures {
  const letters = new Set<number>();
  const concepts = new Set<number>();
  const named = new Set<number>();
  readLetters(reading.text.text, clause.start, clause.end, letters);
  readConcepts(clause, names, concepts, named);
  return { letters, concepts, named };
}

/** The features of concepts that stand together. */
export function pairsOf(named: ReadonlySet<number>): number[] {
  if (named.size < 2) return [];
  const paired = [...named].sort((one, other) => one - other).slice(0, MOST_PAIRED);
  return paired.flatMap((one, at) =>
    paired.slice(at + 1).map((other) => mix(mix(TOGETHER, one), other) >>> 0),
  );
}

/** Where a stretch begins and ends among the clauses; `to` is not part of it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Each clause alone, with the next one of its sentence, and the whole sentence. */
export function windowsOf(clauses: readonly Clause[]): Window[] {
  const windows: Window[] = [];
  let first = 0;
  for (const [at, clause] of clauses.entries()) {
    windows.push({ from: at, to: at + 1 });
    if (clauses[at + 1]?.sentence === clause.sentence) {
      windows.push({ from: at, to: at + 2 });
      continue;
    }
    if (at - first >= 2) windows.push({ from: first, to: at + 1 });
    first = at + 1;
  }
  return windows;
}
