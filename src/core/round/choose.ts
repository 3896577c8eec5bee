import { scatter } from "#core/fingerprint";
import { aimAfter, type BankQuestion, expectedScores, type RoundScores } from "./difficulty.ts";
import type { Round } from "./round.ts";

/** Whether a channel that asks these topics asks a question; null asks all. */
export const isAsked =
  (topics: readonly string[] | null) =>
  ({ topic }: { readonly topic: string }): boolean =>
    topics === null || topics.includes(topic);

/** With the one to be chosen these make a week of daily questions. */
const ROUNDS_BEFORE = 6;

export interface Choosing {
  /** The questions that may be asked, in pack order. */
  readonly bank: readonly BankQuestion[];
  /** The channel's rounds, in any order. */
  readonly past: readonly Pick<Round, "question" | "opensAt">[];
  /** What was scored in those of its rounds that are over, in any order. */
  readonly results: readonly RoundScores[];
  /** Tells channels apart, like the channel's id. */
  readonly seed: string;
}

/** The questions that a channel was never asked. */
export const freshQuestions = ({ bank, past }: Pick<Choosing, "bank" | "past">): readonly BankQuestion[] => {
  const asked = new Set(past.map(({ question }) => question));
  return bank.filter(({ id }) => !asked.has(id));
};

/** Of those never asked the ones of a topic that is due: many of it are left, and few came this week. */
const ofTopicsDue = (
  fresh: readonly BankQuestion[],
  week: readonly (BankQuestion | undefined)[],
): readonly BankQuestion[] => {
  const dueOf = (topic: string): number => {
    const left = fresh.filter((question) => question.topic === topic).length;
    const came = week.filter((question) => question?.topic === topic).length;
    return left / (came + 1);
  };
  const due = new Map([...new Set(fresh.map(({ topic }) => topic))].map((topic) => [topic, dueOf(topic)]));
  const most = Math.max(...due.values());
  return fresh.filter(({ topic }) => due.get(topic) === most);
};

/**
 * The question that a channel is asked next; null where there is none to ask.
 *
 * A new channel begins with the pack's first question, the one its authors put first. No question comes again before
 * all were asked: of those left, a topic that is due, and in it what brings the week's average nearest to the target,
 * in doubt in an order of the channel's own. When all were asked, the one asked longest ago comes again. It depends
 * on what is given alone, so that every process that asks at the same time is given the same.
 */
export const chooseQuestion = ({ bank, past, results, seed }: Choosing): string | null => {
  if (past.length === 0) return bank[0]?.id ?? null;
  // The seed's length keeps ("a", "bc") and ("ab", "c") apart.
  const place = new Map(bank.map(({ id }) => [id, scatter(`${seed.length}:${seed}${id}`)]));
  const inDoubt = (one: BankQuestion, other: BankQuestion): number =>
    (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0) || (one.id < other.id ? -1 : 1);

  const fresh = freshQuestions({ bank, past });
  if (fresh.length === 0) {
    const askedAt = new Map<string, number>();
    for (const { question, opensAt } of past)
      askedAt.set(question, Math.max(opensAt, askedAt.get(question) ?? 0));
    const agoOf = ({ id }: BankQuestion): number => askedAt.get(id) ?? 0;
    const [longestAgo] = bank.toSorted((one, other) => agoOf(one) - agoOf(other) || inDoubt(one, other));
    return longestAgo?.id ?? null;
  }

  const week = past
    .toSorted((one, other) => other.opensAt - one.opensAt || (one.question < other.question ? -1 : 1))
    .slice(0, ROUNDS_BEFORE)
    .map(({ question }) => bank.find(({ id }) => id === question));
  const expected = expectedScores(bank, results);
  const scoreOf = ({ id }: BankQuestion): number => expected.get(id) ?? 0;
  const aim = aimAfter(week.flatMap((question) => (question === undefined ? [] : [scoreOf(question)])));
  const offOf = (question: BankQuestion): number => Math.abs(scoreOf(question) - aim);
  const [next] = ofTopicsDue(fresh, week).toSorted(
    (one, other) => offOf(one) - offOf(other) || inDoubt(one, other),
  );
  return next?.id ?? null;
};
