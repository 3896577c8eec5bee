import { isHan, isLatinLetter, simplify } from "#core/scoring/letters";
import { clip } from "./clip.ts";
import type { Span } from "./kinds.ts";

/** A text made even for reading, with the way back to where each character stood in the raw text. */
export interface Flat {
  /** One space for each run of blanks, one `\n` for each run that broke a line. */
  readonly text: string;
  /** The raw offset of each character of `text`, and at the end the raw offset behind the last. */
  readonly offsets: Uint32Array;
}

/** The typographic signs people paste. */
const SAME = new Map<string, string>(
  Object.entries({
    "−": "-",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "﹣": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
  }),
);

/** A letter as the lists of words have it: half width, simplified. */
const evenLetter = (character: string, code: number): string => {
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (!isHan(code)) return SAME.get(character) ?? character;
  const simplified = simplify(code);
  return simplified === code ? character : String.fromCharCode(simplified);
};

/** What log collectors and launchers write before a line; it would stand inside a wrapped number. */
const PREFIXES = [
  /\[(?:rank|default) ?\d{1,5}\]:/iy,
  // Docker Compose, then the container runtime under kubectl.
  /[a-z][a-z0-9._-]{0,40}-\d{1,4} {1,8}\|(?= )/iy,
  /std(?:err|out) [FP](?= )/y,
  // Labels of srun and pdsh, and the mark of a quoted mail or comment.
  /(?:[a-z][a-z-]{0,30})?\d{1,4}:(?= )/iy,
  />{1,3}(?= )/y,
  /\[\d{1,5}[,:]\d{1,5}\]<std(?:err|out)>:?/iy,
  /\(\w{1,40}(?: \w{1,12}(?:=\d{1,5})?){0,2} pid=\d{1,9}(?:, ip=[\d.]{1,20})?\)/y,
  /(?:DEBUG|INFO|WARN|WARNING|ERROR)\b:?(?= )/y,
  /\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: [TDPE]P\d{1,4}){0,3}\]?/y,
  /\d\d-\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,6})?/y,
  /\[[a-z_]{1,40}\.py:\d{1,6}\]/y,
] as const;

const BLANK = /\s/;
/** Blanks, the frames and bars that terminals draw, and the mark of bold. */
const isBlank = (code: number): boolean =>
  code === 32 ||
  code === 0x2a ||
  (code >= 9 && code <= 13) ||
  (code >= 0x2500 && code <= 0x259f) ||
  code === 0xa0 ||
  code === 0x3000 ||
  (code > 0x1fff && code < 0x2030 && BLANK.test(String.fromCharCode(code)));

const BACKSLASH = 0x5c;
/** A line break as JSON writes it, as two signs. */
const isWrittenBreak = (raw: string, at: number): boolean =>
  raw.charCodeAt(at) === BACKSLASH && (raw.charAt(at + 1) === "n" || raw.charAt(at + 1) === "r");

/** Zero-width signs, soft hyphens, the mark of code, and the zeros of a UTF-16 file that was read as UTF-8. */
const isInvisible = (code: number): boolean =>
  code === 0 ||
  code === 0x60 ||
  code === 0xad ||
  (code >= 0x200b && code <= 0x200f) ||
  code === 0x2060 ||
  code === 0xfeff;

/** The end of a colour code that starts at `at`, or `at`. */
const skipEscape = (raw: string, at: number): number => {
  if (raw.charCodeAt(at) !== 27 || raw.charAt(at + 1) !== "[") return at;
  for (let end = at + 2; end < at + 20; end += 1) {
    const code = raw.charCodeAt(end);
    if (code >= 0x40 && code <= 0x7e) return end + 1;
  }
  return at;
};

/** The signs with which a prefix begins; a log has thousands of lines that have none. */
const BEGINNINGS = new Set([..."[(>0123456789"].map((sign) => sign.charCodeAt(0)));
const begins = (code: number): boolean => BEGINNINGS.has(code) || isLatinLetter(code | 0x20);

const skipPrefixes = (raw: string, at: number, end: number): number => {
  let from = at;
  for (let count = 0; count < 6; count += 1) {
    while (from < end && raw.charCodeAt(from) === 32) from += 1;
    if (!begins(raw.charCodeAt(from))) return from;
    let next = from;
    for (const prefix of PREFIXES) {
      prefix.lastIndex = from;
      if (prefix.test(raw)) next = prefix.lastIndex;
      if (next > from) break;
    }
    if (next === from || next > end) return from;
    from = next;
  }
  return from;
};

/** Signs that stay as they are; most of a log is runs of them. */
const isPlain = (code: number): boolean =>
  code > 32 && code < 0x7f && code !== 0x2a && code !== 0x60 && code !== BACKSLASH;

/** Collects the even text and where each of its characters stood. */
class Evening {
  readonly #raw: string;
  readonly #chunks: string[] = [];
  readonly #offsets: Uint32Array;
  #length = 0;
  #behind = 0;

  constructor(raw: string, most: number) {
    this.#raw = raw;
    this.#offsets = new Uint32Array(most + 1);
  }

  #push(character: string, at: number): void {
    this.#chunks.push(character);
    this.#offsets[this.#length] = at;
    this.#length += 1;
  }

  /** A run of plain signs, as it stands; returns where it ends. */
  #takePlain(at: number, end: number): number {
    let behind = at;
    while (behind < end && isPlain(this.#raw.charCodeAt(behind))) {
      this.#offsets[this.#length] = behind;
      this.#length += 1;
      behind += 1;
    }
    this.#chunks.push(this.#raw.slice(at, behind));
    this.#behind = behind;
    return behind;
  }

  /** A run of blanks, as one; returns where it ends. */
  #takeBlanks(start: number, end: number): number {
    let at = start;
    let broken = false;
    while (at < end) {
      const code = this.#raw.charCodeAt(at);
      const isWritten = isWrittenBreak(this.#raw, at);
      if (!isWritten && !isBlank(code)) break;
      at += isWritten ? 2 : 1;
      if (isWritten || code === 10 || code === 13) {
        broken = true;
        at = Math.max(at, skipPrefixes(this.#raw, at, end));
      }
    }
    const last = this.#chunks.at(-1);
    if (broken && last === " ") this.#chunks[this.#chunks.length - 1] = "\n";
    else if (last !== "\n" && (broken || last !== " ")) this.#push(broken ? "\n" : " ", start);
    return at;
  }

  #takeOther(at: number): void {
    const code = this.#raw.charCodeAt(at);
    if (isInvisible(code)) return;
    this.#push(evenLetter(this.#raw.charAt(at), code), at);
    this.#behind = at + 1;
  }

  take(part: Span): void {
    let at = skipPrefixes(this.#raw, part.start, part.end);
    while (at < part.end) {
      const code = this.#raw.charCodeAt(at);
      if (isPlain(code)) at = this.#takePlain(at, part.end);
      else if (code === 27 && skipEscape(this.#raw, at) > at) at = skipEscape(this.#raw, at);
      else if (isBlank(code) || isWrittenBreak(this.#raw, at)) at = this.#takeBlanks(at, part.end);
      else {
        this.#takeOther(at);
        at += 1;
      }
    }
    // What follows stood far away in the text, so no sentence runs across.
    this.#push("\n", part.end);
  }

  flat(): Flat {
    this.#offsets[this.#length] = this.#behind;
    return { text: this.#chunks.join(""), offsets: this.#offsets.subarray(0, this.#length + 1) };
  }
}

/** Makes the parts of a text that matter even, keeping the way back. */
export const flatten = (raw: string): Flat => {
  const parts = clip(raw);
  const most = parts.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  const evening = new Evening(raw, most);
  for (const part of parts) evening.take(part);
  return evening.flat();
};

/** The same text with line breaks taken out or turned into spaces: numbers break across lines both ways. */
export const unwrap = (flat: Flat, join: "" | " "): Flat => {
  if (join === " ") return { text: flat.text.replaceAll("\n", " "), offsets: flat.offsets };
  const kept = new Uint32Array(flat.text.length + 1);
  let count = 0;
  for (let at = 0; at < flat.text.length; at += 1) {
    if (flat.text.charCodeAt(at) === 10) continue;
    kept[count] = flat.offsets[at] ?? 0;
    count += 1;
  }
  kept[count] = flat.offsets[flat.text.length] ?? 0;
  return { text: flat.text.replaceAll("\n", ""), offsets: kept.subarray(0, count + 1) };
};

const MAX_EVIDENCE = 120;

/** Where a match of the even text stands in the raw text, at most 120 code units of it. */
export const rawSpan = (flat: Flat, start: number, length: number): Span => {
  const from = flat.offsets[start] ?? 0;
  const last = flat.offsets[Math.max(start, start + length - 1)] ?? from;
  return { start: from, end: Math.min(last + 1, from + MAX_EVIDENCE) };
};
