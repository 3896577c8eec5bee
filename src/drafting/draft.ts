import { Refusal } from "#core/refusal";
import { subjectOf, withoutAsides } from "./asides.ts";
import { withAskedBelow } from "./asked-below.ts";
import { cutBlocks, type Dropped, linesOf } from "./blocks.ts";
import { withoutContents } from "./contents.ts";
import { withoutAdvertisements } from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
import { findHeads, withoutSpeaker } from "./pattern.ts";
import { type DraftPoint, draftPoints } from "./points.ts";
import { withoutRepeated } from "./repeated.ts";
import { withTranscript } from "./transcript.ts";

/** What a reviewer should look at. */
export type DraftWarning =
  | "no answer: cannot be scored"
  | "few points"
  | "many points merged"
  | "repeats a known slip";

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
const MOST_QUESTIONS = 20_000;

/** Is told from time to time how much of a document has been read, from 0 to 1. */
export type Seen = (share: number) => void;
const SEEN_EACH = 50;
/** Telling lines apart takes about as long as drafting points. */
const LINES_SHARE = 0.5;

/** One question of a document with the lines of its answer. */
export function draftQuestion(title: string, lines: LineRange, answer: readonly Line[]): DraftQuestion {
  const { points, raw } = draftPoints(title, answer);
  const warnings: DraftWarning[] = [];
  if (points.length === 0) warnings.push("no answer: cannot be scored");
  else if (points.length < FEW_POINTS) warnings.push("few points");
  if (points.some(({ erratum }) => erratum !== undefined)) warnings.push("repeats a known slip");
  if (raw > points.length) warnings.push("many points merged");
  return { title, lines, scorable: points.length > 0, points, warnings };
}

/** A draft whose dropped lines are in order; whoever reads it is told where nothing was found. */
export const draftOf = (questions: readonly DraftQuestion[], dropped: readonly Dropped[]): Draft => ({
  questions,
  dropped: dropped.toSorted((one, other) => one.lines[0] - other.lines[0]),
  warnings: questions.length === 0 ? ["no question found"] : [],
});

/** @throws Refusal where a document asks more than can be reviewed */
export function checkCount(questions: number): void {
  if (questions > MOST_QUESTIONS)
    throw new Refusal((say) => say.drafting.tooManyQuestions(questions, MOST_QUESTIONS));
}

/** Drafts questions from the lines of a document. */
export function draftFromLines(lines: readonly Line[], seen: Seen = () => {}): Draft {
  const told = withoutContents(withTranscript(withoutAdvertisements(lines)));
  const found = findHeads(told);
  checkCount(found.length);
  const asked = withAskedBelow(told, found);
  const { blocks, dropped } = cutBlocks(asked.lines, asked.heads);
  const bodies = withoutRepeated(
    withoutSpeaker(blocks.map(({ body }) => body)),
    told.slice(0, found[0]?.at ?? 0),
  );
  const about = subjectOf(
    blocks.map(({ head }) => head.text),
    bodies,
  );
  return draftOf(
    blocks.map((block, at) => {
      if (at % SEEN_EACH === 0) seen(LINES_SHARE + (1 - LINES_SHARE) * (at / blocks.length));
      const { text } = block.head;
      const answer = withoutAsides(text, bodies[at] ?? [], about, at === blocks.length - 1);
      return draftQuestion(text, linesOf(block), answer);
    }),
    dropped,
  );
}
