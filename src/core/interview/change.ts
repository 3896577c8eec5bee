import type { Instant, MemberId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { type Interview, isPresent, lastTurn, type OverReason, type Task, type Turn } from "./interview.ts";

/** The interview with one more thing to be done. */
export const withTask = (interview: Interview, at: Instant, task: Task): Interview => ({
  ...interview,
  numbered: interview.numbered + 1,
  tasks: [...interview.tasks, { number: interview.numbered + 1, at, task }],
});

/** The interview with a message of it to be brought up to date; what waits for that already is enough. */
export const withRedraw = (interview: Interview, at: Instant, turn: number | null): Interview =>
  interview.tasks.some(({ task }) => task.kind === "redraw" && task.turn === turn)
    ? interview
    : withTask(interview, at, { kind: "redraw", turn });

/** The interview with its last question changed. */
export const withTurn = (interview: Interview, change: Partial<Turn>): Interview => {
  const turn = lastTurn(interview);
  if (turn === null) throw new Error("no question has come yet");
  return { ...interview, turns: [...interview.turns.slice(0, -1), { ...turn, ...change }] };
};

export const over = (interview: Interview, at: Instant, why: OverReason): Interview =>
  withRedraw(withTask({ ...interview, phase: "over", over: { at, why } }, at, { kind: "summary" }), at, null);

/** @throws Refusal where the member is not in the interview */
export function requirePresent(interview: Interview, member: MemberId): void {
  if (!isPresent(interview, member)) throw new Refusal((say) => say.interview.notIn);
}

/**
 * The question that an event is about.
 *
 * @param meant the number of the question whose button was pressed, from 0; undefined for what was typed
 * @throws Refusal where none has come yet, or another one is asked by now
 */
export function requireTurn(interview: Interview, meant: number | undefined): Turn {
  const turn = lastTurn(interview);
  if (turn === null) throw new Refusal((say) => say.interview.notBegun);
  const isEarlier = meant !== undefined && meant !== interview.turns.length - 1;
  if (isEarlier || turn.phase === "resolved") throw new Refusal((say) => say.interview.questionOver);
  return turn;
}

/** As `requireTurn`, and the time for the answer has not ended. */
export function requireAnswering(interview: Interview, meant: number | undefined): Turn {
  const turn = requireTurn(interview, meant);
  if (turn.phase !== "answering") throw new Refusal((say) => say.interview.timeUp);
  return turn;
}
