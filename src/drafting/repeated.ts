import { isAnswerMark } from "./answer-mark.ts";
import { noteLabel } from "./furniture.ts";
import type { Line } from "./line.ts";
import { lengthOf } from "./sentences.ts";

/** Of so many answers what they share is counted: enough to see a pattern, and few enough for a long document. */
const SAMPLE = 200;
const FEWEST = 3;
/** What stands in so many of the answers belongs to none of them, however short it is. */
const MOST_HAVE = 0.5;
/** A sentence of so many words is not written three times by chance. */
const SENTENCE = 4;
const LONGEST = 300;

/** What stands at the edge of a page, its number among it. */
const PAGE_EDGE = /(?:page|第)\s?#|^#\s{2,}|\s#$/u;

/** A line as the next page has it too: at a page's edge its numbers differ. */
function shapeOf(text: string): string {
  const words = text.toLowerCase();
  const counted = words.replace(/\d+/gu, "#");
  return PAGE_EDGE.test(counted) ? counted : words;
}

const mayRepeat = ({ kind, text, bold }: Line): boolean =>
  (kind === "text" || kind === "item") &&
  !bold &&
  text.length <= LONGEST &&
  !/[:：]$/u.test(text) &&
  !isAnswerMark(text);

const keysOf = (line: Line): readonly string[] => {
  const label = noteLabel(line.text);
  return label === null ? [shapeOf(line.text)] : [shapeOf(line.text), `${label}:`];
};

/**
 * Answers without the lines that most of them share: hints, links to the top, names of speakers, what stands at the head
 * and the foot of each page.
 *
 * @param bodies the lines below each question
 * @param before those above the first
 */
export function withoutRepeated(
  bodies: readonly (readonly Line[])[],
  before: readonly Line[],
): readonly (readonly Line[])[] {
  const sample = bodies.slice(0, SAMPLE);
  if (sample.length < 2) return bodies;
  const count = new Map<string, number>();
  for (const body of [before, ...sample])
    for (const key of new Set(body.filter(mayRepeat).flatMap(keysOf)))
      count.set(key, (count.get(key) ?? 0) + 1);
  const repeated = new Set(
    [...count]
      .filter(([key, times]) => {
        const isNote = key.endsWith(":");
        if (times < (isNote || PAGE_EDGE.test(key) ? 2 : FEWEST)) return false;
        return times / sample.length >= MOST_HAVE || (!isNote && lengthOf(key) >= SENTENCE);
      })
      .map(([key]) => key),
  );
  if (repeated.size === 0) return bodies;
  return bodies.map((body) => {
    const left = body.map(
      (line): Line =>
        mayRepeat(line) && keysOf(line).some((key) => repeated.has(key))
          ? { ...line, kind: "furniture" }
          : line,
    );
    // Answers that are all alike are still answers.
    return left.some(saysSomething) ? left : body;
  });
}

const saysSomething = ({ kind, text }: Line): boolean =>
  (kind === "text" || kind === "item" || kind === "table") && !isAnswerMark(text);
