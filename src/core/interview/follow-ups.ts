import type { MemberId } from "#core/ids";
import type { Bilingual } from "#core/language";
import type { Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import type { Verdict } from "#core/scoring/grader";
import { requireAnswering, requirePresent, withTask, withTurn } from "./change.ts";
import type { Event } from "./events.ts";
import type { Interview, Turn } from "./interview.ts";
import type { Facts } from "./question-choice.ts";

/** A question that may be asked after the first answer. */
export interface FollowUp {
  /** The id of the key point that it leads to, or `general-0`, `general-1`. */
  readonly id: string;
  /** What leads to the point without giving it away, or the question itself. */
  readonly text: Bilingual;
  readonly leadsToPoint: boolean;
}

/** What was said the wrong way round is asked first, then what was missed, then what was half said. */
const order: readonly Verdict[] = ["contradict", "miss", "partial"];

/**
 * What to ask next, drawn from what was missed: the weightiest point first, then the question's own follow-ups.
 * Before anything was said every point is missing, and only the question's own are offered.
 */
export function followUpsFor(
  question: Question,
  turn: Pick<Turn, "verdicts" | "followUps">,
): readonly FollowUp[] {
  const missed = order.flatMap((verdict) =>
    question.points
      .filter(({ id }) => turn.verdicts[id] === verdict)
      .toSorted((one, other) => other.weight - one.weight),
  );
  return [
    ...missed.map(({ id, hint }): FollowUp => ({ id, text: hint, leadsToPoint: true })),
    ...question.followUps.map((text, at): FollowUp => ({ id: `general-${at}`, text, leadsToPoint: false })),
  ].filter(({ id }) => !turn.followUps.includes(id));
}

/** What the bot asks by itself; null where nothing was missed. */
export const botFollowUp = (question: Question, turn: Turn): string | null =>
  followUpsFor(question, turn).find(({ leadsToPoint }) => leadsToPoint)?.id ?? null;

/** A follow-up by its id, asked or not; null for one that the question does not have. */
export function followUpById(question: Question, id: string): FollowUp | null {
  const point = question.points.find((each) => each.id === id);
  if (point !== undefined) return { id, text: point.hint, leadsToPoint: true };
  const at = question.followUps.findIndex((_, index) => id === `general-${index}`);
  const text = question.followUps[at];
  return text === undefined ? null : { id, text, leadsToPoint: false };
}

/**
 * The interviewer asks a follow-up in the thread.
 *
 * @throws Refusal where somebody else is the interviewer, or it was asked before
 */
export function ask(interview: Interview, event: Extract<Event, { kind: "ask" }>, facts: Facts): Interview {
  const { member, id } = event;
  requirePresent(interview, member);
  const turn = requireAnswering(interview, event.turn);
  if (turn.interviewer !== member) throw new Refusal((say) => say.interview.interviewerAsks);
  const question = facts.question(turn.question);
  const followUp = question === undefined ? null : followUpById(question, id);
  if (followUp === null) throw new Refusal((say) => say.interview.noSuchFollowUp);
  if (turn.followUps.includes(id)) throw new Refusal((say) => say.interview.askedAlready);
  const changed = withTurn(interview, { followUps: [...turn.followUps, id], isInterviewed: true });
  return withTask(changed, facts.now, {
    kind: "follow-up",
    turn: interview.turns.length - 1,
    id,
    by: member,
  });
}

/** The interviewer has the hints as long as they are there; otherwise the bot gives them to the candidate. */
function requireHints(turn: Turn, member: MemberId): void {
  if (turn.interviewer === member) throw new Refusal((say) => say.interview.hintsAreOnCard);
  if (turn.candidate !== member) throw new Refusal((say) => say.interview.hintsAreForCandidate);
  if (turn.isInterviewed) throw new Refusal((say) => say.interview.askTheInterviewer);
}

/** @throws Refusal where the hint is not theirs to ask of the bot, or there is none left */
export function hint(
  interview: Interview,
  event: Extract<Event, { kind: "next" | "skip" | "hint" }>,
  facts: Facts,
): Interview {
  requirePresent(interview, event.member);
  const turn = requireAnswering(interview, event.turn);
  requireHints(turn, event.member);
  const hints = facts.question(turn.question)?.hints.length ?? 0;
  if (turn.hints >= hints) throw new Refusal((say) => say.interview.noMoreHints(hints));
  return withTask(withTurn(interview, { hints: turn.hints + 1 }), facts.now, {
    kind: "hint",
    turn: interview.turns.length - 1,
    hint: turn.hints,
  });
}
