import type { ChannelId, Instant, MemberId, TenantId } from "#core/ids";
import type { Store } from "#core/ports";
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

/** For each round, the newest first, how many members answered it or one in the 14 days before it. */
function activeIn(rounds: readonly Participation[]): readonly number[] {
  const timesOf = new Map<MemberId, number>();
  const add = ({ members }: Participation, times: 1 | -1): void => {
    for (const { member } of members) {
      const left = (timesOf.get(member) ?? 0) + times;
      if (left === 0) timesOf.delete(member);
      else timesOf.set(member, left);
    }
  };
  let end = 0;
  return rounds.map((one, at) => {
    for (let next = rounds[end]; next !== undefined; next = rounds[end]) {
      if (one.round.opensAt - next.round.opensAt >= ACTIVE_MS) break;
      add(next, 1);
      end += 1;
    }
    const before = rounds[at - 1];
    if (before !== undefined) add(before, -1);
    return timesOf.size;
  });
}

interface TeamStanding extends TeamStreak {
  /** The round that broke the streak, among the newest first; null where none of these did. */
  readonly brokenAt: number | null;
}

const newestFirst = (rounds: readonly Participation[]): readonly Participation[] =>
  rounds.toSorted((one, other) => other.round.opensAt - one.round.opensAt);

function standingOf(rounds: readonly Participation[], now: Instant): TeamStanding {
  const activeAt = activeIn(rounds);
  const active = activeAt[0] ?? 0;
  let current = 0;
  let moreNeeded = 0;
  for (const [at, { round, members }] of rounds.entries()) {
    const missing = neededOf(activeAt[at] ?? 0) - members.filter(({ passed }) => passed).length;
    if (missing <= 0) current += 1;
    else if (now <= settlesAt(round)) {
      // A missing answer breaks nothing as long as it can still come.
      if (at === 0) moreNeeded = now <= effectiveClose(round) ? missing : 0;
    } else if (isRequired(round)) return { active, current, moreNeeded, brokenAt: at };
  }
  return { active, current, moreNeeded, brokenAt: null };
}

/**
 * How many held rounds in a row at least half of the members active in the 14 days before, and two at least, have
 * passed. A round that was not required (short, or closed early) neither counts nor breaks.
 *
 * @param rounds one channel's, in any order; a streak is no longer than what is given
 */
export const teamStreakOf = (rounds: readonly Participation[], now: Instant): TeamStreak => {
  const { active, current, moreNeeded } = standingOf(newestFirst(rounds), now);
  return { active, current, moreNeeded };
};

/** Whether older rounds could change the streak: none of these broke it, or who was active before that is not known. */
function isCutShort(rounds: readonly Participation[], now: Instant): boolean {
  const sorted = newestFirst(rounds);
  const { brokenAt } = standingOf(sorted, now);
  const broken = brokenAt === null ? undefined : sorted[brokenAt];
  const oldest = sorted.at(-1);
  if (broken === undefined || oldest === undefined) return true;
  return broken.round.opensAt - oldest.round.opensAt < ACTIVE_MS;
}

/** Rounds that are read at first, those of 14 days and some before, and where they do not suffice: two months are cheap. */
const READ_BEFORE_ALL = [20, 60] as const;

interface StreakOf {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  /** Rounds that opened later are left out. */
  readonly upTo: Instant;
}

/**
 * The newest rounds of a channel, as many as its team's streak needs: a streak that broke last week is no reason to read
 * who answered a year ago.
 *
 * @param most rounds that are read however long the streak is
 */
export async function roundsOfStreak(
  store: Pick<Store, "participation">,
  { tenant, channel, upTo }: StreakOf,
  now: Instant,
  most: number,
): Promise<readonly Participation[]> {
  const upToThen = (rounds: readonly Participation[]): readonly Participation[] =>
    rounds.filter(({ round }) => round.opensAt <= upTo);
  for (const limit of READ_BEFORE_ALL.filter((fewer) => fewer < most)) {
    const read = await store.participation(tenant, channel, limit);
    const rounds = upToThen(read);
    if (read.length < limit || !isCutShort(rounds, now)) return rounds;
  }
  return upToThen(await store.participation(tenant, channel, most));
}
