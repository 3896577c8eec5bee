import type { IsoWeek } from "#core/board/period";
import type { MemberId, StudyDate } from "#core/ids";
import type { Bilingual } from "#core/language";
import type { Participation } from "#core/streak/team";

/** A key point that a week's answers seldom had. Nobody can be told from it. */
export interface WeakPoint {
  readonly title: Bilingual;
  /** How many members had it in their best answer, and how many had part of it. */
  readonly had: number;
  readonly partly: number;
  /** How many members answered its question. */
  readonly of: number;
}

/** A member who does better than before, and agreed to be named for it. */
export interface Improved {
  readonly member: MemberId;
  /** In points of 100. */
  readonly gain: number;
}

/** All that a report says of a channel's week. */
export interface WeekFacts {
  readonly week: IsoWeek;
  readonly from: StudyDate;
  readonly to: StudyDate;
  /** The week's rounds, oldest first: how many members answered, and for how many the date counts. */
  readonly days: readonly { readonly date: StudyDate; readonly answered: number; readonly passed: number }[];
  /** How many members answered at all. */
  readonly members: number;
  /** The mean of their best scores; null where so few answered that it would be somebody's. */
  readonly mean: number | null;
  /** Rounds in a row that the team has kept by the end of the week. */
  readonly teamStreak: number;
  /** The weakest first. */
  readonly weakest: readonly WeakPoint[];
  /** The most improved first. */
  readonly improved: readonly Improved[];
}

/** Of fewer members no mean and no key point is shown: it would be known whose it is. */
export const FEWEST_SHOWN = 3;

/** The week in numbers, whichever order its rounds and members come in. */
export function participationOf(
  rounds: readonly Participation[],
): Pick<WeekFacts, "days" | "members" | "mean"> {
  const bests = rounds.flatMap(({ members }) => members.flatMap(({ best }) => (best === null ? [] : [best])));
  const everybody = new Set(rounds.flatMap(({ members }) => members.map(({ member }) => member)));
  const sum = bests.reduce((total, best) => total + best, 0);
  return {
    days: rounds
      .map(({ round, members }) => ({
        date: round.date,
        answered: members.length,
        passed: members.filter(({ passed }) => passed).length,
      }))
      .toSorted((one, other) => one.date.localeCompare(other.date, "en")),
    members: everybody.size,
    mean: everybody.size < FEWEST_SHOWN || bests.length === 0 ? null : Math.round(sum / bests.length),
  };
}
