import type { Instant, MemberId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { over, requirePresent, withRedraw, withTask, withTurn } from "./change.ts";
import { type Interview, isPresent, lastTurn, presentSeats, type Seat } from "./interview.ts";
import { MOST_MEMBERS, MOST_SEATS } from "./limits.ts";
import { dutiesOnArrival } from "./rotation.ts";
import { settle } from "./turns.ts";

const freshSeat = (member: MemberId): Seat => ({
  member,
  leftAt: null,
  consents: false,
  candidate: 0,
  interviewer: 0,
});

/** The seats with one who comes, for the first time or again. */
function seated(interview: Interview, member: MemberId): Seat[] {
  const before = interview.seats.find((seat) => seat.member === member) ?? freshSeat(member);
  const seat = { ...before, leftAt: null, ...dutiesOnArrival(before, presentSeats(interview)) };
  const others = interview.seats.filter((other) => other.member !== member);
  return interview.seats.includes(before)
    ? interview.seats.map((other) => (other.member === member ? seat : other))
    : [...others, seat];
}

/** @throws Refusal where they are in it, or it is full */
export function join(interview: Interview, member: MemberId, now: Instant): Interview {
  if (isPresent(interview, member)) throw new Refusal((say) => say.interview.inAlready);
  const isKnown = interview.seats.some((seat) => seat.member === member);
  if (presentSeats(interview).length >= MOST_MEMBERS || (!isKnown && interview.seats.length >= MOST_SEATS))
    throw new Refusal((say) => say.interview.full(MOST_MEMBERS));
  const joined = { ...interview, seats: seated(interview, member) };
  const told = interview.phase === "lobby" ? joined : withTask(joined, now, { kind: "joined", member });
  return withRedraw(told, now, null);
}

/** Whoever is gone answers and asks nothing more: the bot asks in their place, and their own question is over. */
function withoutRoles(interview: Interview, member: MemberId, now: Instant): Interview {
  const turn = lastTurn(interview);
  if (turn === null || turn.phase === "resolved") return interview;
  if (turn.candidate === member && turn.phase === "answering")
    return settle(interview, now, "candidate-left");
  if (turn.interviewer !== member || turn.phase !== "answering") return interview;
  const number = interview.turns.length - 1;
  const changed = withTurn(interview, { interviewer: null, isInterviewed: false });
  return withRedraw(withTask(changed, now, { kind: "stand-in", turn: number }), now, number);
}

/** @throws Refusal where they are not in it */
export function leave(interview: Interview, member: MemberId, now: Instant): Interview {
  requirePresent(interview, member);
  const seats = interview.seats.map((seat) => (seat.member === member ? { ...seat, leftAt: now } : seat));
  const [heir] = presentSeats({ seats });
  if (heir === undefined) return over({ ...interview, seats }, now, "nobody-left");
  // The first who came after them looks after the interview from now on.
  const host = interview.host === member ? heir.member : interview.host;
  const left = { ...interview, seats, host };
  if (interview.phase === "lobby") return withRedraw(left, now, null);
  const told = withTask(left, now, { kind: "left", member, host: host === interview.host ? null : host });
  return withoutRoles(withRedraw(told, now, null), member, now);
}

/** @throws Refusal where they are not in it */
export function consent(interview: Interview, member: MemberId, shows: boolean): Interview {
  requirePresent(interview, member);
  return {
    ...interview,
    seats: interview.seats.map((seat) => (seat.member === member ? { ...seat, consents: shows } : seat)),
  };
}
