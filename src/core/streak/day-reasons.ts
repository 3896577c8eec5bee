import type { Instant, StudyDate } from "#core/ids";
import { effectiveClose, isRequired, settlesAt } from "#core/round/opening";
import type { StreakChoice } from "./choice.ts";
import { decidingRounds, type HeldRound } from "./held-round.ts";
import type { AnsweredDate, StudyDay } from "./ledger.ts";
import { standingMakeUps } from "./make-up.ts";
import { pausedDates } from "./pauses.ts";

/**
 * Why a day stands as it does: `pass` answered in time; `upheld` found good enough on appeal; `madeup` repaired;
 * `freeze` covered by a freeze; `paused` by the member; `excused` by an admin; `pending` an answer waits for its
 * result; `open` an answer can still be sent; `closing` one that was begun in time may still arrive; `no-answer` or
 * `not-passed` missed; `short-round` open for less than 8 h, or closed early, so that it is not required;
 * `before-start` the member had not begun.
 */
export type DayReason =
  | "pass"
  | "upheld"
  | "madeup"
  | "freeze"
  | "paused"
  | "excused"
  | "pending"
  | "open"
  | "closing"
  | "no-answer"
  | "not-passed"
  | "short-round"
  | "before-start";

/** What is known of a member: what they earned, answered and chose, and the rounds of their home. */
export interface StreakInput {
  readonly ledger: readonly StudyDay[];
  /** The home channel's rounds, each while the channel was the home, in any order. */
  readonly rounds: readonly HeldRound[];
  readonly answered: readonly AnsweredDate[];
  readonly choices: readonly StreakChoice[];
  readonly now: Instant;
}

export interface ReasonedDay {
  readonly date: StudyDate;
  readonly round: HeldRound | undefined;
  readonly reason: DayReason;
  /** The reason without what was decided after the round was over: appeals, and dates excused late. */
  readonly inTime: DayReason;
}

/** Every date with a round, a ledger row that counts, or a pending answer, oldest first, before any freeze. */
export const reasonedDays = (input: StreakInput): readonly ReasonedDay[] => {
  const { ledger, answered, now } = input;
  const pending = new Map(answered.map((day) => [day.date, day.pending]));
  const waiting = new Set(answered.filter((day) => day.pending).map(({ date }) => date));
  const deciding = decidingRounds(input.rounds);
  const paused = pausedDates(input.choices);
  const passes = ledger.filter(({ kind }) => kind === "pass");
  const passed = new Map(passes.map(({ date, at }) => [date, at ?? 0]));
  const passedInTime = new Map([...passed].filter(([, at]) => at === 0));
  const madeUpInTime = standingMakeUps(ledger, deciding, passedInTime, waiting);
  const madeUp =
    passed.size === passedInTime.size ? madeUpInTime : standingMakeUps(ledger, deciding, passed, waiting);
  const start = [...passed.keys(), ...madeUp.keys(), ...pending.keys()].reduce<StudyDate | undefined>(
    (first, date) => (first === undefined || date < first ? date : first),
    undefined,
  );

  const reasonFor = (date: StudyDate, round: HeldRound | undefined, isLateHeard: boolean): DayReason => {
    if (passedInTime.has(date)) return "pass";
    if (isLateHeard && passed.has(date)) return "upheld";
    if (waiting.has(date)) return "pending";
    const repair = (isLateHeard ? madeUp : madeUpInTime).get(date);
    if (repair !== undefined) return repair === "counts" ? "madeup" : "pending";
    if (round?.excusedAt !== undefined && (isLateHeard || round.excusedAt <= settlesAt(round)))
      return "excused";
    if (paused.has(date)) return "paused";
    if (round !== undefined && now <= settlesAt(round))
      return now <= effectiveClose(round) ? "open" : "closing";
    if (start === undefined || date < start) return "before-start";
    if (round === undefined || !isRequired(round)) return "short-round";
    return pending.has(date) ? "not-passed" : "no-answer";
  };

  const dates = new Set([...passed.keys(), ...madeUp.keys(), ...waiting, ...deciding.keys()]);
  return [...dates].sort().map((date) => {
    const round = deciding.get(date);
    const reason = reasonFor(date, round, true);
    return { date, round, reason, inTime: reasonFor(date, round, false) };
  });
};
