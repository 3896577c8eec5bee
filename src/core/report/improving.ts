import type { MemberId, StudyDate } from "#core/ids";
import type { Participation } from "#core/streak/team";
import type { Improved } from "./week.ts";

/** From fewer answers on either side a gain says more about the questions than about the member. */
const FEWEST_NOW = 2;
const FEWEST_BEFORE = 3;
/** In points of 100. */
const LEAST_GAIN = 5;

const mean = (scores: readonly number[]): number =>
  scores.reduce((sum, score) => sum + score, 0) / scores.length;

/** A member's best scores of the rounds that counted for them: a copied answer is no improvement. */
function scoresIn(rounds: readonly Participation[]): Map<MemberId, number[]> {
  const scores = new Map<MemberId, number[]>();
  for (const { members } of rounds) {
    for (const { member, passed, best } of members) {
      if (passed && best !== null) scores.set(member, [...(scores.get(member) ?? []), best]);
    }
  }
  return scores;
}

/**
 * Who did better in a week than in the weeks before, the most improved first; of equal gains in the order of their
 * ids. Whoever always did well gains little: this list is for others than the board is.
 *
 * @param rounds the week's and those of some weeks before, in any order
 * @param from the week's Monday
 */
export function gainsOf(rounds: readonly Participation[], from: StudyDate): Improved[] {
  const now = scoresIn(rounds.filter(({ round }) => round.date >= from));
  const before = scoresIn(rounds.filter(({ round }) => round.date < from));
  return [...now]
    .flatMap(([member, scores]): Improved[] => {
      const earlier = before.get(member) ?? [];
      if (scores.length < FEWEST_NOW || earlier.length < FEWEST_BEFORE) return [];
      const gain = Math.round(mean(scores) - mean(earlier));
      return gain < LEAST_GAIN ? [] : [{ member, gain }];
    })
    .toSorted((one, other) => other.gain - one.gain || (one.member < other.member ? -1 : 1));
}

/** How many are named; whoever gained as much as the last of them is named as well. */
const MOST_NAMED = 3;

/** The most improved of those who agreed to be named and are not hidden; nobody is left out for an equal gain. */
export function namedGains(
  gains: readonly Improved[],
  agreed: ReadonlySet<MemberId>,
  hidden: ReadonlySet<MemberId>,
): Improved[] {
  const named = gains.filter(({ member }) => agreed.has(member) && !hidden.has(member));
  const least = named[MOST_NAMED - 1]?.gain ?? 0;
  return named.filter(({ gain }) => gain >= least);
}
