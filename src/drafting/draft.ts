import { cutBlocks, type Dropped, linesOf } from "./blocks.ts";
import type { Line, LineRange } from "./line.ts";
import { findHeads } from "./pattern.ts";
import { type DraftPoint, draftPoints } from "./points.ts";

/** What a reviewer should look at. */
export type DraftWarning = "no answer: cannot be scored" | "few points" | "many points merged";

export interface DraftQuestion {
  readonly title: string;
  readonly lines: LineRange;
  /** Whether an answer to it can be scored; a question without points is never scheduled. */
  readonly scorable: boolean;
  readonly points: readonly DraftPoint[];
  readonly warnings: readonly DraftWarning[];
}

/** A document as questions with key points, and what of it is in none. */
export interface Draft {
  readonly questions: readonly DraftQuestion[];
  readonly dropped: readonly Dropped[];
  readonly warnings: readonly "no question found"[];
}

const FEW_POINTS = 3;

/** One question of a document with the lines of its answer. */
export function draftQuestion(title: string, lines: LineRange, answer: readonly Line[]): DraftQuestion {
  const { points, raw } = draftPoints(answer);
  const warnings: DraftWarning[] = [];
  if (points.length === 0) warnings.push("no answer: cannot be scored");
  else if (points.length < FEW_POINTS) warnings.push("few points");
  if (raw > points.length) warnings.push("many points merged");
  return { title, lines, scorable: points.length > 0, points, warnings };
}

/** A draft whose dropped lines are in order; whoever reads it is told where nothing was found. */
export const draftOf = (questions: readonly DraftQuestion[], dropped: readonly Dropped[]): Draft => ({
  questions,
  dropped: dropped.toSorted((one, other) => one.lines[0] - other.lines[0]),
  warnings: questions.length === 0 ? ["no question found"] : [],
});

/** Drafts questions from the lines of a document. */
export function draftFromLines(lines: readonly Line[]): Draft {
  const { blocks, dropped } = cutBlocks(lines, findHeads(lines));
  return draftOf(
    blocks.map((block) => draftQuestion(block.head.text, linesOf(block), block.body)),
    dropped,
  );
}
