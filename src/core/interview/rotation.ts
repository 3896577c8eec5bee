import type { MemberId } from "#core/ids";
import type { Seat, Turn } from "./interview.ts";

/** How often somebody counts as having been in each role; in all other questions they observed. */
type Duties = Pick<Seat, "candidate" | "interviewer">;

export interface Pair {
  readonly candidate: MemberId;
  /** Null where nobody else is there: the bot asks. */
  readonly interviewer: MemberId | null;
}

const spread = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

/** Whether each has done each of the three roles equally often, give or take one. */
const isFair = (duties: readonly Duties[]): boolean =>
  spread(duties.map(({ candidate }) => candidate)) <= 1 &&
  spread(duties.map(({ interviewer }) => interviewer)) <= 1 &&
  // Who is neither observes: as often as the two together differ.
  spread(duties.map(({ candidate, interviewer }) => candidate + interviewer)) <= 1;

const nearest = (number: number, least: number): number => Math.min(Math.max(number, least), least + 1);

/**
 * What somebody counts as having done who comes while others have been at it for a while: as much as those who did it
 * least, so that nobody catches up by three turns in a row; what they did before they left, as far as that is fair.
 */
export function dutiesOnArrival(before: Duties, present: readonly Duties[]): Duties {
  if (present.length === 0) return before;
  const candidate = Math.min(...present.map((duties) => duties.candidate));
  const interviewer = Math.min(...present.map((duties) => duties.interviewer));
  const possible = [
    {
      candidate: nearest(before.candidate, candidate),
      interviewer: nearest(before.interviewer, interviewer),
    },
    { candidate, interviewer },
    { candidate, interviewer: interviewer + 1 },
  ];
  return possible.find((duties) => isFair([...present, duties])) ?? { candidate, interviewer };
}

const afterPair = <Of extends Duties & Pick<Seat, "member">>(seats: readonly Of[], pair: Pair): Of[] =>
  seats.map((seat) => ({
    ...seat,
    candidate: seat.candidate + (seat.member === pair.candidate ? 1 : 0),
    interviewer: seat.interviewer + (seat.member === pair.interviewer ? 1 : 0),
  }));

/** The seats once a pair has had its turn. */
export const countPair = (seats: readonly Seat[], pair: Pair): Seat[] => afterPair(seats, pair);

/**
 * Who answers next and who asks. Of the pairs that leave all three roles equally often done (give or take one) by all
 * who are there, the one that has met least; then whoever answered longest ago. There is always such a pair: those one
 * turn ahead as candidates and those ahead as interviewers either have nobody in common or are everybody together, and
 * either way a next pair keeps it so.
 *
 * @param present at least one
 */
export function nextPair(present: readonly Seat[], turns: readonly Turn[]): Pair {
  const [first] = present;
  if (first === undefined) throw new Error("nobody is there to be asked");
  if (present.length === 1) return { candidate: first.member, interviewer: null };
  const met = ({ candidate, interviewer }: Pair): number =>
    turns.filter(
      (turn) =>
        (turn.candidate === candidate && turn.interviewer === interviewer) ||
        (turn.candidate === interviewer && turn.interviewer === candidate),
    ).length;
  const lastAnswered = ({ candidate }: Pair): number =>
    turns.findLastIndex((turn) => turn.candidate === candidate);
  const [best] = present
    .flatMap(({ member: candidate }) =>
      present.map(({ member }): Pair => ({ candidate, interviewer: member })),
    )
    .filter(({ candidate, interviewer }) => candidate !== interviewer)
    .filter((pair) => isFair(afterPair(present, pair)))
    .toSorted((one, other) => met(one) - met(other) || lastAnswered(one) - lastAnswered(other));
  if (best === undefined) throw new Error("no pair keeps the roles fair");
  return best;
}
