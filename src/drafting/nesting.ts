import { asks, endsAsking } from "./asking.ts";
import type { Line } from "./line.ts";
import { isHollow } from "./page-titles.ts";
import { lengthOf } from "./sentences.ts";

/** Lines of one look. */
export interface Family {
  readonly key: string;
  /** Places in the list of lines. */
  readonly places: readonly number[];
  /** Explicit marks before numbered headings before numbered lines before bare ones. */
  readonly rank: number;
}

/** A family, and which of its lines open questions. */
export interface Asking {
  readonly family: Family;
  readonly heads: readonly number[];
}

/** A family of which this share is worded as questions asks them all. */
const MOST_ASK = 0.5;
const LIKE_OTHERS = 3;
/** Shorter ones ask back within an answer: 为什么呢？ */
const SHORTEST_FOLLOW_UP = 6;

/** Numbers that only questions, tasks and their like have: Exercise 3, 第二题. */
const NUMBERED_AS_ASKED = /(?:Case 1|第1|asked)/u;

/** Whether a family is numbered as questions are, and stands wholly in another part of the document than what was chosen. */
export function isBeside({ family, heads }: Asking, chosen: readonly number[]): boolean {
  if (family.key === "term") return heads.length > 0;
  const [first = 0, last = 0] = [heads[0], heads.at(-1)];
  const isApart = first > (chosen.at(-1) ?? 0) || last < (chosen[0] ?? 0);
  return (
    heads.length > 1 && isApart && (family.key.startsWith("heading") || NUMBERED_AS_ASKED.test(family.key))
  );
}

/** Whether headings of their own ask above questions that lead on: they ask as well where most of them are worded so. */
function isAbove({ places }: Family, chosen: readonly number[], lines: readonly Line[]): boolean {
  const asking = places.filter((at) => asks(lines[at]?.text ?? ""));
  return (
    (places[0] ?? 0) < (chosen[0] ?? 0) && asking.length > 1 && asking.length / places.length >= MOST_ASK
  );
}

/** The last of some places, in order, that stands before another; undefined where none does. */
function lastBefore(places: readonly number[], at: number): number | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

/** Families without a document's own title, where it asks as well as several lines below it. */
export function withoutPageTitle(families: readonly Asking[], lines: readonly Line[]): readonly Asking[] {
  const first = Math.min(...families.flatMap(({ heads }) => heads));
  const isTitle = ({ heads }: Asking): boolean =>
    heads.length === 1 && heads[0] === first && lines[first]?.kind === "heading";
  const others = families.filter((family) => !isTitle(family));
  return others.some(({ heads }) => heads.length >= LIKE_OTHERS) ? others : families;
}

/** Whether a chapter begins between two places: a heading of a higher rank than the line at the second has. */
function isInNextChapter(
  before: number,
  at: number,
  heads: ReadonlySet<number>,
  lines: readonly Line[],
): boolean {
  const level = lines[at]?.level ?? 0;
  for (let place = at - 1; place > before; place -= 1) {
    const line = lines[place];
    if (line?.kind === "heading" && !heads.has(place) && (level === 0 || line.level < level)) return true;
  }
  return false;
}

/** Labels of questions that lead on from another. */
const FOLLOW_UP = /^label (?:追问|深挖|延伸|follow)/iu;
export const isFollowUp = ({ key }: Family): boolean => FOLLOW_UP.test(key);

/** Whether a line of its own follows up on a question that is answered above it: 追问：batch 很大的时候还有收益吗？ */
function followsUp(at: number, before: number, family: Family, lines: readonly Line[]): boolean {
  const line = lines[at];
  if (line === undefined || !endsAsking(line.text) || lengthOf(line.text) < SHORTEST_FOLLOW_UP) return false;
  const isApart =
    isFollowUp(family) ||
    line.kind === "heading" ||
    (line.bold && line.indent === 0 && lines[at - 1]?.kind === "blank");
  const behind = lines.slice(at + 1).find(({ kind }) => kind !== "blank");
  const isAnswered =
    (behind?.kind === "text" || behind?.kind === "item") &&
    behind.marker?.style !== "asked" &&
    !(isFollowUp(family) && endsAsking(behind.text));
  return isApart && isAnswered && !isHollow(lines, before, at);
}

/** Whether a line of a second family is no part of a question that the first found. */
export function opensItsOwn(
  at: number,
  asking: Asking,
  chosen: readonly number[],
  lines: readonly Line[],
): boolean {
  const { family } = asking;
  const before = lastBefore(chosen, at);
  if (before === undefined) return true;
  const outer = lines[before];
  const line = lines[at];
  if (outer === undefined || line === undefined) return false;
  if (family.key === "term" || isBeside(asking, chosen)) return true;
  if (followsUp(at, before, family, lines)) return true;
  if (line.level > 0 && outer.level > 0) return line.level <= outer.level || isHollow(lines, before, at);
  if (line.level > 0 && isInNextChapter(before, at, new Set(chosen), lines)) return true;
  if (line.level > 0 && outer.level === 0)
    return isAbove(family, chosen, lines) || (family.rank === 1 && isHollow(lines, before, at));
  return family.rank === 1 && isHollow(lines, before, at);
}
