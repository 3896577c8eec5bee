import type { Instant } from "#core/ids";
import type { Question } from "#core/pack/question";
import { isDue, type Memory, recallAt } from "./memory.ts";

/** What a member practises next, and how much there is. */
export interface PracticeChoice {
  readonly question: Question;
  /** Points of it that are due, or will be weak on the day of the interview. */
  readonly points: number;
  /** Points of all questions that are due now. */
  readonly due: number;
}

export interface PracticeWish {
  readonly questions: readonly Question[];
  readonly memory: Memory;
  /** When each question was answered last. */
  readonly lastAsked: ReadonlyMap<string, Instant>;
  readonly now: Instant;
  /** The instant of the interview; null where there is no date to work towards. */
  readonly until: Instant | null;
}

/** Recalled less surely than this on the day, a point needs another look before it. */
const SURE = 0.9;

const needOf = (point: string, { memory, now, until }: PracticeWish): number => {
  if (until !== null) return Math.max(0, 1 - recallAt(memory, point, Math.max(now, until)));
  return isDue(memory, point, now) ? 1 : 0;
};

/** A question that was just answered is not asked again at once, whatever is due of it. */
const REST_MS = 3_600_000;

/**
 * The question whose points are due, each by its weight; then the one of which most is new, the easier ones first; of
 * several the one that was asked longest ago. Towards a date every point counts by how surely it would have been
 * forgotten then.
 *
 * @returns null where there is no question
 */
export function chooseForPractice(wish: PracticeWish): PracticeChoice | null {
  const { questions, memory, lastAsked, now } = wish;
  const rated = questions.map((question) => ({
    question,
    need: question.points.reduce((sum, { id, weight }) => sum + weight * needOf(id, wish), 0),
    news: question.points.filter(({ id }) => !memory.has(id)).length / question.points.length,
    asked: lastAsked.get(question.id) ?? 0,
  }));
  const rests = ({ asked }: { asked: Instant }): number => (asked > 0 && now - asked < REST_MS ? 1 : 0);
  const [best] = rated.toSorted(
    (one, other) =>
      rests(one) - rests(other) ||
      other.need - one.need ||
      other.news - one.news ||
      (one.news > 0 ? one.question.difficulty - other.question.difficulty : 0) ||
      one.asked - other.asked,
  );
  if (best === undefined) return null;
  const isWeak = (point: string): boolean =>
    wish.until === null
      ? isDue(memory, point, now)
      : recallAt(memory, point, Math.max(now, wish.until)) < SURE;
  const dueIn = ({ points }: Question): number => points.filter(({ id }) => isDue(memory, id, now)).length;
  return {
    question: best.question,
    points: best.question.points.filter(({ id }) => isWeak(id)).length,
    due: questions.reduce((sum, question) => sum + dueIn(question), 0),
  };
}

/** When the next point of these questions falls due; null where none was ever asked. */
export function nextDue(questions: readonly Question[], memory: Memory): Instant | null {
  const instants = questions
    .flatMap(({ points }) => points)
    .flatMap(({ id }) => memory.get(id)?.due.getTime() ?? []);
  return instants.length === 0 ? null : Math.min(...instants);
}
