import { asks, endsAsking, mayAsk } from "./asking.ts";
import type { Line, MarkerStyle } from "./line.ts";

/** How the parts of a question are counted. */
const PARTS: ReadonlySet<MarkerStyle> = new Set(["(a)", "a)", "(1)", "①", "1)", "1.1"]);
const MOST_ASK = 0.6;
const FEWEST = 2;

/** Parts that are questions of their own, and the questions that only say what the parts are about. */
interface Parts {
  readonly places: readonly number[];
  readonly stems: ReadonlySet<number>;
}

const pushed = (places: number[] | undefined, at: number): number[] => {
  const all = places ?? [];
  all.push(at);
  return all;
};

const isEmptyBetween = (lines: readonly Line[], from: number, to: number): boolean =>
  lines.slice(from + 1, to).every(({ kind }) => kind === "blank" || kind === "furniture");

/**
 * Finds parts (a), (b), (c) below questions that ask something each and have an answer each. A question that has nothing
 * of its own above its first part is a stem.
 *
 * @param heads places of the questions found, in order
 */
export function findParts(lines: readonly Line[], heads: readonly number[]): Parts {
  const opening = new Set(heads);
  const byStyle = new Map<MarkerStyle, number[]>();
  for (const [at, { kind, marker, indent }] of lines.entries())
    if (kind === "item" && marker !== null && PARTS.has(marker.style) && indent <= 8 && !opening.has(at))
      byStyle.set(marker.style, pushed(byStyle.get(marker.style), at));
  const places: number[] = [];
  for (const all of byStyle.values()) {
    const marks = [...new Set([...all, ...heads])].sort((one, other) => one - other);
    const nextMark = new Map(marks.map((at, index) => [at, marks[index + 1] ?? lines.length]));
    const asking = all.filter(
      (at) =>
        (endsAsking(lines[at]?.text ?? "") || asks(lines[at]?.text ?? "")) &&
        mayAsk(lines[at]?.text ?? "") &&
        !isEmptyBetween(lines, at, nextMark.get(at) ?? lines.length),
    );
    const marked = asking.filter((at) => endsAsking(lines[at]?.text ?? ""));
    if (
      asking.length >= FEWEST &&
      asking.length / all.length >= MOST_ASK &&
      marked.length * 2 >= asking.length
    )
      places.push(...asking);
  }
  if (places.length === 0) return { places, stems: new Set() };
  const parts = new Set(places);
  const marks = [...new Set([...heads, ...places])].sort((one, other) => one - other);
  const stems = new Set(
    marks.filter((at, index) => {
      const next = marks[index + 1];
      return next !== undefined && opening.has(at) && parts.has(next) && isEmptyBetween(lines, at, next);
    }),
  );
  return { places, stems };
}
