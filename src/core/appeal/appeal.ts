import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { fingerprint } from "#core/fingerprint";
import {
  instantSchema,
  type MemberId,
  memberIdSchema,
  type RoundId,
  roundIdSchema,
  type SubmissionId,
  submissionIdSchema,
} from "#core/ids";
import { localeSchema } from "#core/language";
import { slugSchema } from "#core/pack/question";
import { verdictSchema } from "#core/scoring/grader";

/** The most that is read of the words that a member points at, of a reason, and of an editor's sentence. */
export const LONGEST_WORDS = 400;
export const LONGEST_REASON = 600;

/** What an editor may decide: the point was said in full, or half, or not. */
export const rulingSchema = z.enum(["hit", "partial", "declined"]);
export type Ruling = z.infer<typeof rulingSchema>;

const decisionSchema = z.strictObject({
  ruling: rulingSchema,
  by: memberIdSchema,
  /** The press that decided: of several at once only one is kept. */
  submission: submissionIdSchema,
  at: instantSchema,
  /** Why, in the editor's words. */
  sentence: z.string().max(LONGEST_REASON).nullable(),
});

/** What an upheld appeal has changed. */
const outcomeSchema = z.strictObject({
  score: z.strictObject({ before: z.int(), after: z.int() }),
  streak: z.strictObject({ before: z.int(), after: z.int() }),
  /** Whether the date counts as passed now. */
  counts: z.boolean(),
  freezeReturned: z.boolean(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** A member's claim that an answer of theirs has a key point that it was not given. */
const appealSchema = z.strictObject({
  member: memberIdSchema,
  /** The language in which the member is told. */
  locale: localeSchema,
  round: roundIdSchema,
  question: slugSchema,
  /** The submission by which the answer came. */
  answer: submissionIdSchema,
  point: slugSchema,
  /** The verdict that is doubted. */
  judged: verdictSchema,
  /** The member's own words in the answer that are to say it. */
  words: z.string().max(LONGEST_WORDS).nullable(),
  reason: z.string().max(LONGEST_REASON).nullable(),
  filedAt: instantSchema,
  /** The submission that filed it, so that a second delivery is heard as the same. */
  filedBy: submissionIdSchema,
  /** When editors may read it, and are told: what others have answered is nobody's to read while a round is open. */
  readableAt: instantSchema,
  /** Whether the editors have been told that something waits. */
  announced: z.boolean(),
  decision: decisionSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  /** Whether the member has been told, by a message or by a note for their next command. */
  told: z.boolean(),
});
export type Appeal = z.infer<typeof appealSchema>;

/** An appeal with the name it is kept under. */
export interface AppealCase {
  readonly id: string;
  readonly appeal: Appeal;
}

/** One appeal a point and answer: whoever asks again finds the first. */
export const appealId = (member: MemberId, round: RoundId, answer: SubmissionId, point: string): string =>
  fingerprint([member, round, answer, point]);

export const readAppeal = (text: string): Appeal => appealSchema.parse(JSON.parse(text));

/** How it is kept: the editors are to be told of a new one, the member of a decision; in between it waits for people. */
export const appealText = (appeal: Appeal): Pick<Dossier, "text" | "wakeAt"> => {
  const wakesNew = appeal.announced ? null : appeal.readableAt;
  const wakeAt = appeal.decision === null ? wakesNew : appeal.told ? null : appeal.decision.at;
  return { text: JSON.stringify(appeal), wakeAt };
};

export const caseOf = ({ id, text }: Dossier): AppealCase => ({ id, appeal: readAppeal(text) });

export const waits = ({ text }: Dossier): boolean => readAppeal(text).decision === null;
