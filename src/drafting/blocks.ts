import { isFurnitureTitle } from "./asking.ts";
import { furnitureStart } from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
import type { Head } from "./pattern.ts";

/** Why lines of a document are in no question. */
export type DropReason =
  | "before the first question"
  | "page furniture"
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
function sectionEnd(head: Line, body: readonly Line[]): number | null {
  const place = body.findIndex(
    ({ kind, level, bold, text, marker }) =>
      (kind === "heading" && (head.level === 0 || level <= head.level)) ||
      (kind === "heading" && isReferences(text)) ||
      (bold && marker === null && isReferences(text)),
  );
  return place < 0 ? null : place;
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
    if (line.marker.style !== "一、" && line.marker.style !== "第1" && line.marker.style !== "(一)") continue;
    const count = seen.get(line.marker.style) ?? { all: 0, above: 0 };
    seen.set(line.marker.style, { all: count.all + 1, above: count.above + (opening.has(follower) ? 1 : 0) });
  }
  return new Set([...seen].filter(([, { all, above }]) => above / all > 0.6).map(([look]) => look));
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
  const blocks = heads.map(({ at, line }, index): Block => {
    const end = heads[index + 1]?.at ?? lines.length;
    let body = lines.slice(at + 1, end);
    const section = sectionEnd(line, body);
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
    const furniture = furnitureStart([line, ...body]);
    if (furniture !== null) {
      drop(body.slice(furniture - 1), "page furniture");
      body = body.slice(0, furniture - 1);
    }
    const last = body.findLast(isFilled);
    if (last?.marker != null && chapters.has(last.marker.style) && index + 1 < heads.length) {
      drop([last], "chapter heading");
      body = body.slice(0, body.indexOf(last));
    }
    return { head: line, body };
  });
  return { blocks, dropped };
}

/** The lines of a block, its head included, up to its last line that is not blank. */
export const linesOf = ({ head, body }: Block): LineRange => [
  head.number,
  body.findLast(isFilled)?.number ?? head.number,
];
