import type { Evidence } from "./grader.ts";
import { isWordCode } from "./letters.ts";
import type { Reading, Token } from "./reading.ts";

const MOST_SPANS = 2;
/** A clause longer than this, in widths, is quoted only around the words that count. */
const LONG_CLAUSE = 200;

/** The parts of the raw answer that the words stand in: whole clauses, at most two, in order of place. */
export function quote(groups: readonly (readonly Token[])[], reading: Reading, raw: string): Evidence[] {
  const spans: { start: number; end: number }[] = [];
  for (const group of groups) {
    for (const clause of reading.clauses) {
      const inside = group.filter((token) => token.start < clause.end && token.end > clause.start);
      if (inside.length === 0 || spans.length >= MOST_SPANS) continue;
      const width = (reading.widths[clause.end] ?? 0) - (reading.widths[clause.start] ?? 0);
      const span = width <= LONG_CLAUSE ? { start: clause.start, end: clause.end } : around(inside, reading);
      const end = Math.max(span.end, ...inside.map((token) => token.end));
      const known = spans.find((other) => other.start <= span.start && other.end >= end);
      if (known === undefined) spans.push({ start: span.start, end });
    }
  }
  return spans
    .map((span) => toRaw(span, reading, raw))
    .filter((span) => span !== undefined)
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

function around(tokens: readonly Token[], reading: Reading): { start: number; end: number } {
  const text = reading.text.text;
  let start = Math.min(...tokens.map((token) => token.start));
  let end = Math.max(...tokens.map((token) => token.end));
  while (start > 0 && isWordCode(text.charCodeAt(start - 1)) && isWordCode(text.charCodeAt(start)))
    start -= 1;
  while (end < text.length && isWordCode(text.charCodeAt(end)) && isWordCode(text.charCodeAt(end - 1)))
    end += 1;
  return { start, end };
}

function toRaw(span: { start: number; end: number }, reading: Reading, raw: string): Evidence | undefined {
  const first = reading.text.starts[span.start];
  const last = reading.text.ends[span.end - 1];
  if (first === undefined || last === undefined || last <= first) return undefined;
  let start = first;
  let end = last;
  while (start < end && raw.charAt(start).trim() === "") start += 1;
  while (end > start && raw.charAt(end - 1).trim() === "") end -= 1;
  return end > start ? { start, end, quote: raw.slice(start, end) } : undefined;
}
