import { isLatinLetter, isWordCode } from "./letters.ts";
import { normaliseAlias } from "./normalise.ts";
import { isOneSlipApart, LONGEST_TYPO, SHORTEST_TYPO } from "./typo.ts";

/** One thing found in a text: `meaning` is what the lexicon was told, `start`..`end` are units of the normalised text. */
export interface Found {
  readonly meaning: number;
  readonly start: number;
  readonly end: number;
  /** What a pattern's gaps passed over: words in there were not asked for. */
  readonly gaps?: readonly Gap[];
}

export type Gap = Pick<Found, "start" | "end">;

/** What ends at a place of the tree of entries. */
interface Ending {
  /** Meanings of the entry that ends here. */
  whole: number[] | undefined;
  /** The entry is the stem of a Latin word: any ending may follow. */
  stem: number[] | undefined;
  /** Gap patterns that begin with this piece. */
  patterns: Pattern[] | undefined;
}

interface Pattern {
  readonly meaning: number;
  readonly rest: readonly string[];
}

/** Units that a `*` may stand for: eight Chinese letters, or a few English words. */
const GAP_HAN = 8;
const GAP_LATIN = 26;
const LONGEST_ENDING = 12;

/** A gap ends where a clause does. */
const STOP = /[\n。!?;！？；，,、:|]|\. /;

/** More different letters than all the entries have. */
const LETTERS = 4096;

/** A power of two: a question's phrases need little room. */
const SMALLEST_TABLE = 4096;

/**
 * Finds every alias of a glossary in one pass: at each place the longest entry wins and the scan goes on behind it, so
 * that a short alias never matches inside a longer one. Patterns with gaps lie over that and take nothing away.
 */
export class Lexicon {
  // One flat table for the whole tree, open addressing, since thousands of little ones take long to build and a Map of
  // this size costs more than the rest: place * LETTERS + letter to next place, 0 where a slot is free.
  #keys: Int32Array;
  #nexts: Int32Array;
  /** UTF-16 unit to letter, from 1; 0 where no entry has it. */
  readonly #letters = new Uint16Array(65_536);
  #lettersUsed = 0;
  /** By place. */
  readonly #endings = new Map<number, Ending>();
  /** Long Latin words by their first letter, which people seldom get wrong. */
  readonly #words = new Map<
    string,
    { readonly word: string; readonly stem: boolean; readonly ending: Ending }[]
  >();
  readonly #guesses = new Map<string, readonly number[]>();
  #places = 1;

  /** @param room slots to begin with, a power of two; half of them are used before it widens */
  constructor(room = SMALLEST_TABLE) {
    this.#keys = new Int32Array(room);
    this.#nexts = new Int32Array(room);
  }

  /** Where a key stands, or the free slot where it would. */
  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #widen(): void {
    const keys = this.#keys;
    const nexts = this.#nexts;
    this.#keys = new Int32Array(keys.length * 2);
    this.#nexts = new Int32Array(keys.length * 2);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? 0;
      if (key === 0) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#nexts[slot] = nexts[at] ?? 0;
    }
  }

  #step(place: number, code: number): number | undefined {
    const letter = this.#letters[code];
    if (letter === undefined || letter === 0) return undefined;
    const slot = this.#slot(place * LETTERS + letter);
    return this.#keys[slot] === 0 ? undefined : this.#nexts[slot];
  }

  #grow(place: number, code: number): number {
    let letter = this.#letters[code] ?? 0;
    if (letter === 0) {
      this.#lettersUsed += 1;
      letter = this.#lettersUsed;
      if (letter >= LETTERS) throw new Error(`the entries use more than ${LETTERS} different letters`);
      this.#letters[code] = letter;
    }
    const key = place * LETTERS + letter;
    let slot = this.#slot(key);
    if (this.#keys[slot] !== 0) return this.#nexts[slot] ?? 0;
    if (this.#places * 2 > this.#keys.length) {
      this.#widen();
      slot = this.#slot(key);
    }
    const next = this.#places;
    this.#places += 1;
    this.#keys[slot] = key;
    this.#nexts[slot] = next;
    return next;
  }

  /**
   * @param alias plain text; a `~` at the end of a Latin word leaves its ending open, `*` is a short gap.
   */
  add(alias: string, meaning: number): void {
    // Most aliases are plain, and lists made for each of thousands are felt at start-up.
    const rest = alias.includes("*") ? piecesOf(alias) : NONE;
    const head = rest === NONE ? normaliseAlias(alias.replaceAll("~", "")) : (rest.shift() ?? "");
    if (head === "") return;
    const stem = alias.endsWith("~");
    let place = 0;
    for (let at = 0; at < head.length; at += 1) place = this.#grow(place, head.charCodeAt(at));
    let node = this.#endings.get(place);
    if (node === undefined) {
      node = { whole: undefined, stem: undefined, patterns: undefined };
      this.#endings.set(place, node);
    }
    if (rest.length === 0 && head.length >= SHORTEST_TYPO && /^[a-z]+$/.test(head)) {
      const words = this.#words.get(head.charAt(0));
      const word = { word: head, stem, ending: node };
      if (words === undefined) this.#words.set(head.charAt(0), [word]);
      else words.push(word);
    }
    if (rest.length > 0) {
      node.patterns ??= [];
      node.patterns.push({ meaning, rest });
    } else if (stem) {
      node.stem ??= [];
      if (!node.stem.includes(meaning)) node.stem.push(meaning);
    } else {
      node.whole ??= [];
      if (!node.whole.includes(meaning)) node.whole.push(meaning);
    }
  }

  /** What a misspelt word was meant to be; nothing where no entry is one slip away. */
  #meant(word: string): readonly number[] {
    const known = this.#guesses.get(word);
    if (known !== undefined) return known;
    const guess = this.#guess(word);
    // Bounded, since anybody may send any words.
    if (this.#guesses.size < 5_000) this.#guesses.set(word, guess);
    return guess;
  }

  #guess(word: string): readonly number[] {
    const second = word.charCodeAt(1);
    const third = word.charCodeAt(2);
    for (const { word: entry, stem, ending } of this.#words.get(word.charAt(0)) ?? []) {
      // One slip leaves the second letter, or moves or spoils it alone.
      if (entry.charCodeAt(1) !== second && entry.charCodeAt(2) !== third && entry.charCodeAt(1) !== third)
        continue;
      const size = entry.length;
      if (!stem) {
        if (ending.whole !== undefined && isOneSlipApart(word, entry)) return ending.whole;
      } else if (ending.stem !== undefined) {
        if ([size - 1, size, size + 1].some((length) => isOneSlipApart(word.slice(0, length), entry)))
          return ending.stem;
      }
    }
    return [];
  }

  /** Everything found in a normalised text, in order of place; ties in the order of adding. */
  scan(text: string): { readonly entries: readonly Found[]; readonly overlays: readonly Found[] } {
    const entries: Found[] = [];
    const overlays: Found[] = [];
    let free = 0;
    for (let start = 0; start < text.length; start += 1) {
      const first = text.charCodeAt(start);
      if (isWordCode(first) && start > 0 && isWordCode(text.charCodeAt(start - 1))) {
        // A Latin entry begins where a word begins, but "2gpu" and "fp16amp" may join digits and letters.
        if (isLatinLetter(first) === isLatinLetter(text.charCodeAt(start - 1))) continue;
      }
      let place: number | undefined = 0;
      let bestEnd = -1;
      let best: readonly number[] = [];
      for (let at = start; place !== undefined; at += 1) {
        const node: Ending | undefined = this.#endings.get(place);
        if (node?.patterns !== undefined) {
          for (const pattern of node.patterns) {
            const gaps: Gap[] = [];
            const end = endOfPattern(text, at, pattern.rest, gaps);
            if (end > 0) overlays.push({ meaning: pattern.meaning, start, end, gaps });
          }
        }
        if (node !== undefined && start >= free) {
          if (node.whole !== undefined) {
            const end = wordEnd(text, at);
            if (end > 0) {
              bestEnd = end;
              best = node.whole;
            }
          }
          if (node.stem !== undefined) {
            bestEnd = at;
            for (let more = 0; more < LONGEST_ENDING && isLatinLetter(text.charCodeAt(bestEnd)); more += 1) {
              bestEnd += 1;
            }
            best = node.stem;
          }
        }
        if (at >= text.length) break;
        place = this.#step(place, text.charCodeAt(at));
      }
      if (bestEnd <= 0 && start >= free && isLatinLetter(first)) {
        const end = endOfWord(text, start);
        if (end - start >= SHORTEST_TYPO && end - start <= LONGEST_TYPO) {
          best = this.#meant(text.slice(start, end));
          if (best.length > 0) bestEnd = end;
        }
      }
      if (bestEnd > 0) {
        for (const meaning of best) entries.push({ meaning, start, end: bestEnd });
        free = bestEnd;
      }
    }
    return { entries, overlays };
  }
}

const NONE: string[] = [];

function piecesOf(alias: string): string[] {
  return alias
    .split("*")
    .map((piece) => normaliseAlias(piece.replaceAll("~", "")))
    .filter((piece) => piece !== "");
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && isLatinLetter(text.charCodeAt(end))) end += 1;
  return end;
}

/** Where a whole entry that stops at `at` ends, a plural s or es included; 0 where it stops inside a longer word. */
function wordEnd(text: string, at: number): number {
  const last = text.charCodeAt(at - 1);
  if (!isWordCode(last)) return at;
  const next = text.charCodeAt(at);
  if (!isWordCode(next)) return at;
  if (!isLatinLetter(last)) return isLatinLetter(next) ? at : 0;
  if (next === 115 && !isWordCode(text.charCodeAt(at + 1))) return at + 1;
  if (next === 101 && text.charCodeAt(at + 1) === 115 && !isWordCode(text.charCodeAt(at + 2))) return at + 2;
  return isLatinLetter(next) ? 0 : at;
}

function endOfPattern(text: string, from: number, rest: readonly string[], gaps: Gap[]): number {
  let at = from;
  if (isLatinLetter(text.charCodeAt(at - 1))) {
    for (let more = 0; more < LONGEST_ENDING && isLatinLetter(text.charCodeAt(at)); more += 1) at += 1;
  }
  for (const piece of rest) {
    const latin = isWordCode(piece.charCodeAt(0));
    const window = text.slice(at, at + (latin ? GAP_LATIN : GAP_HAN) + piece.length);
    let found = window.indexOf(piece);
    // A Latin piece begins a word.
    while (
      latin &&
      found > 0 &&
      isLatinLetter(window.charCodeAt(found - 1)) &&
      isLatinLetter(piece.charCodeAt(0))
    ) {
      found = window.indexOf(piece, found + 1);
    }
    // Looking for a stop costs more than looking for the piece, which is seldom there.
    if (found === -1 || STOP.test(window.slice(0, found))) return 0;
    gaps.push({ start: at, end: at + found });
    at += found + piece.length;
  }
  if (isLatinLetter(text.charCodeAt(at - 1))) {
    for (let more = 0; more < LONGEST_ENDING && isLatinLetter(text.charCodeAt(at)); more += 1) at += 1;
  }
  return at;
}
