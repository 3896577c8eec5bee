import type { Line } from "./line.ts";

/** Of so many answers it is looked at how they are set. */
const SAMPLE = 50;
const FEWEST = 3;
const NEARLY_ALL = 0.9;

const isWords = ({ kind }: Line): boolean => kind === "text" || kind === "item" || kind === "heading";

/** Whether all of an answer stands further in than its question, but for the title of the next chapter. */
function isIndented(head: Line, body: readonly Line[]): boolean {
  const words = body.filter(isWords);
  const isOut = ({ indent }: Line): boolean => indent <= head.indent;
  return words.length > 0 && (words.length === 1 ? words : words.slice(0, -1)).every((line) => !isOut(line));
}

/**
 * Where what stands at the margin again ends an answer, in a document that indents its answers; null in any other.
 *
 * @param lines those of a question, its head first
 * @param others those of the other questions, in the same way
 */
export function outdentedStart(lines: readonly Line[], others: readonly (readonly Line[])[]): number | null {
  const [head, ...body] = lines;
  if (head === undefined) return null;
  const at = body.findIndex((line) => isWords(line) && line.indent <= head.indent);
  if (at < 0) return null;
  const sample = others.slice(0, SAMPLE).filter((part) => part.some(isWords));
  const indented = sample.filter(([other, ...below]) => other !== undefined && isIndented(other, below));
  return indented.length >= FEWEST && indented.length / sample.length >= NEARLY_ALL ? at + 1 : null;
}
