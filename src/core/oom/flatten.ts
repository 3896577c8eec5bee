import { clip } from "./clip.ts";
import type { Span } from "./kinds.ts";

/** A text made even for reading, with the way back to where each character stood in the raw text. */
export interface Flat {
  /** One space for each run of blanks, one `\n` for each run that broke a line. */
  readonly text: string;
  /** The raw offset of each character of `text`, and at the end the raw offset behind the last. */
  readonly offsets: Uint32Array;
}

/** Traditional forms in the words that matter here, and the typographic signs people paste. */
const SAME = new Map<string, string>(
  Object.entries({
    顯: "显",
    記: "记",
    憶: "忆",
    體: "体",
    內: "内",
    進: "进",
    殺: "杀",
    終: "终",
    頁: "页",
    檔: "档",
    訓: "训",
    練: "练",
    煉: "炼",
    儲: "储",
    滿: "满",
    夠: "够",
    虛: "虚",
    擬: "拟",
    設: "设",
    備: "备",
    間: "间",
    開: "开",
    啟: "启",
    動: "动",
    驟: "骤",
    載: "载",
    錯: "错",
    誤: "误",
    報: "报",
    爐: "炉",
    張: "张",
    單: "单",
    個: "个",
    時: "时",
    會: "会",
    漲: "涨",
    權: "权",
    評: "评",
    驗: "验",
    證: "证",
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

/** What log collectors and launchers write before a line; it would stand inside a wrapped number. */
const PREFIXES = [
  /\[rank ?\d{1,5}\]:/iy,
  /\[\d{1,5}[,:]\d{1,5}\]<std(?:err|out)>:?/iy,
  /\(\w{1,40} pid=\d{1,9}(?:, ip=[\d.]{1,20})?\)/y,
  /(?:DEBUG|INFO|WARN|WARNING|ERROR)\b:?(?= )/y,
  /\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?/y,
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

/** Zero-width signs, soft hyphens, and the mark of code. */
const isInvisible = (code: number): boolean =>
  code === 0x60 || code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff;

/** The end of a colour code that starts at `at`, or `at`. */
const skipEscape = (raw: string, at: number): number => {
  if (raw.charCodeAt(at) !== 27 || raw.charAt(at + 1) !== "[") return at;
  for (let end = at + 2; end < at + 20; end += 1) {
    const code = raw.charCodeAt(end);
    if (code >= 0x40 && code <= 0x7e) return end + 1;
  }
  return at;
};

const skipPrefixes = (raw: string, at: number, end: number): number => {
  let from = at;
  for (let count = 0; count < 6; count += 1) {
    while (from < end && raw.charCodeAt(from) === 32) from += 1;
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

/** Makes the parts of a text that matter even, keeping the way back. */
export const flatten = (raw: string): Flat => {
  const characters: string[] = [];
  const offsets: number[] = [];
  const push = (character: string, at: number): void => {
    characters.push(character);
    offsets.push(at);
  };
  let behind = 0;
  const readPart = (part: Span): void => {
    let at = skipPrefixes(raw, part.start, part.end);
    while (at < part.end) {
      const behindEscape = skipEscape(raw, at);
      if (behindEscape > at) {
        at = behindEscape;
        continue;
      }
      const code = raw.charCodeAt(at);
      if (isBlank(code)) {
        const start = at;
        let broken = false;
        while (at < part.end && isBlank(raw.charCodeAt(at))) {
          const blank = raw.charCodeAt(at);
          at += 1;
          if (blank === 10 || blank === 13) {
            broken = true;
            at = Math.max(at, skipPrefixes(raw, at, part.end));
          }
        }
        const last = characters.at(-1);
        if (broken && last === " ") characters[characters.length - 1] = "\n";
        else if (last !== "\n" && (broken || last !== " ")) push(broken ? "\n" : " ", start);
        continue;
      }
      if (!isInvisible(code)) {
        if (code < 0x80) push(raw.charAt(at), at);
        else if (code >= 0xff01 && code <= 0xff5e) push(String.fromCharCode(code - 0xfee0), at);
        else push(SAME.get(raw.charAt(at)) ?? raw.charAt(at), at);
        behind = at + 1;
      }
      at += 1;
    }
    // What follows stood far away in the text, so no sentence runs across.
    push("\n", part.end);
  };
  for (const part of clip(raw)) readPart(part);
  offsets.push(Math.max(behind, 0));
  return { text: characters.join(""), offsets: Uint32Array.from(offsets) };
};

/** The same text with line breaks taken out or turned into spaces: numbers break across lines both ways. */
export const unwrap = (flat: Flat, join: "" | " "): Flat => {
  if (join === " ") return { text: flat.text.replaceAll("\n", " "), offsets: flat.offsets };
  const kept: number[] = [];
  for (let at = 0; at < flat.text.length; at += 1) {
    if (flat.text.charCodeAt(at) !== 10) kept.push(flat.offsets[at] ?? 0);
  }
  kept.push(flat.offsets[flat.text.length] ?? 0);
  return { text: flat.text.replaceAll("\n", ""), offsets: Uint32Array.from(kept) };
};

const MAX_EVIDENCE = 120;

/** Where a match of the even text stands in the raw text, at most 120 code units of it. */
export const rawSpan = (flat: Flat, start: number, length: number): Span => {
  const from = flat.offsets[start] ?? 0;
  const last = flat.offsets[Math.max(start, start + length - 1)] ?? from;
  return { start: from, end: Math.min(last + 1, from + MAX_EVIDENCE) };
};
