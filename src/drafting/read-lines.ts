import type { Line, LineKind } from "./line.ts";
import { readMarker } from "./marker.ts";
import { boldLead, isBold, plainWords } from "./plain-words.ts";

/** Lines that are no content wherever they stand: rules, artefacts of editors, pictures, badges. */
const FURNITURE =
  /^(?:[-*_=~─—\s]{3,}|\\?\[toc\]|\[TOC\]|<!--.{0,2000}-->|<\/?(?:br|hr|div|p|center|details|summary|a|img|table|tr|td)\b[^<>]{0,500}\/?>|\\?\s*)$/iu;
const FENCE = /^(`{3,}|~{3,})/u;
/** A fence around plain words, which some use as a frame; its end looks like the beginning of one without a name. */
const PROSE_FENCE = /^(?:`{3,}|~{3,})\s?(?:text|txt|plain|plaintext|md|markdown)\s?$/iu;
const HEADING = /^(#{1,6})\s*(?=[^#\s])(.*?)\s*#{0,6}$/u;
const TABLE = /^\|.*\|\s*$/u;
/** Longer lines are cut: no question or key point is. */
const LONGEST_LINE = 20_000;

/** Columns of white space before the first word, and the rest. Full-width and no-break spaces count as white space. */
function split(raw: string): { indent: number; rest: string } {
  let indent = 0;
  let at = 0;
  for (; at < raw.length; at += 1) {
    const unit = raw[at];
    if (unit === "\t") indent = (Math.floor(indent / 4) + 1) * 4;
    else if (unit === "\u3000") indent += 2;
    else if (unit === " " || unit === "\u00A0") indent += 1;
    else break;
  }
  return { indent, rest: raw.slice(at).trimEnd() };
}

/** Says of each line of a text what it is. Markdown and what is copied from a page come out alike. */
export function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  let framed = false;
  let maths = false;
  for (const [index, raw] of text.split(/\r\n|\n|\r/u).entries()) {
    const { indent, rest } = split(raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw);
    const base = { number: index + 1, indent, level: 0, marker: null, bold: false, lead: null };
    const keep = (kind: LineKind, words: string): void => {
      lines.push({ ...base, kind, text: words });
    };
    const quote = rest.startsWith(">") ? rest.replace(/^(?:>\s?){1,5}/u, "") : rest;
    const opens = FENCE.exec(quote)?.[1] ?? null;
    if (fence !== null) {
      keep(rest === "" ? "blank" : "code", rest);
      if (opens?.startsWith(fence) && quote.replace(/[`~\s]/gu, "") === "") fence = null;
      continue;
    }
    if (opens !== null && (framed || PROSE_FENCE.test(quote))) {
      framed = !framed;
      keep("furniture", rest);
      continue;
    }
    if (opens !== null) {
      fence = opens;
      keep("code", rest);
      continue;
    }
    if (quote === "$$" || (maths && quote.endsWith("$$"))) {
      maths = quote === "$$" && !maths;
      keep("code", rest);
      continue;
    }
    if (maths) {
      keep(rest === "" ? "blank" : "code", rest);
      continue;
    }
    if (rest === "") keep("blank", "");
    else if (TABLE.test(quote)) keep("table", plainWords(quote));
    else lines.push({ ...base, ...wordsOf(quote) });
  }
  return lines;
}

function wordsOf(rest: string): Pick<Line, "kind" | "level" | "marker" | "bold" | "lead" | "text"> {
  const heading = HEADING.exec(rest);
  const level = heading?.[1]?.length ?? 0;
  const inner = heading?.[2] ?? rest;
  // Bold may open before the number: **1. Title**
  const unbolded = isBold(inner)
    ? inner.replace(/^\s*(?:\*\*|__)/u, "").replace(/(?:\*\*|__)\s?([:：]?)$/u, "$1")
    : inner;
  const { marker, rest: behind } = readMarker(unbolded.trim());
  const text = plainWords(behind);
  if (text === "" || FURNITURE.test(rest))
    return { kind: "furniture", level, marker, bold: false, lead: null, text: plainWords(rest) };
  return {
    kind: level > 0 ? "heading" : marker !== null ? "item" : "text",
    level,
    marker,
    bold: isBold(inner) || isBold(behind),
    lead: boldLead(behind),
    text,
  };
}
