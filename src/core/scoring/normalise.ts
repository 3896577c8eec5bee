import {
  isDigit,
  isHan,
  isHiding,
  isLatinLetter,
  isUnseen,
  isWide,
  isWordCode,
  readAsLatin,
  simplify,
} from "./letters.ts";
import { markupAt } from "./markup.ts";

/** A text as a person reads it, with the way back: unit `i` of `text` came from raw units `starts[i]`..`ends[i]`. */
export interface Normalised {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Something in it hides from the eye: tag, bidi and zero-width characters, comments. */
  readonly invisible: boolean;
}

const FOLDED = new Map<number, string>();

function fold(code: number): string {
  const known = FOLDED.get(code);
  if (known !== undefined) return known;
  const folded = String.fromCodePoint(code).normalize("NFKC").toLowerCase();
  // Bounded, since an answer may hold any of a million code points.
  if (FOLDED.size < 20_000) FOLDED.set(code, folded);
  return folded;
}

class Builder {
  readonly codes: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  put(code: number, start: number, end: number): void {
    const last = this.codes[this.codes.length - 1] ?? 10;
    if (code === 32) {
      if (last === 32 || last === 10 || isWide(last)) return;
    } else if (last === 32 && (code === 10 || isWide(code))) {
      this.codes.pop();
      this.starts.pop();
      this.ends.pop();
    }
    this.codes.push(code);
    this.starts.push(start);
    this.ends.push(end);
  }
}

/** Dashes, quotes and stops have many shapes for one meaning; hyphens inside a word read as a gap. */
function plain(code: number): number {
  if (code >= 0x2010 && code <= 0x2015) return 45;
  if (code === 0x2018 || code === 0x2019 || code === 0x02bc) return 39;
  if (code === 0x201c || code === 0x201d) return 34;
  if (code === 0x300a || code === 0x300b || code === 0x300c || code === 0x300d) return 34;
  if (code === 0xff0e) return 46;
  return code;
}

function readLookAlikes(codes: number[]): void {
  let from = 0;
  while (from < codes.length) {
    let to = from;
    let latin = 0;
    let other = 0;
    for (; to < codes.length; to += 1) {
      const code = codes[to] ?? 0;
      if (isLatinLetter(code)) latin += 1;
      else if (readAsLatin(code) !== undefined) other += 1;
      else break;
    }
    if (latin > 0 && other > 0) {
      for (let at = from; at < to; at += 1) codes[at] = readAsLatin(codes[at] ?? 0) ?? codes[at] ?? 0;
    }
    from = to + 1;
  }
}

function joinHyphens(codes: number[]): void {
  for (let at = 1; at + 1 < codes.length; at += 1) {
    if (codes[at] !== 45) continue;
    const before = codes[at - 1] ?? 0;
    const after = codes[at + 1] ?? 0;
    if (isWordCode(before) && isWordCode(after) && !(isDigit(before) && isDigit(after))) codes[at] = 32;
  }
}

/**
 * Reads a raw text code point by code point: compatibility forms, case, Traditional letters, look-alikes, unseen
 * characters and chat mark-up all become what a person would read.
 */
export function normalise(raw: string, options: { readonly traditional?: boolean } = {}): Normalised {
  const traditional = options.traditional ?? true;
  const out = new Builder();
  let invisible = false;
  let closeAt = -1;
  for (let at = 0; at < raw.length; ) {
    const code = raw.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const end = at + length;
    if (at === closeAt) {
      at = end;
      continue;
    }
    const markup = code < 128 && !isWordCode(code) && code !== 32 ? markupAt(raw, at) : undefined;
    if (markup !== undefined) {
      if (markup.hidden === true) invisible = true;
      for (let unit = 0; unit < markup.text.length; unit += 1) {
        out.put(markup.text.charCodeAt(unit), at, at + markup.length);
      }
      if (markup.keepFrom !== undefined) {
        closeAt = at + markup.length - 1;
        at += markup.keepFrom;
      } else at += markup.length;
      continue;
    }
    at = end;
    if (isUnseen(code)) {
      if (isHiding(code)) invisible = true;
    } else if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029)
      out.put(10, end - length, end);
    else if (code === 9 || code === 32 || code === 0xa0 || code === 0x3000) out.put(32, end - length, end);
    else if (code < 32 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff)) continue;
    else if (code >= 0x300 && code <= 0x36f) continue;
    else if (code < 128) out.put(code >= 65 && code <= 90 ? code + 32 : code, end - length, end);
    else if (isHan(code)) out.put(traditional ? simplify(code) : code, end - length, end);
    else {
      const folded = fold(code);
      for (let unit = 0; unit < folded.length; unit += 1) {
        const piece = plain(folded.charCodeAt(unit));
        // NFKC may bring a marked letter apart; its mark alone says nothing.
        if (piece >= 0x300 && piece <= 0x36f) continue;
        out.put(isHan(piece) && traditional ? simplify(piece) : piece, end - length, end);
      }
    }
  }
  readLookAlikes(out.codes);
  joinHyphens(out.codes);
  let text = "";
  for (let from = 0; from < out.codes.length; from += 4096) {
    text += String.fromCharCode(...out.codes.slice(from, from + 4096));
  }
  return { text, starts: out.starts, ends: out.ends, invisible };
}

/** An alias of our own files, in the shape that answers are normalised to. */
export function normaliseAlias(alias: string): string {
  // Nearly all of them are in that shape already, and there are thousands.
  if (/^[a-z0-9]+(?: [a-z0-9]+)*$|^[\u4e00-\u9fff]+$/.test(alias)) return alias;
  return normalise(alias, { traditional: false }).text.trim();
}
