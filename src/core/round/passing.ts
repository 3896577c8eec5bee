import type { MemberId } from "#core/ids";
import type { GradeResult } from "#core/scoring/grader";
import { isCjk, ownTokens, sharesWording } from "./overlap.ts";
import type { SentText } from "./recording.ts";
import type { Attempt } from "./round.ts";

/** What an answer must have to earn the day: habit, not excellence. */
export interface PassingThresholds {
  /** Of 100; an admin may raise it up to `HIGHEST_PASS_SCORE`. */
  readonly score: number;
  readonly points: number;
  /** Either that many Chinese or Japanese characters or that many words which are not the question's; a mixture adds up. */
  readonly ownCharacters: number;
  readonly ownWords: number;
  /** Shorter answers (in UTF-16 units) are not compared: short true sentences resemble each other. */
  readonly comparedFromLength: number;
  /** Share of an answer's wording, 0 to 1, from which it counts as copied. */
  readonly overlap: number;
}

/** An admin may ask for a higher score, and for none higher than this. */
export const HIGHEST_PASS_SCORE = 60;

export const defaultThresholds: PassingThresholds = {
  score: 30,
  points: 1,
  ownCharacters: 15,
  ownWords: 8,
  comparedFromLength: 60,
  overlap: 0.8,
};

/** Why an answer does not earn the day; `messages.streak.notPassing` says each in a sentence. */
export type PassingReason = "no-point-hit" | "low-score" | "too-little" | "like-source" | "like-member";

export interface AnswerToPass {
  readonly text: string;
  readonly result: GradeResult;
  /** The question as asked, in each language. */
  readonly question: readonly string[];
  /** What a copy could be taken from: the model answer in each language, the key points' statements. */
  readonly sources: readonly string[];
  /** Other members' answers to this round, from `answersToCompare`. */
  readonly others: readonly string[];
}

/**
 * Whether an answer earns the day, with every reason against it. Linear in the length of all texts together.
 *
 * Points, score and length ask for an honest try; the comparisons close the short cut.
 */
export const judgePassing = (
  { text, result, question, sources, others }: AnswerToPass,
  thresholds: PassingThresholds = defaultThresholds,
): { readonly passes: boolean; readonly reasons: readonly PassingReason[] } => {
  const hits = result.points.filter(({ verdict, evidence }) => verdict === "hit" && evidence.length > 0);
  const own = ownTokens(text, question.join("\n"));
  const characters = own.filter(isCjk).length;
  const amount = characters / thresholds.ownCharacters + (own.length - characters) / thresholds.ownWords;
  const compared = text.length >= thresholds.comparedFromLength;
  const resembles = (known: string): boolean => sharesWording(text, known, thresholds.overlap);

  const reasons: PassingReason[] = [];
  if (hits.length < thresholds.points) reasons.push("no-point-hit");
  if (result.score < thresholds.score) reasons.push("low-score");
  if (amount < 1) reasons.push("too-little");
  if (compared && sources.some(resembles)) reasons.push("like-source");
  if (compared && others.some(resembles)) reasons.push("like-member");
  return { passes: reasons.length === 0, reasons };
};

/**
 * The answers of others that a member's next answer to a round is compared with: all but those that were themselves
 * copied from what this member had sent before, or a copyist could cost the author the day.
 */
export const answersToCompare = (
  sent: readonly SentText[],
  member: MemberId,
  thresholds: PassingThresholds = defaultThresholds,
): readonly string[] => {
  const own = sent.filter((text) => text.member === member);
  const isCopyOfOwn = (other: SentText): boolean =>
    own.some(
      (mine) => mine.sentAt < other.sentAt && sharesWording(other.text, mine.text, thresholds.overlap),
    );
  return sent.filter((other) => other.member !== member && !isCopyOfOwn(other)).map(({ text }) => text);
};

/** The answer that counts: the highest score, of equal ones the first sent; an ungraded one only where all are. */
export const bestAttempt = (attempts: readonly Attempt[]): Attempt | null => {
  const scoreOf = ({ result }: Attempt): number => result?.score ?? -1;
  const ranked = attempts.toSorted(
    (one, other) => scoreOf(other) - scoreOf(one) || one.sentAt - other.sentAt,
  );
  return ranked[0] ?? null;
};
