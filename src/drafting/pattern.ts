import { asks, endsAsking, isShort, mayAsk, namesTopic } from "./asking.ts";
import { isChapterTitle, isFurnitureTitle, isIdle, isPageLine, isUnfinished, isWish } from "./furniture.ts";
import { gapsIn } from "./gaps.ts";
import { withoutLevel } from "./levels.ts";
import type { Line } from "./line.ts";
import { headsOfList } from "./lists.ts";
import { type Family, isBeside, isFollowUp, opensItsOwn, withoutPageTitle } from "./nesting.ts";
import { isForm, isHollow, withoutTitle, withPicture } from "./page-titles.ts";
import { findParts } from "./parts.ts";
import { asksAfterLabel, labelOf, withoutLabel } from "./speakers.ts";
import { shapedTitles, topicTitles } from "./topics.ts";

/** A line that opens a question. */
export interface Head {
  readonly at: number;
  readonly line: Line;
  /** It is asked, but not to be studied: 做个自我介绍吧. */
  readonly idle: boolean;
}

/** Lines indented further belong to something above them. */
const MARGIN = 1;
/** A family of which this share is worded as questions asks them all; of which less than the second, none. */
const MOST_ASK = 0.5;
const SOME_ASK = 0.25;
/** Where some ask, titles like 多头的作用 ask as well if nearly all are one or the other. */
const NEARLY_ALL = 0.8;
/** So many lines of one look that ask speak for those that only name something: mutex vs semaphore. */
const LIKE_OTHERS = 3;
/** What share of numbered lines has to follow its predecessor. */
const IN_SEQUENCE = 0.6;

/** What a line looks like, if it may open a question: the document repeats the look for each. */
function lookOf(line: Line, below: Line | undefined): Look | null {
  const { kind, marker, indent, text } = line;
  if (kind === "blank" || kind === "code" || kind === "table" || kind === "furniture") return null;
  if (indent > MARGIN) return null;
  const look = shownBy(line, below);
  return look === null || isPageLine(line) || (marker === null && isWish(text)) ? null : look;
}

/** A question's words without the quotation marks around all of them. */
const withoutQuotes = (text: string): string =>
  text.replace(/^["“「『]([^"“”「」『』]{4,300})["”」』]$/u, "$1");

interface Look {
  readonly key: string;
  readonly rank: number;
}

function shownBy({ kind, level, marker, bold, indent, text }: Line, below: Line | undefined): Look | null {
  if (marker?.style === "asked") return isShort(text) ? { key: "asked", rank: 0 } : null;
  if (marker?.style === "term") return mayAsk(text) ? { key: "term", rank: 1 } : null;
  const label =
    (kind === "text" || bold) && isShort(text) && !(bold && endsAsking(text)) ? labelOf(text) : null;
  const isTask = marker?.style === "Case 1" && isShort(text);
  if (
    label === null &&
    ((!mayAsk(text) && !isTask) || (level > 0 && (isFurnitureTitle(text) || isChapterTitle(text))))
  )
    return null;
  if (label !== null) return { key: `label ${label}`, rank: 2 };
  const numbered = marker !== null && marker.style !== "•";
  const look = marker === null ? "" : `${marker.style}${marker.depth}`;
  if (kind === "heading") return { key: `heading ${level} ${numbered ? look : ""}`, rank: numbered ? 1 : 3 };
  if (bold) return { key: `bold ${numbered ? look : ""}`, rank: numbered ? 2 : 4 };
  if (numbered) return { key: `line ${look}`, rank: 2 };
  if (marker !== null && below?.kind === "item" && below.indent > indent) return { key: "outline", rank: 4 };
  if (endsAsking(text)) return { key: marker === null ? "asking line" : "asking bullet", rank: 5 };
  return null;
}

const isOuterBullet = ({ kind, marker, indent, text }: Line): boolean =>
  kind === "item" && marker?.style === "•" && indent <= MARGIN && mayAsk(text);

/** Bullets with others below them, and those in the same lists that have nothing below them and ask as much. */
function withListed(places: readonly number[], lines: readonly Line[]): number[] {
  const filled = new Set(places);
  const lists: number[][] = [[]];
  for (const [at, line] of lines.entries()) {
    if (line.kind === "heading") lists.push([]);
    else if (isOuterBullet(line)) lists.at(-1)?.push(at);
  }
  const bullets = lists.filter((list) => list.some((at) => filled.has(at))).flat();
  const asking = bullets.filter((at) => asks(lines[at]?.text ?? ""));
  const isList = places.length * 2 >= bullets.length || asking.length / bullets.length >= NEARLY_ALL;
  return isList ? bullets : [...places];
}

function familiesOf(lines: readonly Line[]): readonly Family[] {
  const families = new Map<string, { rank: number; places: number[] }>();
  for (const [at, line] of lines.entries()) {
    const look = lookOf(line, lines[at + 1]?.kind === "blank" ? lines[at + 2] : lines[at + 1]);
    if (look === null) continue;
    const family = families.get(look.key) ?? { rank: look.rank, places: [] };
    family.places.push(at);
    families.set(look.key, family);
  }
  const outline = families.get("outline");
  if (outline !== undefined) outline.places = withListed(outline.places, lines);
  return [...families]
    .map(([key, family]) => ({ key, ...family }))
    .sort((one, other) => one.rank - other.rank);
}

/** Which of a family's lines open questions; none where it is no family of questions. */
function headsIn({ key, places, rank }: Family, lines: readonly Line[]): readonly number[] {
  const textAt = (at: number | undefined): string => (at === undefined ? "" : (lines[at]?.text ?? ""));
  const asking = places.filter((at) => asksAfterLabel(lines[at]?.text ?? ""));
  if (isFollowUp({ key, rank, places })) return asking;
  if (key.startsWith("label "))
    return asking.length > 1 && asking.length / places.length >= MOST_ASK ? asking : [];
  if (key === "asked")
    return asking.length > 0 || places.length > 1 ? withoutLegend(places, asking, lines) : [];
  if (rank === 5) return isSpaced(places, lines) ? places : [];
  const named = places.filter((at) => namesTopic(lines[at]?.text ?? ""));
  if (key === "term")
    return asking.length > 0 ? places.filter((at) => asking.includes(at) || named.includes(at)) : [];
  const all = new Set([...asking, ...named]);
  const share = asking.length / places.length;
  const pictured = withPicture(places, lines);
  if (pictured.length < places.length) return headsIn({ key, rank, places: pictured }, lines);
  if (places.some((at) => isForm(lines, at)))
    return headsIn({ key, rank, places: places.filter((at) => !isForm(lines, at)) }, lines);
  if (rank !== 5 && share >= SOME_ASK && all.size / places.length >= NEARLY_ALL)
    return withoutTitle(places, lines);
  const numbered = rank === 1 || rank === 2;
  const runs = numbered ? askingRuns(places, asking, lines) : places;
  if (runs.length < places.length) return headsIn({ key, rank, places: runs }, lines);
  if (numbered && sequenceShare(places, lines) < IN_SEQUENCE) return share >= MOST_ASK ? asking : [];
  if (share >= MOST_ASK && (numbered || places.length > 2))
    return numbered ? places : withoutTitle(places, lines);
  const isSome = share >= SOME_ASK && rank !== 2 && asking.some((at) => endsAsking(textAt(at)));
  return isSome || share >= MOST_ASK ? asking : [];
}

/** Marked questions without what tells how they are marked: Q: stands for … */
function withoutLegend(
  places: readonly number[],
  asking: readonly number[],
  lines: readonly Line[],
): readonly number[] {
  if (asking.length < LIKE_OTHERS || asking.length / places.length < NEARLY_ALL) return places;
  const ask = new Set(asking);
  return places.filter((at) => ask.has(at) || !/[.。]$/u.test(lines[at]?.text ?? ""));
}

/** Numbered lines without the lists among them in which nothing is asked, where others ask: a number of 1 begins one. */
function askingRuns(
  places: readonly number[],
  asking: readonly number[],
  lines: readonly Line[],
): readonly number[] {
  const runs: number[][] = [];
  for (const at of places) {
    if (runs.length === 0 || lines[at]?.marker?.value === 1) runs.push([]);
    runs.at(-1)?.push(at);
  }
  const ask = new Set(asking);
  return runs.filter((run) => run.some((at) => ask.has(at))).flat();
}

/** How many numbers go on where the one before ended, or begin anew. */
function sequenceShare(places: readonly number[], lines: readonly Line[]): number {
  let last = 0;
  let fitting = 0;
  for (const at of places) {
    const value = lines[at]?.marker?.value ?? null;
    if (value === null) continue;
    if (value === last + 1 || value === 1 || last === 0) fitting += 1;
    last = value;
  }
  return fitting / places.length;
}

const isGap = (line: Line | undefined): boolean => line?.kind === "blank" || line?.kind === "furniture";

/** Bare questions stand apart: with an empty line or the beginning before them, and words behind them. */
function isSpaced(places: readonly number[], lines: readonly Line[]): boolean {
  const apart = places.filter((at) => at === 0 || isGap(lines[at - 1]) || lines[at]?.marker != null);
  return apart.length / places.length >= MOST_ASK || areQuoted(places, lines);
}

/** Whether they are set as quotations between answers that are not: > What is a lease? */
function areQuoted(places: readonly number[], lines: readonly Line[]): boolean {
  if (places.length < LIKE_OTHERS || !places.every((at) => lines[at]?.quoted === true)) return false;
  return places.every((at) => lines[at + 1]?.kind === "text" && lines[at + 1]?.quoted !== true);
}

/** Lines that ask without any mark: apart from what stands above, with an answer right below. */
function requestLines(lines: readonly Line[]): readonly number[] {
  const places = lines.flatMap((line, at) => {
    const above = lines[at - 1];
    const below = lines[at + 1];
    const isApart = above === undefined || above.kind === "blank";
    const mayOpen = line.kind === "text" && line.indent <= MARGIN && isApart && below?.kind === "text";
    return mayOpen && mayAsk(line.text) && !/[.:：!！]$/u.test(line.text) ? [at] : [];
  });
  const asking = places.filter((at) => asks(lines[at]?.text ?? ""));
  const all = places.filter((at) => asks(lines[at]?.text ?? "") || namesTopic(lines[at]?.text ?? ""));
  if (asking.length < 2 || asking.length / places.length < MOST_ASK) return [];
  // Most of what stands so asks: then the rest does as well, in fewer words.
  return asking.length >= LIKE_OTHERS ? places : all;
}

/**
 * The lines that open questions, by the pattern that the document itself repeats. Where two families ask, the outer one
 * counts, unless its lines have nothing below them but those of the inner one: then they are chapters.
 */
export function findHeads(lines: readonly Line[]): readonly Head[] {
  const list = headsOfList(lines);
  const requests = requestLines(lines);
  const chosen: number[] = [];
  const asking = familiesOf(lines).map((family) => ({ family, heads: headsIn(family, lines) }));
  // One mark alone may be what its document calls a part of something: Q: among slides with titles that ask.
  const most = Math.max(0, ...asking.map(({ heads }) => heads.length));
  const marked = asking.find(
    ({ family, heads }) => family.key === "asked" && heads.length > (most > LIKE_OTHERS ? 1 : 0),
  );
  const families =
    marked === undefined
      ? withoutPageTitle(
          asking.filter(({ heads }) => heads.length > 0),
          lines,
        )
      : [
          marked,
          ...asking.filter(
            (other) =>
              other !== marked &&
              (isBeside(other, marked.heads) || (other.heads.length > 0 && isFollowUp(other.family))),
          ),
        ];
  const outermost = families.toSorted((one, other) => (one.heads[0] ?? 0) - (other.heads[0] ?? 0));
  const all = new Set(outermost.flatMap(({ heads }) => heads));
  for (const { family, heads } of outermost.toSorted((one, other) => one.family.rank - other.family.rank)) {
    if (family.rank === 5 && chosen.length > 0) continue;
    const outer = chosen.toSorted((one, other) => one - other);
    chosen.push(
      ...(outer.length === 0
        ? heads
        : heads.filter((at) => opensItsOwn(at, { family, heads }, outer, lines))),
    );
  }
  // Bare lines that ask may stand within the answers.
  const isSure = chosen.length > 0 && families.some(({ family }) => family.rank < 5);
  const shaped = isSure ? [] : shapedTitles(lines);
  if (shaped.length > chosen.length) chosen.splice(0, chosen.length, ...shaped);
  if (chosen.length === 0) chosen.push(...requests);
  if (chosen.length === 0) chosen.push(...topicTitles(lines));
  const found = [...new Set(list.length > chosen.length ? list : chosen)].sort((one, other) => one - other);
  found.push(...gapsIn(found, lines));
  found.sort((one, other) => one - other);
  const parts = findParts(lines, found);
  const places = [...found.filter((at) => !parts.stems.has(at)), ...parts.places].sort(
    (one, other) => one - other,
  );
  return places
    .filter((at, index) => {
      const next = places[index + 1];
      const line = lines[at];
      // A chapter: nothing of its own, and what follows at once is one step further in.
      return !(
        next !== undefined &&
        all.has(next) &&
        line?.kind === "heading" &&
        ((lines[next]?.level ?? 0) > line.level || (lines[next]?.level === 0 && !endsAsking(line.text))) &&
        isHollow(lines, at, next)
      );
    })
    .flatMap((at) => {
      const line = lines[at];
      if (line === undefined || isUnfinished(line.text)) return [];
      const named = line.level === 0 ? withoutLabel(line) : line;
      return [
        { at, line: { ...named, text: withoutQuotes(withoutLevel(named.text)) }, idle: isIdle(line.text) },
      ];
    });
}
