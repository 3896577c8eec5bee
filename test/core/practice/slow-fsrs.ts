import type { Verdict } from "#core/scoring/grader";

/**
 * FSRS-6 written out by hand from its published formulas, for whole days, with its published parameters; as slow and as
 * plain as can be, to hold the library to.
 *
 * @see github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
 */
const W = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
  1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
] as const;
const w = (index: number): number => W[index] ?? Number.NaN;

const DAY_MS = 86_400_000;
const AGAIN = 1;
const HARD = 2;
const GOOD = 3;
const EASY = 4;

export const gradeOf = (verdict: Verdict, hinted: boolean): number => {
  if (verdict === "hit") return hinted ? HARD : GOOD;
  return verdict === "partial" ? HARD : AGAIN;
};

interface Trace {
  readonly stability: number;
  readonly difficulty: number;
  readonly at: number;
  readonly due: number;
}

const clampDifficulty = (difficulty: number): number => Math.min(10, Math.max(1, difficulty));
const firstDifficulty = (grade: number): number => w(4) - Math.exp(w(5) * (grade - 1)) + 1;
const FACTOR = 0.9 ** (-1 / w(20)) - 1;

export const recall = (days: number, stability: number): number =>
  (1 + (FACTOR * days) / stability) ** -w(20);

const nextDifficulty = (difficulty: number, grade: number): number => {
  const moved = difficulty + (-w(6) * (grade - 3) * (10 - difficulty)) / 9;
  return clampDifficulty(w(7) * firstDifficulty(EASY) + (1 - w(7)) * moved);
};

const recalled = ({ stability, difficulty }: Trace, r: number, grade: number): number => {
  const penalty = grade === HARD ? w(15) : grade === EASY ? w(16) : 1;
  const growth =
    Math.exp(w(8)) * (11 - difficulty) * stability ** -w(9) * (Math.exp(w(10) * (1 - r)) - 1) * penalty;
  return stability * (1 + growth);
};

const forgotten = ({ stability, difficulty }: Trace, r: number): number => {
  const left = w(11) * difficulty ** -w(12) * ((stability + 1) ** w(13) - 1) * Math.exp(w(14) * (1 - r));
  // Without steps within a day, of which the divisor exp(w17 · w18) is made, the bound is the stability before.
  return Math.min(left, stability);
};

/** The days to wait after each grade; each longer than after the grade below it. */
const intervals = (stabilities: readonly number[]): readonly number[] => {
  const [again = 1, hard = 1, good = 1, easy = 1] = stabilities.map((stability) =>
    Math.min(36_500, Math.max(1, Math.round(stability))),
  );
  const first = Math.min(again, hard);
  const second = Math.max(hard, first + 1);
  const third = Math.max(good, second + 1);
  return [first, second, third, Math.max(easy, third + 1)];
};

/** What is left of a point after one more recall. */
export function after(before: Trace | null, at: number, grade: number): Trace {
  const days = before === null ? 0 : Math.floor(at / DAY_MS) - Math.floor(before.at / DAY_MS);
  const r = before === null ? 0 : recall(days, before.stability);
  const stabilityFor = (one: number): number => {
    if (before === null) return Math.max(0.1, w(one - 1));
    return one === AGAIN ? forgotten(before, r) : recalled(before, r, one);
  };
  const all = [AGAIN, HARD, GOOD, EASY].map(stabilityFor);
  const wait = intervals(all)[grade - 1] ?? Number.NaN;
  return {
    stability: all[grade - 1] ?? Number.NaN,
    difficulty:
      before === null ? clampDifficulty(firstDifficulty(grade)) : nextDifficulty(before.difficulty, grade),
    at,
    due: at + wait * DAY_MS,
  };
}
