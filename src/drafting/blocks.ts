import { isAnswerMark } from "./answer-mark.ts";
import { numberedChapters, restOfTitle } from "./chapters.ts";
import {
  farewellStart,
  furnitureStart,
  isFurnitureTitle,
  isPromotion,
  relatedStart,
  repliesStart,
} from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
import { outdentedStart } from "./outdented.ts";
import type { Head } from "./pattern.ts";

/** Why lines of a document are in no question. */
export type DropReason =
  | "before the first question"
  | "page furniture"
  | "small talk"
  | "chapter heading"
  | "references"
  | "a section that asks nothing"
  | "outside the article"
  | "a row without a question";

export interface Dropped {
  readonly lines: LineRange;
  readonly reason: DropReason;
}

/** A question's head and what stands below it, as lines. */
export interface Block {
  readonly head: Line;
  readonly body: readonly Line[];
}

const isFilled = ({ kind }: Line): boolean => kind !== "blank";

/** The range of some lines, blank ones at its ends aside; null where all are blank. */
function rangeOf(lines: readonly Line[]): LineRange | null {
  const first = lines.find(isFilled);
  const last = lines.findLast(isFilled);
  return first === undefined || last === undefined ? null : [first.number, last.number];
}

/** Where a section begins that is no part of the question above it: another heading as high, or a list of references. */
function sectionEnd(
  head: Line,
  body: readonly Line[],
  chapters: ReadonlySet<number>,
  numbered: ReadonlySet<number>,
): number | null {
  const place = body.findIndex(
    ({ kind, level, bold, text, marker, indent, number }) =>
      numbered.has(number) ||
      (kind === "heading" &&
        !isAnswerMark(text) &&
        (head.level === 0 ? chapters.has(level) || isPromotion(text) : level <= head.level)) ||
      (kind === "heading" && isPromotion(text)) ||
      (kind === "heading" && isReferences(text)) ||
      (head.marker?.style === "term" && marker?.style === "term") ||
      ((bold || (marker?.value != null && indent <= 1)) && isReferences(text)),
  );
  return place < 0 ? null : place;
}

/** Headings that stand around questions which are no headings: those above the first, and right above one. */
function chapterLevels(lines: readonly Line[], heads: readonly Head[]): ReadonlySet<number> {
  const opening = new Set(heads.map(({ at }) => at));
  const levels = new Set<number>();
  let next = -1;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || !isFilled(line) || line.kind === "furniture") continue;
    if (line.kind === "heading" && (opening.has(next) || at < (heads[0]?.at ?? 0))) levels.add(line.level);
    next = at;
  }
  return levels;
}

const isReferences = (text: string): boolean =>
  isFurnitureTitle(text) && !/^(?:总结|小结|summary|conclusion|introduction)/iu.test(text);

/** Looks that only ever stand right above a question: chapters that are no headings. */
function chapterLooks(lines: readonly Line[], heads: readonly Head[]): ReadonlySet<string> {
  const opening = new Set(heads.map(({ at }) => at));
  const seen = new Map<string, { all: number; above: number }>();
  let next = -1;
  for (const [at, line] of [...lines.entries()].reverse()) {
    const follower = next;
    if (isFilled(line)) next = at;
    if (!isFilled(line) || opening.has(at) || line.marker === null || line.indent > 1) continue;
    if (line.marker.value === null) continue;
    const count = seen.get(line.marker.style) ?? { all: 0, above: 0 };
    seen.set(line.marker.style, { all: count.all + 1, above: count.above + (opening.has(follower) ? 1 : 0) });
  }
  return new Set([...seen].filter(([, { all, above }]) => above / all > 0.6).map(([look]) => look));
}

/** `2 Tuning`, 第二章 …, apart from the answer above it. */
function isNumberedTitle(line: Line, body: readonly Line[]): boolean {
  const above = body[body.indexOf(line) - 1];
  return (
    line.marker?.value != null &&
    line.indent <= 1 &&
    (line.marker.style === "1 " || line.marker.style === "第1") &&
    (above === undefined || above.kind === "blank") &&
    line.text.length <= 40 &&
    !/[。；;，,.!?！？]$/u.test(line.text)
  );
}

const RULE = /^[-*_=~─—\s]{3,}$/u;
/** What stands below a rule at the end is a footer if it is no longer. */
const FOOTER_LINES = 6;
const FOOTER_LENGTH = 500;

/** Where the last question's answer ends at a rule above a footer; null where it does not, or where answers have rules in them. */
function footerStart(lines: readonly Line[], others: readonly (readonly Line[])[]): number | null {
  const isRule = ({ kind, text }: Line): boolean => kind === "furniture" && RULE.test(text);
  const behindRule = (part: readonly Line[]): readonly Line[] => {
    const at = part.findLastIndex((line, place) => isRule(line) && part.slice(place + 1).some(isWords));
    return at < 0 ? [] : part.slice(at).filter(isWords);
  };
  const footer = behindRule(lines);
  const [first] = footer;
  if (first === undefined || footer.length > FOOTER_LINES) return null;
  if (footer.reduce((sum, { text }) => sum + text.length, 0) > FOOTER_LENGTH) return null;
  const rules = others.slice(-SAMPLE).filter((part) => behindRule(part).length > 0).length;
  return rules > 0 ? null : lines.indexOf(first);
}

/** Where a title in bold, apart from the last answer, begins what is none; null where other answers have such titles. */
function titleStart(lines: readonly Line[], others: readonly (readonly Line[])[]): number | null {
  const [head, ...body] = lines;
  if (head?.bold !== true) return null;
  const isTitle = (line: Line, at: number, part: readonly Line[]): boolean =>
    line.bold &&
    line.kind === "text" &&
    line.indent <= 1 &&
    !isAnswerMark(line.text) &&
    part[at - 1]?.kind === "blank";
  const at = body.findIndex(isTitle);
  return at < 0 || others.slice(-SAMPLE).some((part) => part.some(isTitle)) ? null : at + 1;
}

const SAMPLE = 50;
const isWords = ({ kind }: Line): boolean => kind !== "blank" && kind !== "furniture";

/** Where what folds out ends, and the page goes on; null where nothing folds out. */
function foldEnd(lines: readonly Line[]): number | null {
  const at = lines.findIndex(({ kind, text }) => kind === "furniture" && text === "</details>");
  return at < 0 || !lines.slice(at).some(isWords) ? null : at + 1;
}

/** Cuts a document into questions and what is dropped, so that every line that is not blank is in one of them. */
export function cutBlocks(
  lines: readonly Line[],
  heads: readonly Head[],
): { readonly blocks: readonly Block[]; readonly dropped: readonly Dropped[] } {
  const dropped: Dropped[] = [];
  // One line of a page may hold several: the rest of it lies with what is kept.
  const drop = (part: readonly Line[], reason: DropReason, kept = 0): void => {
    const range = rangeOf(part.filter(({ number }) => number > kept));
    if (range !== null) dropped.push({ lines: range, reason });
  };
  drop(lines.slice(0, heads[0]?.at ?? lines.length), "before the first question");
  const chapters = chapterLooks(lines, heads);
  const levels = chapterLevels(lines, heads);
  const numbered = numberedChapters(lines, heads);
  const lastAsked = heads.findLastIndex(({ idle }) => !idle);
  const blocks = heads.flatMap(({ at, line, idle }, index): Block[] => {
    const end = heads[index + 1]?.at ?? lines.length;
    if (idle) {
      drop(lines.slice(at, end), "small talk");
      return [];
    }
    let body = lines.slice(at + 1, end);
    const rest = restOfTitle(line, body);
    const head = rest === undefined ? line : { ...line, text: `${line.text} ${rest.text}` };
    if (rest !== undefined) body = body.slice(1);
    const section = sectionEnd(line, body, levels, numbered);
    if (section !== null) {
      const below = body.slice(section);
      const title = below[0]?.text ?? "";
      const hollow = below.slice(1).every(({ kind }) => kind !== "text" && kind !== "item");
      drop(
        below,
        isReferences(title) ? "references" : hollow ? "chapter heading" : "a section that asks nothing",
      );
      body = body.slice(0, section);
    }
    const others = (): readonly (readonly Line[])[] =>
      heads.slice(0, -1).map((other, place) => lines.slice(other.at + 1, heads[place + 1]?.at));
    const whole = (): readonly (readonly Line[])[] =>
      heads.slice(0, -1).map((other, place) => lines.slice(other.at, heads[place + 1]?.at));
    for (const startOf of [
      foldEnd,
      (part: readonly Line[]) => (index >= lastAsked ? outdentedStart(part, whole()) : null),
      (part: readonly Line[]) => (index >= lastAsked ? footerStart(part, others()) : null),
      (part: readonly Line[]) => (index >= lastAsked ? titleStart(part, others()) : null),
      repliesStart,
      relatedStart,
      furnitureStart,
      (part: readonly Line[]) => farewellStart(part, index >= lastAsked),
    ]) {
      const start = startOf([line, ...body]);
      if (start === null) continue;
      drop(body.slice(start - 1), "page furniture", start > 1 ? body[start - 2]?.number : line.number);
      body = body.slice(0, start - 1);
    }
    const last = body.findLast((filled) => isFilled(filled) && filled.kind !== "furniture");
    const isChapter =
      last?.marker != null && (chapters.has(last.marker.style) || isNumberedTitle(last, body));
    if (last !== undefined && isChapter && index + 1 < heads.length) {
      drop([last], "chapter heading");
      body = body.slice(0, body.indexOf(last));
    }
    return [{ head, body }];
  });
  return { blocks, dropped };
}

/** The lines of a block, its head included, up to its last line that is not blank. */
export const linesOf = ({ head, body }: Block): LineRange => [
  head.number,
  body.findLast(isFilled)?.number ?? head.number,
];
