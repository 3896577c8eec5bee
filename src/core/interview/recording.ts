import type { Instant } from "#core/ids";
import { withHint } from "#core/practice/hints";
import { Refusal } from "#core/refusal";
import type { GradeResult } from "#core/scoring/grader";
import { withTask, withTurn } from "./change.ts";
import type { Event } from "./events.ts";
import { type Interview, lastTurn, type Turn } from "./interview.ts";

type Written = Turn["written"];

/** Everything that was written to a question as one answer. */
export const textOf = (written: Written): string => written.map(({ text }) => text).join("\n\n");

const withRecord = (
  interview: Interview,
  turn: number,
  written: Written,
  result: GradeResult,
  now: Instant,
): Interview =>
  withTask(interview, now, {
    kind: "record",
    turn,
    text: textOf(written),
    sentAt: written.at(-1)?.at ?? now,
    // With the bot's hints it was recalled with difficulty, as in practice.
    result: withHint(result, (interview.turns[turn]?.hints ?? 0) > 0),
  });

/**
 * The candidate's own words of the last question are recorded as their answer. Notes of others alone wait until the
 * candidate takes them as theirs; that the question was asked is remembered in any case.
 */
export function recordTurn(interview: Interview, now: Instant): Interview {
  const turn = lastTurn(interview);
  if (turn === null) return interview;
  const number = interview.turns.length - 1;
  const own = turn.written.filter(({ kind }) => kind === "answer");
  if (turn.own === null || own.length === 0) return withTask(interview, now, { kind: "asked", turn: number });
  const recorded = withRecord(interview, number, own, turn.own, now);
  return withTurn(recorded, { written: [], result: null, own: null });
}

/** Whether there are notes of others that the candidate may take as their answer. */
export const hasNotesToTake = ({ phase, written }: Turn): boolean =>
  phase === "resolved" && written.length > 0;

/** @throws Refusal where they are not the candidate, or there are no notes to take any more */
export function keep(interview: Interview, event: Extract<Event, { kind: "keep" }>, now: Instant): Interview {
  const turn = interview.turns[event.turn];
  if (turn !== undefined && turn.candidate !== event.member)
    throw new Refusal((say) => say.interview.notYourNotes);
  if (turn === undefined || turn.result === null || !hasNotesToTake(turn))
    throw new Refusal((say) => say.interview.notesTakenBefore);
  const { result, written } = turn;
  const turns = interview.turns.map((each) =>
    each === turn ? { ...turn, written: [], result: null } : each,
  );
  return withRecord({ ...interview, turns }, event.turn, written, result, now);
}
