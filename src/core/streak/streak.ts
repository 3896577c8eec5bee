import type { Instant, StudyDate } from "#core/ids";
import { effectiveClose } from "#core/round/opening";
import { type DayReason, type ReasonedDay, reasonedDays, type StreakInput } from "./day-reasons.ts";
import {
  accountAfter,
  coveredAfterChange,
  coveredInTime,
  type FreezeAccount,
  type FreezeDay,
} from "./freezes.ts";

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
  readonly freezes: FreezeAccount;
  /** Every date with a round, a ledger row or a pending answer, oldest first. Other dates neither count nor break. */
  readonly days: readonly StreakDay[];
}

const effectOf: Readonly<Record<DayReason, DayEffect>> = {
  pass: "adds",
  upheld: "adds",
  madeup: "adds",
  freeze: "keeps",
  paused: "keeps",
  excused: "keeps",
  pending: "keeps",
  open: "keeps",
  closing: "keeps",
  "no-answer": "breaks",
  "not-passed": "breaks",
  "short-round": "keeps",
  "before-start": "keeps",
};

const freezeDayOf = (reason: DayReason): FreezeDay => {
  if (reason === "pass" || reason === "upheld") return "pass";
  const effect = effectOf[reason];
  return effect === "breaks" ? "miss" : effect;
};

/** The misses that freezes cover, as indices. */
const coveredOf = (days: readonly ReasonedDay[]): ReadonlySet<number> => {
  const inTime = coveredInTime(days.map((day) => freezeDayOf(day.inTime)));
  const isChanged = days.some((day) => day.inTime !== day.reason);
  return isChanged
    ? coveredAfterChange(
        days.map(({ reason }) => freezeDayOf(reason)),
        inTime,
      )
    : inTime;
};

/**
 * A member's streak: rounds answered in a row, of those that were really posted and stayed open at least 8 h.
 *
 * The one place where a streak is settled, for the clock and for whoever looks: a pure function of what is kept, so it
 * can be worked out anywhere, any time, with the same outcome, in whatever order the facts arrived. A date without a
 * round (weekend, holiday, outage) costs nobody anything.
 */
export const streakOf = (input: StreakInput): Streak => {
  const reasoned = reasonedDays(input);
  const covered = coveredOf(reasoned);
  const freezes = accountAfter(
    reasoned.map(({ reason }) => freezeDayOf(reason)),
    covered,
  );
  if (freezes === null) throw new Error("a freeze was spent that was not there");

  let current = 0;
  let longest = 0;
  const days = reasoned.map(({ date, round, reason: uncovered }, at): StreakDay => {
    const reason = covered.has(at) ? "freeze" : uncovered;
    const effect = effectOf[reason];
    if (effect === "breaks") current = 0;
    if (effect === "adds") current += 1;
    longest = Math.max(longest, current);
    return { date, reason, effect, closesAt: round === undefined ? null : effectiveClose(round) };
  });
  return { current, longest, freezes, days };
};

/** How many days `/streak why` explains. */
const DAYS_EXPLAINED = 14;

/** The last days with their reasons, newest first. */
export const explainedDays = ({ days }: Streak): readonly StreakDay[] =>
  days.slice(-DAYS_EXPLAINED).reverse();
