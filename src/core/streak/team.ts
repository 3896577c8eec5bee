import type { Instant, MemberId } from "#core/ids";
import { effectiveClose, isRequired, settlesAt } from "#core/round/opening";
import type { Round } from "#core/round/round";

/** A round and who answered it. */
export interface Participation {
  readonly round: Pick<Round, "id" | "date" | "question" | "opensAt" | "closesAt" | "closedAt">;
  /** Each once; `passed` where the date counts for them; `best` of the scores of their answers, null without any. */
  readonly members: readonly {
    readonly member: MemberId;
    readonly passed: boolean;
    readonly best: number | null;
  }[];
}

export interface TeamStreak {
  /** Members who answered a round in the last 14 days. */
  readonly active: number;
  /** Rounds in a row in which enough of the team passed, the open one included once it has. */
  readonly current: number;
  /** How many more must pass the newest round while it takes answers; 0 where it has enough, or is over. */
  readonly moreNeeded: number;
}

const DAY_MS = 86_400_000;
/** Who answered no round for longer is not waited for. */
const ACTIVE_MS = 14 * DAY_MS;
const FEWEST = 2;
const SHARE = 0.5;

/** How many have to pass a round of a team with so many active members. */
const neededOf = (active: number): number => Math.max(FEWEST, Math.ceil(SHARE * active));

/** How many members answered the round at an index, or one in the 14 days before it. */
const activeAt = (newestFirst: readonly Participation[], at: number): number => {
  const opensAt = newestFirst[at]?.round.opensAt ?? 0;
  const names = new Set<MemberId>();
  for (const { round, members } of newestFirst.slice(at)) {
    if (opensAt - round.opensAt >= ACTIVE_MS) break;
    for (const { member } of members) names.add(member);
  }
  return names.size;
};

/**
 * How many held rounds in a row at least half of the members active in the 14 days before, and two at least, have
 * passed. A round that was not required (short, or closed early) neither counts nor breaks.
 *
 * @param rounds one channel's, in any order; a streak is no longer than what is given
 */
export const teamStreakOf = (rounds: readonly Participation[], now: Instant): TeamStreak => {
  const newestFirst = rounds.toSorted((one, other) => other.round.opensAt - one.round.opensAt);
  let current = 0;
  let moreNeeded = 0;
  for (const [at, { round, members }] of newestFirst.entries()) {
    const missing = neededOf(activeAt(newestFirst, at)) - members.filter(({ passed }) => passed).length;
    if (missing <= 0) current += 1;
    else if (now <= settlesAt(round)) {
      // A missing answer breaks nothing as long as it can still come.
      if (at === 0) moreNeeded = now <= effectiveClose(round) ? missing : 0;
    } else if (isRequired(round)) break;
  }
  return { active: activeAt(newestFirst, 0), current, moreNeeded };
};
