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

/** How many members answered the round at an index, or one in the 14 days before it. */
const activeAt = (rounds: readonly Participation[], at: number): number => {
  const opensAt = rounds[at]?.round.opensAt ?? 0;
  const names = new Set<MemberId>();
  for (const { round, members } of rounds.slice(at)) {
    if (opensAt - round.opensAt >= ACTIVE_MS) break;
    for (const { member } of members) names.add(member);
  }
  return names.size;
};

interface TeamStanding extends TeamStreak {
  /** The round that broke the streak, among the newest first; null where none of these did. */
  readonly brokenAt: number | null;
}

const newestFirst = (rounds: readonly Participation[]): readonly Participation[] =>
  rounds.toSorted((one, other) => other.round.opensAt - one.round.opensAt);

function standingOf(rounds: readonly Participation[], now: Instant): TeamStanding {
  const active = activeAt(rounds, 0);
  let current = 0;
  let moreNeeded = 0;
  for (const [at, { round, members }] of rounds.entries()) {
    const missing = neededOf(activeAt(rounds, at)) - members.filter(({ passed }) => passed).length;
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

/** Rounds that are read at first: those of 14 days and some before. */
const FIRST_READ = 20;

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
  for (let limit = Math.min(FIRST_READ, most); ; limit = Math.min(4 * limit, most)) {
    const read = await store.participation(tenant, channel, limit);
    const rounds = read.filter(({ round }) => round.opensAt <= upTo);
    if (read.length < limit || limit === most || !isCutShort(rounds, now)) return rounds;
  }
}
