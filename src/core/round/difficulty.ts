import type { Question } from "#core/pack/question";

/** A question as far as its choice depends on it. */
export type BankQuestion = Pick<Question, "id" | "topic" | "difficulty">;

/** How a round went: the best score of each member who answered it, 0 to 100. */
export interface RoundScores {
  readonly question: string;
  readonly scores: readonly number[];
}

/** What a channel's questions are to average: hard enough to learn from, easy enough to come back. */
const TARGET_SCORE = 70;

/** What members score on average as long as nothing is known: 1 warms up, 3 separates candidates. */
const SCORE_OF_DIFFICULTY: Readonly<Record<number, number>> = { 1: 80, 2: 70, 3: 60 };
/** As many members' scores weigh as much as that guess. */
const GUESS_WEIGHT = 20;
/** As many scores on a question itself weigh as much as those on all questions of its difficulty. */
const DIFFICULTY_WEIGHT = 10;

const sumOf = (scores: readonly number[]): number => scores.reduce((sum, score) => sum + score, 0);

/** The mean of `scores`, drawn towards `guess` as if it had been seen `weight` times. */
const shrunk = (scores: readonly number[], guess: number, weight: number): number =>
  (sumOf(scores) + guess * weight) / (scores.length + weight);

/**
 * What members of a channel can be expected to score on average at each question of a bank, 0 to 100. The pack's
 * difficulty is where it starts; what was scored at questions of that difficulty, and at the question itself, moves it.
 *
 * @see Efron and Morris, "Stein's Paradox in Statistics" (1977): why few results are drawn towards what many say
 */
export const expectedScores = (
  bank: readonly BankQuestion[],
  results: readonly RoundScores[],
): ReadonlyMap<string, number> => {
  const own = new Map<string, number[]>();
  for (const { question, scores } of results) own.set(question, [...(own.get(question) ?? []), ...scores]);
  const ofDifficulty = new Map<number, number[]>();
  for (const { id, difficulty } of bank)
    ofDifficulty.set(difficulty, [...(ofDifficulty.get(difficulty) ?? []), ...(own.get(id) ?? [])]);
  return new Map(
    bank.map(({ id, difficulty }) => {
      const guess = SCORE_OF_DIFFICULTY[difficulty] ?? TARGET_SCORE;
      const expected = shrunk(ofDifficulty.get(difficulty) ?? [], guess, GUESS_WEIGHT);
      return [id, shrunk(own.get(id) ?? [], expected, DIFFICULTY_WEIGHT)];
    }),
  );
};

/**
 * The score that the next question should have, so that the last week and it average the target; 50 to 90, so that one
 * hard week is not followed by nothing but the easiest.
 *
 * @param week what was scored, or expected, in the last rounds
 */
export const aimAfter = (week: readonly number[]): number => {
  if (week.length === 0) return TARGET_SCORE;
  const missing = TARGET_SCORE * (week.length + 1) - sumOf(week);
  return Math.min(90, Math.max(50, missing));
};
