import type { Instant, MemberId } from "#core/ids";
import { Refusal } from "#core/refusal";
import {
  over,
  requireAnswering,
  requirePresent,
  requireTurn,
  withRedraw,
  withTask,
  withTurn,
} from "./change.ts";
import type { Event } from "./events.ts";
import { type Interview, lastTurn, presentSeats, type Turn } from "./interview.ts";
import { LEAST_MEMBERS, MOST_QUESTIONS, SETTLING_MS, SILENT_TURNS } from "./limits.ts";
import { type Facts, questionFor } from "./question-choice.ts";
import { recordTurn } from "./recording.ts";
import { countPair, nextPair } from "./rotation.ts";

const MINUTE_MS = 60_000;

/** Nobody wrote, asked or ticked anything, nor looked at the card. */
const isSilent = (turn: Turn): boolean =>
  turn.words === 0 &&
  !turn.isInterviewed &&
  turn.hints === 0 &&
  Object.keys(turn.ticks).length === 0 &&
  turn.ended === "time-up";

/** How many questions count: not one whose candidate left before saying anything. */
const countedTurns = ({ turns }: Interview): number =>
  turns.filter((turn) => turn.ended !== "candidate-left" || turn.words > 0).length;

/** The next question to the next candidate, or the end where there is nothing more to ask. */
function beginTurn(interview: Interview, facts: Facts): Interview {
  const { now } = facts;
  const present = presentSeats(interview);
  if (present.length === 0) return over(interview, now, "nobody-left");
  const silent = interview.turns.slice(-SILENT_TURNS).filter(isSilent).length;
  if (silent === SILENT_TURNS) return over(interview, now, "silence");
  // Candidates who come and leave one after the other keep an interview going no longer than twice its length.
  const isDone =
    countedTurns(interview) >= (interview.questions ?? 0) || interview.turns.length >= 2 * MOST_QUESTIONS;
  if (isDone) return over(interview, now, "done");
  const pair = nextPair(present, interview.turns);
  const chosen = questionFor(pair.candidate, interview, facts);
  if (chosen === null) return over(interview, now, "no-question");
  const turn: Turn = {
    ...chosen,
    ...pair,
    isInterviewed: false,
    startedAt: now,
    endsAt: now + interview.minutes * MINUTE_MS,
    phase: "answering",
    ended: null,
    written: [],
    words: 0,
    notedBy: [],
    hints: 0,
    followUps: [],
    ticks: {},
    result: null,
    own: null,
    score: null,
    verdicts: {},
  };
  const begun = {
    ...interview,
    phase: "asking" as const,
    seats: countPair(interview.seats, pair),
    turns: [...interview.turns, turn],
  };
  const asked = withTask(begun, now, { kind: "question", turn: interview.turns.length });
  return interview.phase === "lobby" ? withRedraw(asked, now, null) : asked;
}

/** The time for the answer is over; for a minute what is written already may be sent, and key points ticked. */
export function settle(interview: Interview, now: Instant, ended: NonNullable<Turn["ended"]>): Interview {
  const endsAt = now + SETTLING_MS;
  const turn = interview.turns.length - 1;
  const settling = withTurn(interview, { phase: "settling", ended, endsAt });
  return withRedraw(withTask(settling, now, { kind: "settling", turn, endsAt }), now, turn);
}

/** What the candidate wrote is recorded, and the key points are shown. */
function resolve(interview: Interview, now: Instant): Interview {
  if (lastTurn(interview) === null) return interview;
  const number = interview.turns.length - 1;
  const recorded = withTurn(recordTurn(interview, now), { phase: "resolved", endsAt: now });
  return withRedraw(withTask(recorded, now, { kind: "resolved", turn: number }), now, number);
}

export const resolveAndGoOn = (interview: Interview, facts: Facts): Interview =>
  beginTurn(resolve(interview, facts.now), facts);

/** The first question; only the host, and with somebody beside them. */
function begin(interview: Interview, member: MemberId, facts: Facts): Interview {
  if (interview.host !== member) throw new Refusal((say) => say.interview.hostBegins);
  const there = presentSeats(interview).length;
  if (there < LEAST_MEMBERS) throw new Refusal((say) => say.interview.tooFew);
  if (facts.bank.length === 0) throw new Refusal((say) => say.interview.noQuestions);
  return beginTurn({ ...interview, questions: interview.questions ?? there }, facts);
}

function requireRole(interview: Interview, turn: Turn, member: MemberId): void {
  const mayGoOn = [turn.candidate, turn.interviewer, interview.host];
  if (!mayGoOn.includes(member)) throw new Refusal((say) => say.interview.notYoursToGoOn);
}

/**
 * From the lobby to the first question, from a question to its minute of settling, and from there to the next. A button
 * whose stretch is over has had its effect, by whoever pressed it first: nothing changes.
 *
 * @throws Refusal where that is for others, or the question whose button was pressed is over
 */
export function next(interview: Interview, event: Extract<Event, { kind: "next" }>, facts: Facts): Interview {
  const { member, turn: meant, from } = event;
  requirePresent(interview, member);
  if (interview.phase === "lobby") return begin(interview, member, facts);
  if (from === "lobby") return interview;
  const turn = requireTurn(interview, meant);
  requireRole(interview, turn, member);
  if (turn.phase === "settling") return from === "answering" ? interview : resolveAndGoOn(interview, facts);
  return settle(interview, facts.now, "next");
}

/**
 * Another question in the place of one that nobody has answered yet; roles stay, and the time begins again.
 *
 * @throws Refusal where that is for others, something was written, or no other question is left
 */
export function skip(
  interview: Interview,
  member: MemberId,
  meant: number | undefined,
  facts: Facts,
): Interview {
  requirePresent(interview, member);
  const turn = requireAnswering(interview, meant);
  requireRole(interview, turn, member);
  if (turn.written.length > 0) throw new Refusal((say) => say.interview.answeredAlready);
  const { now } = facts;
  const without = { ...interview, skipped: [...interview.skipped, turn.question] };
  const chosen = questionFor(turn.candidate, without, facts);
  if (chosen === null) throw new Refusal((say) => say.interview.noOtherQuestion);
  const changed = withTurn(without, {
    ...chosen,
    startedAt: now,
    endsAt: now + interview.minutes * MINUTE_MS,
    hints: 0,
    followUps: [],
    ticks: {},
  });
  const number = interview.turns.length - 1;
  const told = withTask(changed, now, { kind: "skipped", turn: number, question: chosen.question });
  return withRedraw(told, now, number);
}

/** @throws Refusal where they are not in it, or it is the host's to end */
export function end(interview: Interview, member: MemberId, now: Instant): Interview {
  requirePresent(interview, member);
  if (interview.host !== member) throw new Refusal((say) => say.interview.hostEnds);
  const turn = lastTurn(interview);
  const resolved = turn === null || turn.phase === "resolved" ? interview : resolve(interview, now);
  return over(resolved, now, "ended");
}
