import { unfoldsAnswer } from "./answer-mark.ts";
import { IndentedCode } from "./indented-code.ts";
import type { Line, LineKind } from "./line.ts";
import { readMarker } from "./marker.ts";
import { boldLead, isBold, isStressed, plainWords } from "./plain-words.ts";
import { withAnswersBelow, withCards, withTitles } from "./structure.ts";
import { termsIn } from "./terms.ts";
import { withoutUnread } from "./unread.ts";

/**
 * Lines that are no content wherever they stand: rules, artefacts of editors, pictures, badges, footnotes, targets of
 * links, entries of a table of contents.
 */
const FURNITURE =
  /^(?:\[\^?[^\]]{1,60}\]:\s.{0,2000}|(?:[-*+]|\d{1,3}[.)、])?\s*\[[^\]]{1,300}\]\(#[^)]{0,300}\)|.{1,120}?(?:\.{4,}|(?:\. ){3,}|…{2,}|·{4,})\s*\d{1,4}|(?:slide|page) ?\d{1,4}|第 ?\d{1,4} ?[页张]|(?:page |第 ?)?\d{1,4}\s?(?:\/|of)\s?\d{1,4}(?: ?页)?|\\(?:begin|end|documentclass|usepackage|label|maketitle)\b.{0,200}|[-*_=~─—\s]{3,}|\\?\[toc\]|\[TOC\]|<!--.{0,2000}-->|\^[\w-]{2,60}|:::\s?\w{0,20}.{0,80}|\.\. (?:[\w-]{1,40}::|_[\w-]{1,60}:|[A-Z]).{0,300}|:[\w-]{2,30}:(?:\s.{0,200})?|[-*]?\s?:[\w-]{2,20}:`[^`]{1,80}`|<\/?(?:br|hr|div|p|center|details|summary|a|img|table|tr|td)\b[^<>]{0,500}\/?>|\\?\s*)$/iu;
const FENCE = /^(`{3,}|~{3,})/u;
/** A fence around plain words, which some use as a frame; its end looks like the beginning of one without a name. */
const PROSE_FENCE = /^(?:`{3,}|~{3,})\s?(?:text|txt|plain|plaintext|md|markdown)\s?$/iu;
const HEADING = /^(#{1,6})\s*(?=[^#\s])(.*?)\s*#{0,6}$/u;
/** AsciiDoc and wikis, and LaTeX. */
const OTHER_HEADING = /^(?:(={2,6})\s+(\S.{0,300}?)(?:\s+={2,6})?|\\(?:sub){0,2}section\*?\{(.{1,300})\})$/u;
const LATEX_ITEM = /^\\item(?:\[([^\]]{0,80})\])?\s*/u;
/** Org mode: a document that begins with its settings, headings of stars, what they are tagged with, and when they were closed. */
const ORG = /^(?:[^\S\n]*\n){0,5}#\+[a-z_]{2,20}:/iu;
const ORG_HEADING =
  /^(\*{1,6})\s+(?:(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELL?ED)\s+)?(?:\[#[A-Z]\]\s+)?(\S.{0,400}?)(?:\s+:[\w@#%:]{1,80}:)?$/u;
const ORG_NOTE =
  /^(?:#\+\w{1,20}.{0,500}|:[A-Z_-]{2,20}:.{0,200}|(?:(?:CLOSED|SCHEDULED|DEADLINE):\s*[<[][^>\]]{1,60}[>\]]\s*){1,3})$/iu;
/** One half of a definition list. */
const DEFINITION = /^:\s+(?=\S)/u;
/** A list of definitions as HTML has it. */
const MAY_DEFINE = /^(?:<(?:dl|div|p)\b[^<>]{0,200}>\s{0,4}){0,3}<d[td]\b/iu;
/** When something was said, in a transcript. */
const TIME =
  /^[[(]?(?:\d{2,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?[\sT,]{1,3})?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?[\])]?(?:\s[-–—])?\s{1,4}(?=\S)/iu;
/** What stands above a document between two rules: its title, author, tags. */
const FRONT_MATTER =
  /^---\s*\n(?:[\w-]{1,40}:.{0,500}\n|\s{1,8}.{0,500}\n|-\s.{0,500}\n){1,60}---\s*(?:\n|$)/u;
const SUMMARY = /^(?:<details>\s*)?<summary>(.{1,400})<\/summary>\s*$/iu;
/** What editors write so that a number or a bullet is no list. */
const ESCAPED = /^((?:\*\*|#{1,6}\s)?\(?\w{1,6})\\([.)、-])/u;
/** Bold that opens before the marker and closes behind it: **Q1.** What is … */
const BOLD_MARKER = /^(?:\*\*|__)([^*_]{1,24}?)(?:\*\*|__)\s*/u;
const ITALIC = /^(?:\*[^*\s][^*]{8,400}\*|_[^_\s][^_]{8,400}_|<(?:em|i)>[^<]{8,400}<\/(?:em|i)>)$/u;
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

/** What some pages set apart in a box: :::tip, and its end. */
const ADMONITION = /^:::/u;
const UNDONE = /^\[ \]\s+/u;

/** So few lines, none of which ends a sentence, are what a program prints. */
const FEW_LINES = 8;

/** Whether a fence without a language stands around sentences. */
function isFrame(lines: readonly string[], opening: number): boolean {
  const inner = lines.slice(opening + 1, opening + 2 + FEW_LINES);
  const end = inner.findIndex((line) => /^\s*(?:`{3,}|~{3,})\s*$/u.test(line));
  return end < 0 || inner.slice(0, end).some((line) => /[.。!！?？；;]\s*$/u.test(line));
}

/** Says of each line of a text what it is. Markdown and what is copied from a page come out alike. */
export function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  let framed = false;
  let maths = false;
  let admonished = false;
  const front = FRONT_MATTER.exec(text.slice(0, 20_000).replaceAll("\r\n", "\n"))?.[0];
  const behindFront = front === undefined ? 0 : front.split("\n").length - 1;
  const isOrg = ORG.test(text.slice(0, 500));
  const all = withoutUnread(text.split(/\r\n|\n|\r/u));
  const indented = new IndentedCode(all);
  for (const [index, raw] of all.entries()) {
    const { indent, rest } = split(raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw);
    const base = {
      number: index + 1,
      indent,
      level: 0,
      marker: null,
      bold: false,
      lead: null,
      stressed: false,
    };
    const keep = (kind: LineKind, words: string): void => {
      lines.push({ ...base, kind, text: words });
    };
    if (index < behindFront) {
      keep(rest === "" ? "blank" : "furniture", rest);
      continue;
    }
    if (isOrg && fence === null) {
      if (ORG_NOTE.test(rest)) {
        keep("furniture", rest);
        continue;
      }
      const [, stars, title] = indent === 0 ? (ORG_HEADING.exec(rest) ?? []) : [];
      if (stars !== undefined && title !== undefined) {
        lines.push({ ...base, ...wordsOf(`${"#".repeat(stars.length)} ${title}`) });
        continue;
      }
    }
    const quote = rest.startsWith(">") ? rest.replace(/^(?:>\s?){1,5}/u, "") : rest;
    const opens = FENCE.exec(quote)?.[1] ?? null;
    if (fence !== null) {
      keep(rest === "" ? "blank" : "code", rest);
      if (opens?.startsWith(fence) && quote.replace(/[`~\s]/gu, "") === "") fence = null;
      continue;
    }
    if (opens !== null && (framed || (PROSE_FENCE.test(quote) && isFrame(all, index)))) {
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
    if (indented.has(index)) {
      keep("code", rest);
      continue;
    }
    if (ADMONITION.test(quote)) admonished = !/^:::\s*$/u.test(quote);
    if (rest === "") keep("blank", "");
    else if (MAY_DEFINE.test(quote)) lines.push(...termsIn(quote).map((part) => ({ ...base, ...part })));
    else if (TABLE.test(quote)) keep("table", plainWords(quote));
    else {
      const line = { ...base, ...wordsOf(quote) };
      lines.push(quote === rest && !admonished ? line : { ...line, quoted: true });
    }
  }
  return withCards(withAnswersBelow(withTitles(lines)));
}

function wordsOf(
  line: string,
): Pick<Line, "kind" | "level" | "marker" | "bold" | "lead" | "stressed" | "italic" | "undone" | "text"> {
  const summary = SUMMARY.exec(line)?.[1];
  if (summary !== undefined) {
    const words = plainWords(summary);
    return wordsOf(unfoldsAnswer(words) ? "Answer:" : `Q: ${readMarker(words).rest}`);
  }
  const rest = line
    .replace(ESCAPED, "$1$2")
    .replace(DEFINITION, "")
    .replace(TIME, "")
    .replace(LATEX_ITEM, "- $1 ");
  const heading = HEADING.exec(rest) ?? OTHER_HEADING.exec(rest);
  const level = heading === null ? 0 : (heading[1]?.length ?? 2);
  const inner = unmarked(heading?.[2] ?? heading?.[3] ?? rest);
  // Bold may open before the number: **1. Title**
  const unbolded = isBold(inner)
    ? inner.replace(/^\s*(?:\*\*|__)/u, "").replace(/(?:\*\*|__)\s?([:：]?)$/u, "$1")
    : inner;
  const { marker, rest: behind } = readMarker(unbolded.trim());
  const text = plainWords(marker === null ? behind : behind.replace(/^\[[ xX]\]\s+/u, ""));
  if (text === "" || FURNITURE.test(rest))
    return {
      kind: "furniture",
      level,
      marker,
      bold: false,
      lead: null,
      stressed: false,
      text: plainWords(rest) || rest,
    };
  const words = {
    kind: level > 0 ? ("heading" as const) : marker !== null ? ("item" as const) : ("text" as const),
    level,
    marker,
    bold: isBold(inner) || isBold(behind),
    lead: boldLead(behind),
    stressed: isStressed(behind),
    text,
  };
  // Few lines are: to spread nothing into each of the others takes time and memory.
  if (ITALIC.test(rest)) return { ...words, italic: true };
  return marker !== null && UNDONE.test(behind) ? { ...words, undone: true } : words;
}

/** `**Q1.** What is …` without the asterisks around its marker. */
function unmarked(text: string): string {
  const marked = BOLD_MARKER.exec(text);
  const inner = marked?.[1] ?? "";
  if (marked === null || readMarker(`${inner} `).rest.trim() !== "") return text;
  return `${inner} ${text.slice(marked[0].length)}`;
}
