import { type Card, createEmptyCard, fsrs, type Grade, Rating } from "ts-fsrs";
import type { Instant } from "#core/ids";
import type { Attempt } from "#core/round/round";
import type { Verdict } from "#core/scoring/grader";

/** One recall of one key point. */
export interface Review {
  readonly point: string;
  readonly at: Instant;
  readonly verdict: Verdict;
  /** Whether a hint had been taken before. */
  readonly hinted?: boolean;
}

/** What a member remembers: each point that an answer of theirs was ever judged on. */
export type Memory = ReadonlyMap<string, Card>;

/** A point that was half said was recalled with difficulty; the reverse of it was not recalled. */
const ratings: Readonly<Record<Verdict, Grade>> = {
  hit: Rating.Good,
  partial: Rating.Hard,
  miss: Rating.Again,
  contradict: Rating.Again,
};

/** Recalled with help is recalled with difficulty. */
const ratingOf = ({ verdict, hinted }: Review): Grade =>
  hinted === true && verdict === "hit" ? Rating.Hard : ratings[verdict];

/** A second try within so long repeats what was just read, and is no recall. */
const SAME_SITTING_MS = 12 * 3_600_000;

/** Whole days, no chance: the same history gives the same memory on every machine. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 });

/**
 * The recalls in a member's answers, oldest first: of each question the first answer of a sitting, point by point.
 *
 * @param attempts in any order; those without a result say nothing
 */
export function reviewsIn(attempts: readonly Attempt[]): readonly Review[] {
  const sittings = new Map<string, Instant>();
  return attempts
    .toSorted((one, other) => one.sentAt - other.sentAt || (one.submission < other.submission ? -1 : 1))
    .flatMap(({ question, sentAt, result }): Review[] => {
      if (result === null) return [];
      const began = sittings.get(question);
      if (began !== undefined && sentAt - began < SAME_SITTING_MS) return [];
      sittings.set(question, sentAt);
      const hinted = result.flags.includes("hinted") ? { hinted: true } : {};
      return result.points.map(({ id, verdict }) => ({ point: id, at: sentAt, verdict, ...hinted }));
    });
}

/**
 * What is left of each point after a history of recalls, by FSRS with its published parameters.
 *
 * @see open-spaced-repetition/ts-fsrs, FSRS-6
 */
export function memoryOf(reviews: readonly Review[]): Memory {
  const memory = new Map<string, Card>();
  for (const review of reviews) {
    const at = new Date(review.at);
    const card: Card = memory.get(review.point) ?? createEmptyCard(at);
    memory.set(review.point, scheduler.next(card, at, ratingOf(review)).card);
  }
  return memory;
}

/** How likely a point is recalled at an instant, 0 to 1; 0 where it was never asked. */
export const recallAt = (memory: Memory, point: string, at: Instant): number => {
  const card = memory.get(point);
  return card === undefined ? 0 : scheduler.get_retrievability(card, new Date(at), false);
};

/** Whether a point is to be asked again; one that was never asked is new, and not due. */
export const isDue = (memory: Memory, point: string, at: Instant): boolean =>
  (memory.get(point)?.due.getTime() ?? Number.POSITIVE_INFINITY) <= at;
