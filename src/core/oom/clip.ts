import { ANCHOR } from "./anchor.ts";
import type { Span } from "./kinds.ts";

/** How much of a text is looked at for anchors at all (UTF-16 code units). */
const MAX_SCANNED = 1 << 20;
/** How much of it is parsed. */
const MAX_PARSED = 40 * 1024;
const MAX_LINE = 400;
const MAX_ANCHORS = 120;
/** The first failing rank's message with its stack stands around the first anchor. */
const FIRST_BEFORE = 5_000;
const FIRST_AFTER = 8_000;
const TAIL = 16_000;

/** Joins overlapping spans; they come sorted by start. */
const merge = (spans: readonly Span[]): Span[] => {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
};

/**
 * The parts of a text that are parsed: all of a short one; of a long one the surroundings of the first anchor, a
 * few hundred characters around later anchors, and the end. Their lengths add up to at most `MAX_PARSED`.
 */
export const clip = (raw: string): readonly Span[] => {
  if (raw.length <= MAX_PARSED) return [{ start: 0, end: raw.length }];
  const spans: Span[] = [];
  let budget = MAX_PARSED - TAIL;
  const take = (start: number, end: number): void => {
    const from = Math.max(0, start, spans.at(-1)?.end ?? 0);
    const to = Math.min(raw.length, end, from + budget);
    if (to <= from) return;
    spans.push({ start: from, end: to });
    budget -= to - from;
  };
  const scanned = raw.length <= MAX_SCANNED ? raw : raw.slice(0, MAX_SCANNED);
  const anchor = new RegExp(ANCHOR.source, "gi");
  for (let found = 0; found < MAX_ANCHORS && budget > 0; found += 1) {
    const match = anchor.exec(scanned);
    if (!match) break;
    const first = found === 0;
    take(match.index - (first ? FIRST_BEFORE : MAX_LINE), match.index + (first ? FIRST_AFTER : 2 * MAX_LINE));
    anchor.lastIndex = Math.max(anchor.lastIndex, spans.at(-1)?.end ?? 0);
  }
  const tail = { start: raw.length - TAIL, end: raw.length };
  return merge([...spans, tail].toSorted((a, b) => a.start - b.start));
};
