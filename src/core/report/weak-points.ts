import type { Question } from "#core/pack/question";
import { bestAttempt } from "#core/round/passing";
import type { Attempt } from "#core/round/round";
import { FEWEST_SHOWN, type WeakPoint } from "./week.ts";

/** What people remember of a report. */
const MOST = 3;
/** A point that more than this share of the answers had is no weak one; a part counts half. */
const STRONG = 0.7;

/** How one key point was answered, and what orders it among others. */
export interface Tally {
  readonly point: WeakPoint;
  readonly weight: number;
  readonly id: string;
}

/**
 * How a question's key points were answered. Each member counts with their best answer; one that is not graded yet
 * counts nowhere. None where so few answered that it would be known whose they are.
 */
export function tallyPoints(question: Pick<Question, "points">, attempts: readonly Attempt[]): Tally[] {
  const bests = [...Map.groupBy(attempts, ({ member }) => member).values()].flatMap(
    (ofMember) => bestAttempt(ofMember)?.result ?? [],
  );
  if (bests.length < FEWEST_SHOWN) return [];
  return question.points.map(({ id, title, weight }) => {
    const verdicts = bests.map(({ points }) => points.find((point) => point.id === id)?.verdict);
    const count = (wanted: "hit" | "partial"): number =>
      verdicts.filter((verdict) => verdict === wanted).length;
    return { point: { title, had: count("hit"), partly: count("partial"), of: bests.length }, weight, id };
  });
}

const shareOf = ({ had, partly, of }: WeakPoint): number => (had + partly / 2) / of;

/** The key points that answers seldom had, the weakest first; of equal ones the weightier. */
export const weakestOf = (tallies: readonly Tally[]): WeakPoint[] =>
  tallies
    .filter(({ point }) => shareOf(point) <= STRONG)
    .toSorted(
      (one, other) =>
        shareOf(one.point) - shareOf(other.point) ||
        other.weight - one.weight ||
        one.id.localeCompare(other.id, "en"),
    )
    .slice(0, MOST)
    .map(({ point }) => point);
