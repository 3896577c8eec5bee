import { asks, endsAsking, isShort } from "./asking.ts";
import { isLevel } from "./levels.ts";
import type { Line } from "./line.ts";
import { readMarker } from "./marker.ts";
import type { Head } from "./pattern.ts";

/** So much of what stands below the heads has to ask, where the heads themselves do not. */
const MOST_ASK = 0.6;
const LONGEST = 600;

/** Whether a head says only which question it is, and how hard: Question 3 (easy). */
const isEmpty = ({ text }: Line): boolean => isLevel(text) || readMarker(`${text} `).rest.trim() === "";

/** The place of the first line below a head that is not blank, before the next head; null where there is none. */
function placeBelow(lines: readonly Line[], head: Head, end: number): number | null {
  for (let at = head.at + 1; at < end; at += 1) {
    const line = lines[at];
    if (line === undefined || line.kind === "blank" || line.kind === "furniture") continue;
    return (line.kind === "text" || line.kind === "item" || line.kind === "heading") && line.indent <= 4
      ? at
      : null;
  }
  return null;
}

/**
 * Gives heads that name their question or only count it the words of the question below them: `Question 1 (easy)`,
 * `### 1. Caches`. Their line below is no part of the answer then.
 */
export function withAskedBelow(
  lines: readonly Line[],
  heads: readonly Head[],
): { readonly lines: readonly Line[]; readonly heads: readonly Head[] } {
  const below = heads.map((head, index) => placeBelow(lines, head, heads[index + 1]?.at ?? lines.length));
  const silent = heads.map(({ line }) => !asks(line.text) || isEmpty(line));
  const asksBelow = below.map((at) => {
    const text = at === null ? "" : (lines[at]?.text ?? "");
    return endsAsking(text) ? text.length <= LONGEST : asks(text) && isShort(text);
  });
  const mute = silent.filter(Boolean).length;
  const answered = silent.filter((isSilent, index) => isSilent && asksBelow[index] === true).length;
  const isPattern = answered >= 2 && answered / Math.max(1, mute) >= MOST_ASK;
  const moved = new Map<number, number>();
  for (const [index, { line }] of heads.entries()) {
    const at = below[index] ?? null;
    if (at === null || silent[index] !== true) continue;
    if (isEmpty(line) || (isPattern && asksBelow[index] === true)) moved.set(index, at);
  }
  if (moved.size === 0) return { lines, heads };
  const taken = new Set(moved.values());
  return {
    lines: lines.map((line, at) => (taken.has(at) ? { ...line, kind: "furniture" } : line)),
    heads: heads.map((head, index) => {
      const at = moved.get(index);
      const text = at === undefined ? undefined : lines[at]?.text;
      return text === undefined ? head : { ...head, line: { ...head.line, text } };
    }),
  };
}
