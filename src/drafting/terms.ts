import type { Line } from "./line.ts";
import { plainWords } from "./plain-words.ts";

type Part = Pick<Line, "kind" | "indent" | "marker" | "bold" | "text">;

/** One step further in than the term that it tells of. */
export const DEFINED_INDENT = 2;

/** What a line of a list of definitions holds, `<dt>term</dt><dd>what it is</dd>`: each in a line of its own. */
export function termsIn(html: string): readonly Part[] {
  const parts = html.split(/(?=<d[td]\b)/iu).flatMap((piece): readonly Part[] => {
    const text = plainWords(piece);
    if (text === "") return [];
    return /^<dt\b/iu.test(piece)
      ? [{ kind: "item", indent: 0, marker: { style: "term", value: null, depth: 1 }, bold: true, text }]
      : [{ kind: "text", indent: DEFINED_INDENT, marker: null, bold: false, text }];
  });
  return parts.length > 0
    ? parts
    : [{ kind: "furniture", indent: 0, marker: null, bold: false, text: html.slice(0, 200) }];
}
