import type { Instant, MemberId } from "#core/ids";
import { leave } from "#core/interview/coming";
import { type Interview, interviewSchema, isPresent, type Task, type Turn } from "#core/interview/interview";
import { FORGOTTEN, isPartOf } from "./naming.ts";
import { withoutQuotes } from "./quotes.ts";

/** A question to somebody who was erased: that it was asked, and by whom, is the others'. */
const emptied = (turn: Turn): Turn => ({
  ...turn,
  candidate: FORGOTTEN,
  written: [],
  words: 0,
  notedBy: [],
  ticks: {},
  result: null,
  own: null,
  score: null,
  verdicts: {},
});

const turnWithout = (turn: Turn, member: MemberId): Turn => {
  if (turn.candidate === member) return emptied(turn);
  const { [member]: _, ...ticks } = turn.ticks;
  return {
    ...turn,
    interviewer: turn.interviewer === member ? null : turn.interviewer,
    isInterviewed: turn.interviewer === member ? false : turn.isInterviewed,
    written: turn.written.filter(({ by }) => by !== member),
    notedBy: turn.notedBy.filter((by) => by !== member),
    ticks,
  };
};

/** Whether a task would say or record something of the member's. */
const isTheirs = (task: Task, { turns }: Interview, member: MemberId): boolean => {
  switch (task.kind) {
    case "joined":
    case "left":
      return task.member === member;
    case "said":
    case "follow-up":
      return task.by === member;
    case "record":
    case "asked":
      return turns[task.turn]?.candidate === member;
    default:
      return false;
  }
};

/**
 * An interview without a member: whoever sits in it leaves it first.
 *
 * @returns its new text, or null where they were not in it
 */
export function interviewWithout(
  text: string,
  { member, at }: { readonly member: MemberId; readonly at: Instant },
): string | null {
  const interview = interviewSchema.parse(JSON.parse(text));
  const wasIn = interview.host === member || interview.seats.some((seat) => seat.member === member);
  if (!wasIn) return null;
  const sits = interview.phase !== "over" && isPresent(interview, member);
  const left = sits ? leave(interview, member, at) : interview;
  return JSON.stringify({
    ...left,
    host: left.host === member ? FORGOTTEN : left.host,
    seats: left.seats.filter((seat) => seat.member !== member),
    turns: left.turns.map((turn) => turnWithout(turn, member)),
    tasks: left.tasks.filter(({ task }) => !isTheirs(task, left, member)),
    heard: left.heard.filter((submission) => !isPartOf(member, submission)),
  } satisfies Interview);
}

/** An interview as the team may read it: nobody's words, and of those who did not consent nothing of how they did. */
export function interviewForTeam(text: string): string {
  const interview = interviewSchema.parse(JSON.parse(text));
  const consents = new Set(interview.seats.filter((seat) => seat.consents).map(({ member }) => member));
  const turns = interview.turns.map((turn): Turn => {
    if (!consents.has(turn.candidate)) return { ...emptied(turn), candidate: turn.candidate };
    return { ...turn, written: [], result: turn.result && withoutQuotes(turn.result), own: null };
  });
  return JSON.stringify({ ...interview, turns, tasks: [], heard: [] } satisfies Interview);
}
