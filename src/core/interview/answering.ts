import type { MemberId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { ownTokens } from "#core/round/overlap";
import { requirePresent, requireTurn, withTask, withTurn } from "./change.ts";
import type { Event } from "./events.ts";
import { botFollowUp } from "./follow-ups.ts";
import { type Interview, lastTurn, type Turn } from "./interview.ts";
import { BOT_FOLLOW_UPS, LONGEST_TURN } from "./limits.ts";
import type { Facts } from "./question-choice.ts";

/** Words, or Chinese characters. */
const wordsIn = (text: string): number => ownTokens(text, "").length;

/** @throws Refusal where it is not theirs to answer or to take notes */
function requireWriter(turn: Turn, kind: "answer" | "notes", member: MemberId): void {
  const isCandidate = turn.candidate === member;
  if (kind === "answer" && !isCandidate) throw new Refusal((say) => say.interview.notYourQuestion);
  if (kind === "notes" && isCandidate) throw new Refusal((say) => say.interview.notesAreForOthers);
}

/** Late words are taken while the question settles, where time ended it: they were being written. */
function requireTime(turn: Turn): void {
  const isLate = turn.phase === "settling" && turn.ended !== "time-up";
  if (isLate) throw new Refusal((say) => say.interview.questionOver);
}

/**
 * Whether words may be written to a question; asked before they are graded, and again as they are taken.
 *
 * @throws Refusal that says why not
 */
export function requireWriting(
  interview: Interview,
  {
    kind,
    member,
    turn: meant,
    text,
  }: Pick<Extract<Event, { text: string }>, "kind" | "member" | "turn" | "text">,
): Turn {
  requirePresent(interview, member);
  const turn = requireTurn(interview, meant);
  requireWriter(turn, kind, member);
  requireTime(turn);
  if (text.trim() === "") throw new Refusal((say) => say.interview.nothingWritten);
  const length = [...turn.written.map((written) => written.text), text].join("\n\n").length;
  if (length > LONGEST_TURN)
    throw new Refusal((say) => say.interview.tooLong(length - LONGEST_TURN, LONGEST_TURN));
  return turn;
}

/** Takes an answer or notes of one; the bot goes on asking where nobody else does. */
export function write(
  interview: Interview,
  event: Extract<Event, { text: string }>,
  facts: Facts,
): Interview {
  const { kind, member, text, result } = event;
  const { now } = facts;
  const turn = requireWriting(interview, event);
  const number = interview.turns.length - 1;
  const changed = withTurn(interview, {
    written: [...turn.written, { by: member, kind, text, at: now }],
    words: turn.words + wordsIn(text),
    notedBy: kind === "notes" ? [...new Set([...turn.notedBy, member])] : turn.notedBy,
    isInterviewed: turn.isInterviewed || turn.interviewer === member,
    result,
    own: kind === "answer" ? (event.own ?? result) : turn.own,
    score: result.score,
    verdicts: Object.fromEntries(result.points.map(({ id, verdict }) => [id, verdict])),
  });
  if (kind === "notes") return changed;
  const said = withTask(changed, now, { kind: "said", turn: number, by: member, text });
  return goOnAsking(said, facts);
}

/** Where the interviewer is the bot, or has not been heard of, the bot asks what was missed. */
function goOnAsking(interview: Interview, { now, question }: Facts): Interview {
  const turn = lastTurn(interview);
  if (turn === null || turn.phase !== "answering" || turn.isInterviewed) return interview;
  const asked = question(turn.question);
  const id = asked === undefined ? null : botFollowUp(asked, turn);
  if (id === null || turn.followUps.length >= BOT_FOLLOW_UPS) return interview;
  return withTask(withTurn(interview, { followUps: [...turn.followUps, id] }), now, {
    kind: "follow-up",
    turn: interview.turns.length - 1,
    id,
    by: null,
  });
}

/**
 * Takes which key points somebody heard, in the place of those they ticked before.
 *
 * @throws Refusal for the candidate, and for a point that the question does not have
 */
export function tick(interview: Interview, event: Extract<Event, { kind: "tick" }>, facts: Facts): Interview {
  const { member, points } = event;
  requirePresent(interview, member);
  const turn = requireTurn(interview, event.turn);
  if (turn.candidate === member) throw new Refusal((say) => say.interview.candidatesDoNotTick);
  const known = facts.question(turn.question)?.points.map(({ id }) => id) ?? [];
  const unknown = points.find((point) => !known.includes(point));
  if (unknown !== undefined)
    throw new Refusal((say) => say.interview.noSuchPoint(unknown.slice(0, 40), known.length));
  const ticked = known.filter((point) => points.includes(point));
  return withTurn(interview, {
    ticks: { ...turn.ticks, [member]: ticked },
    isInterviewed: turn.isInterviewed || turn.interviewer === member,
  });
}

/** Somebody looks at their card; the interviewer is there from then on. */
export function look(interview: Interview, member: MemberId): Interview {
  requirePresent(interview, member);
  const turn = requireTurn(interview, undefined);
  if (turn.candidate === member) throw new Refusal((say) => say.interview.noCardForCandidate);
  return turn.interviewer === member && !turn.isInterviewed
    ? withTurn(interview, { isInterviewed: true })
    : interview;
}
