import { z } from "zod";
import { channelIdSchema, instantSchema, memberIdSchema, submissionIdSchema } from "#core/ids";
import { localeSchema } from "#core/language";
import { gradeResultSchema, verdictSchema } from "#core/scoring/grader";
import { MOST_MINUTES, MOST_QUESTIONS } from "./limits.ts";

const seatSchema = z.strictObject({
  member: memberIdSchema,
  /** Null while they are there. */
  leftAt: instantSchema.nullable(),
  /** Whether the summary that everybody reads may show how they did. */
  consents: z.boolean(),
  /** How often they count as having been in the role: what they did, and for whoever came later what they missed. */
  candidate: z.int().nonnegative(),
  interviewer: z.int().nonnegative(),
});
export type Seat = z.infer<typeof seatSchema>;

/** What was written as an answer: the candidate's own words, or somebody's notes of what they said. */
const writtenSchema = z.strictObject({
  by: memberIdSchema,
  kind: z.enum(["answer", "notes"]),
  text: z.string(),
  at: instantSchema,
});

/** One question to one candidate. */
const turnSchema = z.strictObject({
  question: z.string().min(1),
  candidate: memberIdSchema,
  /** Null where the bot asks. */
  interviewer: memberIdSchema.nullable(),
  /** Whether the interviewer has looked at the card or done anything else at this question. */
  isInterviewed: z.boolean(),
  /** Whether the candidate had answered it lately, for want of another. */
  isRepeated: z.boolean(),
  startedAt: instantSchema,
  /** When the time for the answer ends or, once it has, when the question is resolved. */
  endsAt: instantSchema,
  phase: z.enum(["answering", "settling", "resolved"]),
  /** Why no more answers are taken; null while they are. */
  ended: z.enum(["next", "time-up", "candidate-left"]).nullable(),
  /**
   * Empty once the words are with the candidate's answers: their own as it is resolved, others' notes of what they said
   * when they take them as theirs.
   */
  written: z.array(writtenSchema),
  /** Words, or Chinese characters, of all that was written. */
  words: z.int().nonnegative(),
  /** Who wrote the notes. */
  notedBy: z.array(memberIdSchema),
  /** Hints that the bot gave. */
  hints: z.int().nonnegative(),
  /** The follow-up questions that were asked: ids of key points, or `general-0` and `general-1`. */
  followUps: z.array(z.string()),
  /** The key points that each of the others heard. */
  ticks: z.record(memberIdSchema, z.array(z.string())),
  /** Of everything written so far; null where nothing is written. */
  result: gradeResultSchema.nullable(),
  /** Of the candidate's own words alone; null while there are none, and once it is resolved. */
  own: gradeResultSchema.nullable(),
  score: z.int().min(0).max(100).nullable(),
  verdicts: z.record(z.string(), verdictSchema),
});
export type Turn = z.infer<typeof turnSchema>;

/** What is to be done outside the interview: messages, and what is recorded. Each is done once, whoever does it. */
const taskSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("open") }),
  /** The first message (null), or that of a question, is brought up to date. */
  z.strictObject({ kind: z.literal("redraw"), turn: z.int().nullable() }),
  z.strictObject({ kind: z.literal("joined"), member: memberIdSchema }),
  z.strictObject({ kind: z.literal("left"), member: memberIdSchema, host: memberIdSchema.nullable() }),
  z.strictObject({ kind: z.literal("question"), turn: z.int() }),
  /** Another question in the place of one that was skipped. */
  z.strictObject({ kind: z.literal("skipped"), turn: z.int(), question: z.string() }),
  z.strictObject({ kind: z.literal("said"), turn: z.int(), by: memberIdSchema, text: z.string() }),
  z.strictObject({
    kind: z.literal("follow-up"),
    turn: z.int(),
    id: z.string(),
    by: memberIdSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("hint"), turn: z.int(), hint: z.int() }),
  z.strictObject({ kind: z.literal("stand-in"), turn: z.int() }),
  z.strictObject({ kind: z.literal("settling"), turn: z.int(), endsAt: instantSchema }),
  z.strictObject({ kind: z.literal("resolved"), turn: z.int() }),
  z.strictObject({
    kind: z.literal("record"),
    turn: z.int(),
    text: z.string(),
    sentAt: instantSchema,
    result: gradeResultSchema,
  }),
  /** It is remembered that the candidate had the question, where nothing of theirs is recorded. */
  z.strictObject({ kind: z.literal("asked"), turn: z.int() }),
  z.strictObject({ kind: z.literal("summary") }),
]);
export type Task = z.infer<typeof taskSchema>;

/** What is kept of an interview, in contrast to what is said in its thread: it is never given up. */
export const isRecord = ({ kind }: Task): boolean => kind === "record" || kind === "asked";

const waitingTaskSchema = z.strictObject({
  /** Counts the interview's tasks: part of the key by which each is done once. */
  number: z.int().positive(),
  at: instantSchema,
  task: taskSchema,
});
export type WaitingTask = z.infer<typeof waitingTaskSchema>;

export const overReasons = [
  "done",
  "ended",
  "silence",
  "nobody-left",
  "not-begun",
  "no-question",
  "no-thread",
] as const;
export type OverReason = (typeof overReasons)[number];

/** A group's mock interview: everything that is known of it, as one text in a dossier. */
export const interviewSchema = z.strictObject({
  id: z.string().min(1).max(200),
  channel: channelIdSchema,
  /** Null until the thread is open. */
  thread: z.string().nullable(),
  /** The language of what everybody reads. */
  locale: localeSchema,
  host: memberIdSchema,
  createdAt: instantSchema,
  phase: z.enum(["lobby", "asking", "over"]),
  over: z.strictObject({ at: instantSchema, why: z.enum(overReasons) }).nullable(),
  topic: z.string().nullable(),
  /** Null until it begins: then one for each member, unless somebody said another number. */
  questions: z.int().min(1).max(MOST_QUESTIONS).nullable(),
  minutes: z.int().min(1).max(MOST_MINUTES),
  seats: z.array(seatSchema),
  turns: z.array(turnSchema),
  /** Questions that were skipped: they do not come again either. */
  skipped: z.array(z.string()),
  /** The messages that may be edited: the first one, and each question's by its number, from 0. */
  messages: z.strictObject({ first: z.string().nullable(), questions: z.record(z.string(), z.string()) }),
  tasks: z.array(waitingTaskSchema),
  /** How many tasks there ever were. */
  numbered: z.int().nonnegative(),
  /** The last submissions that changed it, so that one which is delivered again changes nothing. */
  heard: z.array(submissionIdSchema),
});
export type Interview = z.infer<typeof interviewSchema>;

/** Those who are there, in the order in which they first came. */
export const presentSeats = ({ seats }: Pick<Interview, "seats">): readonly Seat[] =>
  seats.filter(({ leftAt }) => leftAt === null);

export const isPresent = (interview: Pick<Interview, "seats">, member: string): boolean =>
  presentSeats(interview).some((seat) => seat.member === member);

/** The last question, if there is one. */
export const lastTurn = ({ turns }: Pick<Interview, "turns">): Turn | null => turns.at(-1) ?? null;
