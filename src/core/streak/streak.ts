import type { Instant, StudyDate } from "#core/ids";
import { effectiveClose, isRequired, settlesAt } from "#core/round/opening";
import type { Round } from "#core/round/round";
import type { AnsweredDate, DayKind, StudyDay } from "./ledger.ts";

/** A round that was really posted, as far as a streak needs it. */
export type HeldRound = Pick<Round, "date" | "opensAt" | "closesAt" | "closedAt">;

/**
 * Why a day stands as it does: a kind of the ledger, or, where the ledger has no row, `pending` (an answer waits for
 * its result), `open` (an answer can still be sent), `closing` (one that was begun in time may still arrive), `no-answer` or `not-passed` (missed), `short-round` (open
 * for less than 8 h) or `before-start` (the member had not begun), neither of which is required.
 */
export type DayReason =
  | DayKind
  | "pending"
  | "open"
  | "closing"
  | "no-answer"
  | "not-passed"
  | "short-round"
  | "before-start";

/** What a day does to the streak: adds one, keeps it, or breaks it. */
type DayEffect = "adds" | "keeps" | "breaks";

export interface StreakDay {
  readonly date: StudyDate;
  readonly reason: DayReason;
  readonly effect: DayEffect;
  /** The last instant at which an answer to the home channel's round counts, where there was a round. */
  readonly closesAt: Instant | null;
}

export interface Streak {
  /** Study days in the run that is still alive; 0 after a miss. */
  readonly current: number;
  /** Study days in the longest run there ever was. */
  readonly longest: number;
  /** Every date with a round, a ledger row or a pending answer, oldest first. Other dates neither count nor break. */
  readonly days: readonly StreakDay[];
}

export interface StreakInput {
  readonly ledger: readonly StudyDay[];
  /** The home channel's rounds, in any order. */
  readonly rounds: readonly HeldRound[];
  readonly answered: readonly AnsweredDate[];
  readonly now: Instant;
}

const effectOf: Readonly<Record<DayReason, DayEffect>> = {
  pass: "adds",
  madeup: "adds",
  freeze: "keeps",
  excused: "keeps",
  pending: "keeps",
  open: "keeps",
  closing: "keeps",
  "no-answer": "breaks",
  "not-passed": "breaks",
  "short-round": "keeps",
  "before-start": "keeps",
};

/** Whether `round` decides rather than `other`: it closes later or, of two that close together, it asks for less. */
const decidesOver = (round: HeldRound, other: HeldRound): boolean => {
  const later = effectiveClose(round) - effectiveClose(other);
  return later > 0 || (later === 0 && !isRequired(round));
};

/** After a change of the home channel a date may have two rounds; one of them decides, in whatever order they come. */
const decidingRounds = (rounds: readonly HeldRound[]): ReadonlyMap<StudyDate, HeldRound> => {
  const byDate = new Map<StudyDate, HeldRound>();
  for (const round of rounds) {
    const known = byDate.get(round.date);
    if (known === undefined || decidesOver(round, known)) byDate.set(round.date, round);
  }
  return byDate;
};

/**
 * A member's streak: rounds answered in a row, of those that were really posted and stayed open at least 8 h.
 *
 * A pure function of the ledger and the rounds, so it can be worked out anywhere, any time, with the same outcome;
 * a date without a round (weekend, holiday, outage) costs nobody anything.
 */
export const streakOf = ({ ledger, rounds, answered, now }: StreakInput): Streak => {
  const kinds = new Map(ledger.map(({ date, kind }) => [date, kind]));
  const pending = new Map(answered.map((day) => [day.date, day.pending]));
  const roundOf = decidingRounds(rounds);
  const waiting = answered.filter((day) => day.pending).map(({ date }) => date);
  const dates = [...new Set([...kinds.keys(), ...roundOf.keys(), ...waiting])].sort();
  const start = [...kinds.keys(), ...pending.keys()].sort()[0];

  const reasonFor = (date: StudyDate, round: HeldRound | undefined): DayReason => {
    const kind = kinds.get(date);
    if (kind !== undefined) return kind;
    if (pending.get(date) === true) return "pending";
    if (round !== undefined && now <= settlesAt(round))
      return now <= effectiveClose(round) ? "open" : "closing";
    if (start === undefined || date < start) return "before-start";
    if (round === undefined || !isRequired(round)) return "short-round";
    return pending.has(date) ? "not-passed" : "no-answer";
  };

  let current = 0;
  let longest = 0;
  const days = dates.map((date): StreakDay => {
    const round = roundOf.get(date);
    const reason = reasonFor(date, round);
    const effect = effectOf[reason];
    if (effect === "breaks") current = 0;
    if (effect === "adds") current += 1;
    longest = Math.max(longest, current);
    return { date, reason, effect, closesAt: round === undefined ? null : effectiveClose(round) };
  });
  return { current, longest, days };
};

/** How many days `/streak why` explains. */
const DAYS_EXPLAINED = 14;

/** The last days with their reasons, newest first. */
export const explainedDays = ({ days }: Streak): readonly StreakDay[] =>
  days.slice(-DAYS_EXPLAINED).reverse();
