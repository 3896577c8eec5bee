import type { Line } from "./line.ts";

/** So much of an outline stands further in. */
const MOST_INDENTED = 0.6;
const FEWEST_LEVELS = 3;
const DEEP = 4;

const isWords = ({ kind }: Line): boolean => kind === "text" || kind === "item";

/**
 * An outline without bullets as a list of bullets one step further out, its outermost lines as headings; null for any
 * other document. Mind maps are saved so.
 */
export function asOutline(lines: readonly Line[]): readonly Line[] | null {
  const words = lines.filter(isWords);
  const indented = words.filter(({ indent }) => indent >= DEEP);
  const levels = new Set(words.map(({ indent }) => indent));
  if (indented.length / Math.max(1, words.length) < MOST_INDENTED || levels.size < FEWEST_LEVELS) return null;
  const least = indented.reduce(
    (smallest, { indent }) => Math.min(smallest, indent),
    Number.POSITIVE_INFINITY,
  );
  return lines.map((line, at): Line => {
    if (!isWords(line)) return line;
    const next = lines[at + 1];
    if (line.indent < least)
      return next !== undefined && next.indent >= least ? { ...line, kind: "heading", level: 1 } : line;
    const marker = line.marker ?? { style: "•", value: null, depth: 1 };
    return { ...line, kind: "item", marker, indent: line.indent - least };
  });
}
