import type { StudyDate } from "#core/ids";
import type { StreakInput } from "#core/streak/streak";

const HOUR_MS = 3_600_000;

/**
 * The rules of a streak as one would explain them, with no regard for speed: which dates were missed, and then for
 * every pair of dates whether the run between them is unbroken. Shares no code with the product.
 */
export const slowStreak = ({
  ledger,
  rounds,
  answered,
  now,
}: StreakInput): { current: number; longest: number } => {
  const counts = ledger.filter(({ kind }) => kind === "pass" || kind === "madeup").map(({ date }) => date);
  const begun = [...ledger, ...answered]
    .map(({ date }) => date)
    .reduce((one, two) => (one < two ? one : two), "9999" as StudyDate);
  const closeOf = (round: (typeof rounds)[number]): number =>
    Math.min(round.closesAt, round.closedAt ?? Infinity);

  const isMissed = (date: StudyDate): boolean => {
    const held = rounds.filter((round) => round.date === date);
    if (held.length === 0) return false;
    const end = Math.max(...held.map(closeOf));
    const last = held.filter((round) => closeOf(round) === end);
    const isOver = now > end + HOUR_MS / 6;
    const wasLong = last.every((round) => end - round.opensAt >= 8 * HOUR_MS);
    const keptItsWord = last.every((round) => end === round.closesAt);
    const isCovered = ledger.some((day) => day.date === date);
    const waits = answered.some((day) => day.date === date && day.pending);
    return isOver && wasLong && keptItsWord && !isCovered && !waits && date >= begun;
  };

  const missed = rounds.map(({ date }) => date).filter(isMissed);
  const lastMiss = missed.toSorted().at(-1) ?? "";
  const runs = counts.flatMap((from) =>
    counts
      .filter((to) => from <= to && !missed.some((date) => from < date && date < to))
      .map((to) => counts.filter((date) => from <= date && date <= to).length),
  );
  return {
    current: counts.filter((date) => date > lastMiss).length,
    longest: Math.max(0, ...runs),
  };
};
