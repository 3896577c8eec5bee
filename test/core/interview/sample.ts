import { channelIdSchema, type MemberId, memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Event } from "#core/interview/events";
import type { Interview, Task, Turn } from "#core/interview/interview";
import type { Facts } from "#core/interview/question-choice";
import { newInterview } from "#core/interview/starting";
import { step } from "#core/interview/step";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import type { GradeResult, Verdict } from "#core/scoring/grader";

export const MINUTE_MS = 60_000;
const STARTED_AT = Date.UTC(2026, 10, 25, 1);

export const member = (name: string): MemberId => memberIdSchema.parse(name);

const both = (text: string) => ({ zh: text, en: text });

/** A question of four key points. */
const questionOf = (at: number): Question => ({
  schema: 1,
  id: `q${at}`,
  status: "reviewed",
  topic: at % 2 === 0 ? "even" : "odd",
  difficulty: 1 + (at % 3),
  text: both(`What is ${at}?`),
  points: [0, 1, 2, 3].map((point) => ({
    id: `q${at}-p${point}`,
    title: both(`title ${at}.${point}`),
    statement: both(`statement ${at}.${point}`),
    weight: point === 2 ? 3 : 1,
    hint: both(`lead ${at}.${point}`),
    source: { document: "sample", heading: "sample" },
  })),
  modelAnswer: both(`model ${at}`),
  hints: [both(`hint ${at}.0`), both(`hint ${at}.1`)],
  followUps: [both(`further ${at}.0`), both(`further ${at}.1`)],
});

const bank: readonly Question[] = Array.from({ length: 60 }, (_, at) => questionOf(at));
export const questionById = (id: string): Question | undefined => bank.find((question) => question.id === id);

/** The key points of the question that is asked. */
export const pointsOf = (turn: Turn): readonly string[] =>
  questionById(turn.question)?.points.map(({ id }) => id) ?? [];

/** A result in which the named points were hit and no others. */
export function resultOf(turn: Turn, hits: readonly string[]): GradeResult {
  const points = pointsOf(turn).map((id) => ({
    id,
    verdict: (hits.includes(id) ? "hit" : "miss") as Verdict,
    confidence: 1,
    evidence: hits.includes(id) ? [{ start: 0, end: 1, quote: "x" }] : [],
    reason: "core" as const,
  }));
  return {
    score: Math.round((100 * hits.length) / points.length),
    points,
    flags: [],
    grader: { id: "sample", version: "1", rubricHash: "sample" },
  };
}

export interface Play {
  readonly interview: Interview;
  readonly now: number;
}

export const factsAt = (now: number, interview: Interview, more: Partial<Facts> = {}): Facts => ({
  now,
  bank,
  answeredAt: new Map(interview.seats.map((seat) => [seat.member, new Map()])),
  question: questionById,
  ...more,
});

/** An interview in its lobby, whose host is `ada`. */
export const lobby = (options: { questions?: number | null; minutes?: number } = {}): Play => ({
  now: STARTED_AT,
  interview: newInterview(
    {
      channel: channelIdSchema.parse("study"),
      host: member("ada"),
      locale: "en",
      topic: null,
      questions: options.questions ?? null,
      minutes: options.minutes ?? 5,
      sentAt: STARTED_AT,
      submission: submissionIdSchema.parse("start"),
    },
    STARTED_AT,
  ),
});

export const happens = ({ interview, now }: Play, event: Event, more: Partial<Facts> = {}): Play => ({
  now,
  interview: step(interview, event, factsAt(now, interview, more)),
});

/** So many milliseconds later, when the clock has looked. */
export const later = ({ interview, now }: Play, ms: number): Play =>
  happens({ interview, now: now + ms }, { kind: "wake" });

export const turnOf = ({ interview }: Play): Turn => {
  const turn = interview.turns.at(-1);
  if (turn === undefined) throw new Error("no question has come");
  return turn;
};

export const joined = (play: Play, ...names: readonly string[]): Play =>
  names.reduce((before, name) => happens(before, { kind: "join", member: member(name) }), play);

/** The first question of an interview of these members; `ada` is its host. */
export const begun = (
  others: readonly string[] = ["bo", "cy"],
  options: { questions?: number; minutes?: number } = {},
): Play => happens(joined(lobby(options), ...others), { kind: "next", member: member("ada") });

/** Who is what at the question: `observer` is one of those who only listen. */
export const rolesIn = (play: Play): { candidate: MemberId; interviewer: MemberId; observer: MemberId } => {
  const { candidate, interviewer } = turnOf(play);
  const observer = play.interview.seats.find(
    (seat) => seat.leftAt === null && seat.member !== candidate && seat.member !== interviewer,
  );
  return {
    candidate,
    interviewer: interviewer ?? member("nobody"),
    observer: observer?.member ?? member("nobody"),
  };
};

export const answers = (play: Play, hits: readonly number[] = [], text = "an answer of some words"): Play => {
  const turn = turnOf(play);
  const points = pointsOf(turn).filter((_, at) => hits.includes(at));
  return happens(play, { kind: "answer", member: turn.candidate, text, result: resultOf(turn, points) });
};

/** The kinds of what was added to be done between two states. */
export const tasksAfter = (before: Play, after: Play): readonly Task[] =>
  after.interview.tasks.filter(({ number }) => number > before.interview.numbered).map(({ task }) => task);

/** The sentence by which an event is refused. */
export function refusalOf(play: Play, event: Event, more: Partial<Facts> = {}): string {
  try {
    happens(play, event, more);
  } catch (error) {
    if (error instanceof Refusal) return error.sentence(messagesFor("en"));
    throw error;
  }
  return "it was not refused";
}
