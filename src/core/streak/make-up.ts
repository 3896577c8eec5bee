import type { Instant, StudyDate } from "#core/ids";
import { effectiveClose, isRequired } from "#core/round/opening";
import type { HeldRound } from "./held-round.ts";
import type { StudyDay } from "./ledger.ts";

const DAY_MS = 86_400_000;
/** A member may make up one day in so long a time. */
export const MAKE_UP_EVERY_MS = 30 * DAY_MS;
/** A missed day can be made up until the close of so many rounds after it. */
const ROUNDS_TO_MAKE_UP = 2;

type Deciding = ReadonlyMap<StudyDate, HeldRound>;

/** The rounds after a date in which it can be made up, the next one first. */
export const roundsAfter = (date: StudyDate, deciding: Deciding): readonly HeldRound[] =>
  [...deciding.values()]
    .filter((round) => round.date > date && isRequired(round))
    .sort((one, other) => (one.date < other.date ? -1 : 1))
    .slice(0, ROUNDS_TO_MAKE_UP);

/** The last instant for making a missed date up; null while the second round after it has not come. */
export const madeUpUntil = (date: StudyDate, deciding: Deciding): Instant | null => {
  const last = roundsAfter(date, deciding)[ROUNDS_TO_MAKE_UP - 1];
  return last === undefined ? null : effectiveClose(last);
};

/** The date of every `pass`, with when it was decided: 0 where an answer in time earned it, else when an appeal did. */
export type PassedAt = ReadonlyMap<StudyDate, Instant>;

/**
 * What became of the days that were made up: one counts as soon as one of the next two rounds has been passed as well,
 * and waits while an answer to them has no result. In any 30 days one counts: the one that was completed first, so that
 * no appeal about another day ever pushes it aside.
 *
 * @param pending the dates with an answer that waits for its result
 */
export const standingMakeUps = (
  ledger: readonly StudyDay[],
  deciding: Deciding,
  passedAt: PassedAt,
  pending: ReadonlySet<StudyDate>,
): ReadonlyMap<StudyDate, "counts" | "waits"> => {
  const rows = ledger
    .flatMap(({ date, kind, at }) => {
      if (kind !== "madeup" || at === undefined) return [];
      const next = roundsAfter(date, deciding).map((round) => round.date);
      const passes = next.flatMap((one) => passedAt.get(one) ?? []);
      const waits = next.some((one) => pending.has(one));
      if (passes.length === 0 && !waits) return [];
      return [{ date, at, counts: passes.length > 0, completedAt: waits ? 0 : Math.min(...passes) }];
    })
    .sort(
      (one, other) =>
        one.completedAt - other.completedAt || one.at - other.at || (one.date < other.date ? -1 : 1),
    );
  const standing: typeof rows = [];
  for (const row of rows)
    if (standing.every(({ at }) => Math.abs(row.at - at) >= MAKE_UP_EVERY_MS)) standing.push(row);
  return new Map(standing.map(({ date, counts }) => [date, counts ? "counts" : "waits"]));
};
