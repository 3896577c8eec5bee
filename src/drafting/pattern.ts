import { asks, endsAsking, isFurnitureTitle, mayAsk } from "./asking.ts";
import type { Line } from "./line.ts";

/** A line that opens a question. */
export interface Head {
  readonly at: number;
  readonly line: Line;
}

interface Family {
  readonly key: string;
  /** Places in the list of lines. */
  readonly places: readonly number[];
  /** Explicit marks before numbered headings before numbered lines before bare ones. */
  readonly rank: number;
}

/** Lines indented further belong to something above them. */
const MARGIN = 1;
/** A family of which this share is worded as questions asks them all; of which less than the second, none. */
const MOST_ASK = 0.5;
const SOME_ASK = 0.25;
/** So many questions make a list that may do without answers. */
const LIST = 10;
/** What share of numbered lines has to follow its predecessor. */
const IN_SEQUENCE = 0.6;

/** What a line looks like, if it may open a question: the document repeats the look for each. */
function lookOf(line: Line): { key: string; rank: number } | null {
  const { kind, level, marker, bold, indent, text } = line;
  if (kind === "blank" || kind === "code" || kind === "table" || kind === "furniture") return null;
  if (indent > MARGIN || !mayAsk(text)) return null;
  if (marker?.style === "asked") return { key: "asked", rank: 0 };
  const numbered = marker !== null && marker.style !== "•";
  const look = marker === null ? "" : `${marker.style}${marker.depth}`;
  if (kind === "heading") return { key: `heading ${level} ${numbered ? look : ""}`, rank: numbered ? 1 : 3 };
  if (bold) return { key: `bold ${numbered ? look : ""}`, rank: numbered ? 2 : 4 };
  if (numbered) return { key: `line ${look}`, rank: 2 };
  if (endsAsking(text)) return { key: marker === null ? "asking line" : "asking bullet", rank: 5 };
  return null;
}

function familiesOf(lines: readonly Line[]): readonly Family[] {
  const families = new Map<string, { rank: number; places: number[] }>();
  for (const [at, line] of lines.entries()) {
    const look = lookOf(line);
    if (look === null) continue;
    const family = families.get(look.key) ?? { rank: look.rank, places: [] };
    family.places.push(at);
    families.set(look.key, family);
  }
  return [...families]
    .map(([key, family]) => ({ key, ...family }))
    .sort((one, other) => one.rank - other.rank);
}

/** Which of a family's lines open questions; none where it is no family of questions. */
function headsIn({ key, places, rank }: Family, lines: readonly Line[]): readonly number[] {
  const asking = places.filter((at) => asks(lines[at]?.text ?? ""));
  if (key === "asked") return asking.length > 0 || places.length > 1 ? places : [];
  if (rank === 5) return isSpaced(places, lines) ? places : [];
  const share = asking.length / places.length;
  const numbered = rank === 1 || rank === 2;
  if (numbered && sequenceShare(places, lines) < IN_SEQUENCE) return share >= MOST_ASK ? asking : [];
  if (share >= MOST_ASK && (numbered || places.length > 2))
    return places.filter((at) => numbered || !isFurnitureTitle(lines[at]?.text ?? ""));
  return share >= SOME_ASK && rank !== 2 ? asking : share >= MOST_ASK ? asking : [];
}

/** A list of nothing but questions, nested or not: a bank without answers. */
function headsOfList(lines: readonly Line[]): readonly number[] {
  const items = lines.flatMap((line, at) => (line.kind === "item" && mayAsk(line.text) ? [at] : []));
  const asking = items.filter((at) => endsAsking(lines[at]?.text ?? ""));
  const words = lines.filter(({ kind }) => kind === "text" || kind === "item").length;
  return asking.length >= LIST && asking.length / words >= MOST_ASK ? asking : [];
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

/** Bare questions stand apart: with an empty line or the beginning before them, and words behind them. */
function isSpaced(places: readonly number[], lines: readonly Line[]): boolean {
  const apart = places.filter(
    (at) => at === 0 || lines[at - 1]?.kind === "blank" || lines[at]?.marker != null,
  );
  return apart.length / places.length >= MOST_ASK;
}

/** Whether nothing but empty lines stands between two places. */
const isHollow = (lines: readonly Line[], from: number, to: number): boolean =>
  lines.slice(from + 1, to).every(({ kind }) => kind === "blank" || kind === "furniture");

/**
 * The lines that open questions, by the pattern that the document itself repeats. Where two families ask, the outer one
 * counts, unless its lines have nothing below them but those of the inner one: then they are chapters.
 */
export function findHeads(lines: readonly Line[]): readonly Head[] {
  const list = headsOfList(lines);
  const chosen: number[] = [];
  const found = familiesOf(lines).map((family) => ({ family, heads: headsIn(family, lines) }));
  const marked = found.find(({ family, heads }) => family.key === "asked" && heads.length > 0);
  const families = marked === undefined ? found.filter(({ heads }) => heads.length > 0) : [marked];
  const outermost = families.toSorted((one, other) => (one.heads[0] ?? 0) - (other.heads[0] ?? 0));
  const all = new Set(outermost.flatMap(({ heads }) => heads));
  for (const { family, heads } of outermost.toSorted((one, other) => one.family.rank - other.family.rank)) {
    if (family.rank === 5 && chosen.length > 0) continue;
    const outer = chosen.toSorted((one, other) => one - other);
    chosen.push(
      ...(outer.length === 0 ? heads : heads.filter((at) => opensItsOwn(at, family, outer, lines))),
    );
  }
  const places = [...new Set(list.length > chosen.length ? list : chosen)].sort((one, other) => one - other);
  return places
    .filter((at, index) => {
      const next = places[index + 1];
      const line = lines[at];
      // A chapter: nothing of its own, and what follows at once is one step further in.
      return !(
        next !== undefined &&
        all.has(next) &&
        line?.kind === "heading" &&
        (lines[next]?.level ?? 0) > line.level &&
        isHollow(lines, at, next)
      );
    })
    .flatMap((at) => {
      const line = lines[at];
      return line === undefined ? [] : [{ at, line }];
    });
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

/** Whether a line of a second family is no part of a question that the first found. */
function opensItsOwn(at: number, family: Family, chosen: readonly number[], lines: readonly Line[]): boolean {
  const before = lastBefore(chosen, at);
  if (before === undefined) return true;
  const outer = lines[before];
  const line = lines[at];
  if (outer === undefined || line === undefined) return false;
  if (line.level > 0 && outer.level > 0) return line.level <= outer.level || isHollow(lines, before, at);
  return family.rank === 1 && isHollow(lines, before, at);
}
