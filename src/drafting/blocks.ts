import { isAnswerMark } from "./answer-mark.ts";
import { isFurnitureTitle } from "./asking.ts";
import { farewellStart, furnitureStart, repliesStart } from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
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
function sectionEnd(head: Line, body: readonly Line[], chapters: ReadonlySet<number>): number | null {
  const place = body.findIndex(
    ({ kind, level, bold, text, marker }) =>
      (kind === "heading" &&
        !isAnswerMark(text) &&
        (head.level === 0 ? chapters.has(level) || isPromotion(text) : level <= head.level)) ||
      (kind === "heading" && isPromotion(text)) ||
      (kind === "heading" && isReferences(text)) ||
      (bold && marker === null && isReferences(text)),
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

/** Titles of what an author promotes. */
const isPromotion = (text: string): boolean =>
  /(?:support|about) (?:the|this) author|buy me|coffee|toolkit|newsletter|sponsor|follow (?:me|us)|subscribe|our (?:course|book)|join (?:us|our)|related (?:posts|reading)|关于作者|赞助|打赏|公众号|加群|交流群|课程推荐|往期(?:推荐|回顾)|推荐阅读/iu.test(
    text,
  ) && !/[?？]\s*$/u.test(text);

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
    if (line.marker.style !== "一、" && line.marker.style !== "第1" && line.marker.style !== "(一)") continue;
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

/** Cuts a document into questions and what is dropped, so that every line that is not blank is in one of them. */
export function cutBlocks(
  lines: readonly Line[],
  heads: readonly Head[],
): { readonly blocks: readonly Block[]; readonly dropped: readonly Dropped[] } {
  const dropped: Dropped[] = [];
  const drop = (part: readonly Line[], reason: DropReason): void => {
    const range = rangeOf(part);
    if (range !== null) dropped.push({ lines: range, reason });
  };
  drop(lines.slice(0, heads[0]?.at ?? lines.length), "before the first question");
  const chapters = chapterLooks(lines, heads);
  const levels = chapterLevels(lines, heads);
  const lastAsked = heads.findLastIndex(({ idle }) => !idle);
  const blocks = heads.flatMap(({ at, line, idle }, index): Block[] => {
    const end = heads[index + 1]?.at ?? lines.length;
    if (idle) {
      drop(lines.slice(at, end), "small talk");
      return [];
    }
    let body = lines.slice(at + 1, end);
    const section = sectionEnd(line, body, levels);
    if (section !== null) {
      const rest = body.slice(section);
      const title = rest[0]?.text ?? "";
      const hollow = rest.slice(1).every(({ kind }) => kind !== "text" && kind !== "item");
      drop(
        rest,
        isReferences(title) ? "references" : hollow ? "chapter heading" : "a section that asks nothing",
      );
      body = body.slice(0, section);
    }
    const replies = repliesStart([line, ...body]);
    if (replies !== null) {
      drop(body.slice(replies - 1), "page furniture");
      body = body.slice(0, replies - 1);
    }
    const furniture = furnitureStart([line, ...body]);
    if (furniture !== null) {
      drop(body.slice(furniture - 1), "page furniture");
      body = body.slice(0, furniture - 1);
    }
    const farewell = farewellStart([line, ...body], index >= lastAsked);
    if (farewell !== null) {
      drop(body.slice(farewell - 1), "page furniture");
      body = body.slice(0, farewell - 1);
    }
    const last = body.findLast((filled) => isFilled(filled) && filled.kind !== "furniture");
    const isChapter =
      last?.marker != null && (chapters.has(last.marker.style) || isNumberedTitle(last, body));
    if (last !== undefined && isChapter && index + 1 < heads.length) {
      drop([last], "chapter heading");
      body = body.slice(0, body.indexOf(last));
    }
    return [{ head: line, body }];
  });
  return { blocks, dropped };
}

/** The lines of a block, its head included, up to its last line that is not blank. */
export const linesOf = ({ head, body }: Block): LineRange => [
  head.number,
  body.findLast(isFilled)?.number ?? head.number,
];
