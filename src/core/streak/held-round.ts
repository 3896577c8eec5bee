import type { Instant, StudyDate } from "#core/ids";
import { effectiveClose, isRequired } from "#core/round/opening";
import type { Round } from "#core/round/round";

/** A round that was really posted, as far as a streak needs it. */
export type HeldRound = Pick<Round, "date" | "opensAt" | "closesAt" | "closedAt"> & {
  /** When an admin excused everybody from its date; absent where nobody did. */
  readonly excusedAt?: Instant;
};

/** Whether `round` decides rather than `other`: it closes later or, of two that close together, it asks for less. */
const decidesOver = (round: HeldRound, other: HeldRound): boolean => {
  const later = effectiveClose(round) - effectiveClose(other);
  if (later !== 0) return later > 0;
  if (isRequired(round) !== isRequired(other)) return isRequired(other);
  return (round.excusedAt ?? Infinity) < (other.excusedAt ?? Infinity);
};

/** After a move to another home channel a date may have two rounds; one of them decides, in whatever order they come. */
export const decidingRounds = (rounds: readonly HeldRound[]): ReadonlyMap<StudyDate, HeldRound> => {
  const byDate = new Map<StudyDate, HeldRound>();
  for (const round of rounds) {
    const known = byDate.get(round.date);
    if (known === undefined || decidesOver(round, known)) byDate.set(round.date, round);
  }
  return byDate;
};
