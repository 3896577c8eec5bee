import type { BoardPage, BoardQuery } from "#core/board/boards";
import { periodsOf } from "#core/board/period";
import { boardPoints } from "#core/board/points";
import type { MemberId, RoundId, StudyDate, SubmissionId } from "#core/ids";

/** An answer to a round as it stands in the end. */
export interface BoardFact {
  readonly member: MemberId;
  readonly round: RoundId;
  readonly submission: SubmissionId;
  readonly date: StudyDate;
  readonly score: number | null;
  readonly earned: boolean;
  readonly hintCost: number | null;
}

/** What a board shows, worked out from all answers at every question: slow, and plain enough to be believed. */
export function slowBoard(
  facts: readonly BoardFact[],
  hidden: ReadonlySet<MemberId>,
  { period, member, limit }: Omit<BoardQuery, "tenant">,
): BoardPage {
  const sumOf = (of: MemberId): number => {
    const best = new Map<StudyDate, number>();
    for (const fact of facts) {
      if (fact.member !== of || !periodsOf(fact.date).includes(period)) continue;
      best.set(fact.date, Math.max(best.get(fact.date) ?? 0, boardPoints(fact)));
    }
    return [...best.values()].reduce((sum, points) => sum + points, 0);
  };
  const all = [...new Set(facts.map((fact) => fact.member))].map((one) => ({
    member: one,
    points: sumOf(one),
  }));
  const rows = all
    .filter((row) => row.points > 0 && !hidden.has(row.member))
    .toSorted((one, other) => other.points - one.points || (one.member < other.member ? -1 : 1));
  const points = sumOf(member);
  const above = rows.filter((row) => row.points > points);
  return {
    rows: rows.slice(0, limit),
    members: rows.length,
    own: points === 0 ? null : { points, above: above.length, next: above.at(-1)?.points ?? null },
    shown: !hidden.has(member),
  };
}
