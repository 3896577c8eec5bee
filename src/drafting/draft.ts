import { Refusal } from "#core/refusal";
import { mannerOf, subjectOf, withoutAsides } from "./asides.ts";
import { withAskedBelow } from "./asked-below.ts";
import { cutBlocks, type Dropped, linesOf } from "./blocks.ts";
import { withoutContents } from "./contents.ts";
import { behindMarks, withoutForms } from "./forms.ts";
import { withoutAdvertisements } from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
import { asOutline } from "./outline.ts";
import { findHeads } from "./pattern.ts";
import { type DraftPoint, draftPoints } from "./points.ts";
import { withoutRepeated } from "./repeated.ts";
import { sumsUp } from "./sentences.ts";
import { withoutSpeaker } from "./speakers.ts";
import { isEveryday, isOffField } from "./substance.ts";
import { withTranscript } from "./transcript.ts";
import { withoutTranslations, withoutTwins } from "./translated.ts";

/** What a reviewer should look at. */
export type DraftWarning =
  | "no answer: cannot be scored"
  | "few points"
  | "many points merged"
  | "repeats a known slip";

/** A line of an answer that is in no point, without its bullet and mark-up. */
export type UnusedLine = Pick<Line, "number" | "text">;

export interface DraftQuestion {
  readonly title: string;
  readonly lines: LineRange;
  /** Whether an answer to it can be scored; a question without points is never scheduled. */
  readonly scorable: boolean;
  readonly points: readonly DraftPoint[];
  /** What its answer says in words of which no point was made: a person is to see whether one is missing. */
  readonly unused: readonly UnusedLine[];
  readonly warnings: readonly DraftWarning[];
}

/** A row of a table of questions and answers. */
export interface Card {
  readonly question: string;
  readonly answer: readonly Line[];
  readonly lines: LineRange;
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

const isSaid = ({ kind }: Line): boolean => kind === "text" || kind === "item";

/** What an answer says outside its points. */
const unusedOf = (body: readonly Line[], points: readonly DraftPoint[]): readonly UnusedLine[] =>
  body
    .filter(isSaid)
    .filter(({ number }) => points.every(({ lines: [from, to] }) => number < from || number > to))
    .map(({ number, text }) => ({ number, text }));

/** Lines as stretches, those behind each other as one. */
export function stretchesOf(lines: readonly UnusedLine[]): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (const { number } of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 >= number) ranges[ranges.length - 1] = [last[0], number];
    else ranges.push([number, number]);
  }
  return ranges;
}

/**
 * One question of a document.
 *
 * @param body all lines below it
 * @param answer those of them that answer it
 */
function draftQuestion(
  title: string,
  lines: LineRange,
  body: readonly Line[],
  answer: readonly Line[],
): DraftQuestion {
  // A closing line to whoever prepares is no part of the answer, and tells what counts in it.
  const closing = body.filter((line) => isSaid(line) && sumsUp(line.text)).map(({ text }) => text);
  const { points, raw } = draftPoints(title, answer, closing);
  const warnings: DraftWarning[] = [];
  if (points.length === 0) warnings.push("no answer: cannot be scored");
  else if (points.length < FEW_POINTS) warnings.push("few points");
  if (points.some(({ erratum }) => erratum !== undefined)) warnings.push("repeats a known slip");
  if (raw > points.length) warnings.push("many points merged");
  return { title, lines, scorable: points.length > 0, points, unused: unusedOf(body, points), warnings };
}

/** What was dropped for the same reason line behind line, as one. */
function joined(dropped: readonly Dropped[]): readonly Dropped[] {
  const all: Dropped[] = [];
  for (const { lines, reason } of dropped) {
    const last = all.at(-1);
    if (last?.reason === reason && last.lines[1] + 1 === lines[0])
      all[all.length - 1] = { lines: [last.lines[0], lines[1]], reason };
    else all.push({ lines, reason });
  }
  return all;
}

/** A draft whose dropped lines are in order; whoever reads it is told where nothing was found. */
const draftOf = (questions: readonly DraftQuestion[], dropped: readonly Dropped[]): Draft => ({
  questions,
  dropped: joined(dropped.toSorted((one, other) => one.lines[0] - other.lines[0])),
  warnings: questions.length === 0 ? ["no question found"] : [],
});

/** @throws Refusal where a document asks more than can be reviewed */
export function checkCount(questions: number): void {
  if (questions > MOST_QUESTIONS)
    throw new Refusal((say) => say.drafting.tooManyQuestions(questions, MOST_QUESTIONS));
}

/** Drafts questions from the lines of a document. */
export function draftFromLines(lines: readonly Line[], seen: Seen = () => {}): Draft {
  const read = withoutContents(withTranscript(withoutAdvertisements(lines)));
  const asking = findHeads(read);
  const told = asking.length > 0 ? read : (asOutline(read) ?? read);
  const found = told === read ? asking : findHeads(told);
  checkCount(found.length);
  const once = withoutTwins(told, found);
  const asked = withAskedBelow(once.lines, once.heads);
  const { blocks, dropped: cut } = cutBlocks(asked.lines, asked.heads);
  const titles = blocks.map(({ head }) => head.text);
  const answers = answersIn(
    titles,
    blocks.map(({ body }) => body),
    {
      before: told.slice(0, found[0]?.at ?? 0),
      isTwice: once.heads.length < found.length,
    },
  );
  const dropped = [...cut];
  const questions: DraftQuestion[] = [];
  for (const [at, block] of blocks.entries()) {
    if (at % SEEN_EACH === 0) seen(LINES_SHARE + (1 - LINES_SHARE) * (at / blocks.length));
    const { text, marker } = block.head;
    const answer = answers(at, at === blocks.length - 1);
    const question = draftQuestion(text, linesOf(block), block.body, answer);
    // Whoever reads is asked, not whoever is interviewed: Still unsure?
    const isAtEnd = at === 0 || at === blocks.length - 1;
    const isToReader = isAtEnd && marker === null && block.body.some(isSaid) && isOffField(text);
    if (question.scorable || !isToReader) questions.push(question);
    else dropped.push({ lines: question.lines, reason: "small talk" });
  }
  if (areByTheWay(questions, read))
    return draftOf(
      [],
      [
        ...dropped,
        ...questions.map((question) => ({ lines: question.lines, reason: "small talk" as const })),
      ],
    );
  return draftOf(questions, dropped);
}

const FEW_QUESTIONS = 4;
/** Questions of this share of a document's lines are no more than asked by the way. */
const SMALL_SHARE = 0.2;

/** Whether a document only happens to ask something: a few questions of every day, in a text about other things. */
function areByTheWay(questions: readonly DraftQuestion[], lines: readonly Line[]): boolean {
  if (questions.length === 0 || questions.length > FEW_QUESTIONS) return false;
  const filled = lines.filter(({ kind }) => kind !== "blank").length;
  const asked = questions.reduce((sum, { lines: [from, to] }) => sum + to - from + 1, 0);
  return asked < SMALL_SHARE * filled && questions.every(({ title }) => isEveryday(title));
}

/** Drafts the questions of a table, each with what stands on its other side. */
export function draftFromCards(cards: readonly Card[]): Draft {
  const answers = answersIn(
    cards.map(({ question }) => question),
    cards.map(({ answer }) => answer),
    { before: [], isTwice: false },
  );
  return draftOf(
    cards.map(({ question, lines, answer }, at) =>
      draftQuestion(question, lines, answer, answers(at, false)),
    ),
    [],
  );
}

/** What answers the questions of a document: without what its answers share, and what stands beside each. */
function answersIn(
  titles: readonly string[],
  bodies: readonly (readonly Line[])[],
  { before, isTwice }: { readonly before: readonly Line[]; readonly isTwice: boolean },
): (at: number, isLast: boolean) => readonly Line[] {
  const told = withoutTranslations(titles, bodies, isTwice);
  const left = withoutRepeated(withoutSpeaker(withoutForms(behindMarks(told))), before);
  const about = subjectOf(titles, left);
  const manner = mannerOf(left, about);
  return (at, isLast) => withoutAsides(titles[at] ?? "", left[at] ?? [], about, isLast, manner);
}
