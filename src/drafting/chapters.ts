import { asks } from "./asking.ts";
import type { Line } from "./line.ts";
import type { Head } from "./pattern.ts";

const LONGEST_TITLE = 60;

/** A line that is numbered `4.2` or `第二章` and apart from what stands above it, as titles are. */
function isTitle(line: Line, above: Line | undefined): boolean {
  const { marker, indent, kind, text } = line;
  if (marker === null || marker.value === null || indent > 1 || kind === "heading") return false;
  if (marker.style !== "1.1" && marker.style !== "第1" && marker.style !== "一、") return false;
  const isApart = above === undefined || above.kind === "blank" || above.kind === "furniture";
  return isApart && text.length <= LONGEST_TITLE && !/[。；;，,.!！:：]$/u.test(text) && !asks(text);
}

/**
 * Places of titles that are no headings and go on with the numbers of those above the first question: 4.4 Position. What
 * stands below one belongs to no question above it.
 */
export function numberedChapters(lines: readonly Line[], heads: readonly Head[]): ReadonlySet<number> {
  const first = heads[0]?.at ?? 0;
  const opening = new Set(heads.map(({ at }) => at));
  const looks = Map.groupBy(
    lines.flatMap((line, at) => (isTitle(line, lines[at - 1]) && !opening.has(at) ? [at] : [])),
    (at) => `${lines[at]?.marker?.style} ${lines[at]?.marker?.depth}`,
  );
  const numbers = new Set<number>();
  for (const places of looks.values()) {
    const values = places.map((at) => lines[at]?.marker?.value ?? 0);
    const isRising = values.every((value, at) => at === 0 || value === (values[at - 1] ?? 0) + 1);
    if (!isRising || (places[0] ?? first) >= first) continue;
    for (const at of places) if (at > first) numbers.add(lines[at]?.number ?? 0);
  }
  return numbers;
}

/** Shorter lines of a title are not broken. */
const SHORTEST_BROKEN = 50;

/** A question that goes on in the next line: the line below it, if it is the rest of it. */
export function restOfTitle({ text }: Line, [next, behind]: readonly Line[]): Line | undefined {
  if (next?.kind !== "text" || next.marker !== null || text.length < SHORTEST_BROKEN) return undefined;
  const isOpen = /[\p{L}\p{N},]$/u.test(text) && /^\p{Ll}/u.test(next.text);
  const isLast = behind === undefined || behind.kind === "blank" || /[?？]$/u.test(next.text);
  return isOpen && isLast ? next : undefined;
}
