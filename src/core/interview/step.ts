import type { Instant, SubmissionId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { look, tick, write } from "./answering.ts";
import { over } from "./change.ts";
import { consent, join, leave } from "./coming.ts";
import type { Event } from "./events.ts";
import { ask, hint } from "./follow-ups.ts";
import { type Interview, isRecord, lastTurn, type WaitingTask } from "./interview.ts";
import { KEPT_MS, LOBBY_MS, RETRY_MS, STALE_MS } from "./limits.ts";
import type { Facts } from "./question-choice.ts";
import { keep } from "./recording.ts";
import { end, next, resolveAndGoOn, settle, skip } from "./turns.ts";

/** As many deliveries of one submission as a platform makes are close together. */
const HEARD = 24;

/** When something happens without anybody: the lobby closes, a question ends, or is resolved. Null once it is over. */
export function deadlineOf(interview: Interview): Instant | null {
  switch (interview.phase) {
    case "lobby":
      return interview.createdAt + LOBBY_MS;
    case "asking":
      return lastTurn(interview)?.endsAt ?? interview.createdAt;
    case "over":
      return null;
  }
}

/** When the interview is to be looked at again: at its deadline, soon where something waits to be done, or to be forgotten. */
export function wakeAtOf(interview: Interview, now: Instant): Instant {
  const retry = interview.tasks.length > 0 ? now + RETRY_MS : Number.POSITIVE_INFINITY;
  const deadline = deadlineOf(interview) ?? (interview.over?.at ?? now) + KEPT_MS;
  return Math.min(retry, deadline);
}

/** What is due by now. Each part of it is as long as it was promised, also where the program was away meanwhile. */
function pass(interview: Interview, facts: Facts): Interview {
  const deadline = deadlineOf(interview);
  if (deadline === null || facts.now < deadline) return interview;
  if (interview.phase === "lobby") return over(interview, facts.now, "not-begun");
  return lastTurn(interview)?.phase === "answering"
    ? settle(interview, facts.now, "time-up")
    : resolveAndGoOn(interview, facts);
}

/** Nothing can be said any more, but what was answered is recorded. */
const withoutThread = (interview: Interview, now: Instant): Interview => ({
  ...(interview.phase === "over" ? interview : over(interview, now, "no-thread")),
  tasks: interview.tasks.filter(({ task }) => isRecord(task)),
});

/** Messages that are long out of date: they are not sent any more, while what is recorded is never given up. */
export const staleTasks = ({ tasks }: Interview, now: Instant): readonly WaitingTask[] =>
  tasks.filter(({ at, task }) => !isRecord(task) && now - at >= STALE_MS);

function withoutStale(interview: Interview, now: Instant): Interview {
  const stale = staleTasks(interview, now);
  return stale.length === 0
    ? interview
    : { ...interview, tasks: interview.tasks.filter((waiting) => !stale.includes(waiting)) };
}

function happen(interview: Interview, event: Event, facts: Facts): Interview {
  const { now } = facts;
  switch (event.kind) {
    case "wake":
      return interview;
    case "thread-lost":
      return withoutThread(interview, now);
    case "join":
      return join(interview, event.member, now);
    case "leave":
      return leave(interview, event.member, now);
    case "consent":
      return consent(interview, event.member, event.shows);
    case "next":
      return next(interview, event, facts);
    case "skip":
      return skip(interview, event.member, event.turn, facts);
    case "end":
      return end(interview, event.member, now);
    case "answer":
    case "notes":
      return write(interview, event, facts);
    case "tick":
      return tick(interview, event, facts);
    case "keep":
      return keep(interview, event, now);
    case "look":
      return look(interview, event.member);
    case "hint":
      return hint(interview, event, facts);
    case "ask":
      return ask(interview, event, facts);
  }
}

/** An interview that has come as far as the time; a member's event then finds it so. */
const upToNow = (interview: Interview, facts: Facts): Interview =>
  withoutStale(pass(interview, facts), facts.now);

/** Whether a submission has had its effect: it is a delivery that comes again. */
export const wasHeard = ({ heard }: Interview, submission: SubmissionId | null): boolean =>
  submission !== null && heard.includes(submission);

/**
 * What becomes of an interview by an event: pure, of the same interview, event and facts always the same. What is to
 * be done outside stands in its `tasks`.
 *
 * @param submission what brought the event; one that was heard before changes nothing
 * @throws Refusal where the event comes at a wrong moment: nothing has changed then
 */
export function step(
  interview: Interview,
  event: Event,
  facts: Facts,
  submission: SubmissionId | null = null,
): Interview {
  if (wasHeard(interview, submission)) return interview;
  const current = upToNow(interview, facts);
  const isForMembers = event.kind !== "wake" && event.kind !== "thread-lost" && event.kind !== "keep";
  if (current.phase === "over" && isForMembers) throw new Refusal((say) => say.interview.isOver);
  const happened = happen(current, event, facts);
  if (submission === null || happened === current) return happened;
  return { ...happened, heard: [...happened.heard, submission].slice(-HEARD) };
}
