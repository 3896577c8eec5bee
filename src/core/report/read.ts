import { datesOfWeek, type IsoWeek, weeksAfter } from "#core/board/period";
import type { ChannelId, StudyDate, TenantId } from "#core/ids";
import { settlesAt } from "#core/round/opening";
import type { Services } from "#core/services";
import { type Participation, teamStreakOf } from "#core/streak/team";
import { namedForGain } from "./consent.ts";
import { gainsOf, namedGains } from "./improving.ts";
import type { ReportPlan } from "./plan.ts";
import { type Tally, tallyPoints, weakestOf } from "./weak-points.ts";
import { participationOf, type WeekFacts } from "./week.ts";

/** How many weeks a week is compared with. */
const WEEKS_BEFORE = 3;
/** Those weeks, the week itself, and as much of the next as a late report may find. */
const MOST_ROUNDS = (WEEKS_BEFORE + 2) * 7;
/** A team's streak looks back on more than a year. */
const ROUNDS_OF_STREAK = 400;

type Sources = Pick<Services, "store" | "library">;

/** How many rounds in a row the team had kept when the last of these rounds was over. */
const teamStreak = (rounds: readonly Participation[]): number =>
  teamStreakOf(rounds, Math.max(0, ...rounds.map(({ round }) => settlesAt(round) + 1))).current;

/**
 * The streak also where the team kept every round that was read: it goes on from what the last report told or, where
 * there was none for these rounds, from more rounds.
 */
async function wholeStreak(
  limit: number,
  known: readonly Participation[],
  to: StudyDate,
  told: ReportPlan["told"],
  read: (limit: number) => Promise<readonly Participation[]>,
): Promise<number> {
  const untilThen = known.filter(({ round }) => round.date <= to);
  const streak = teamStreak(untilThen);
  if (streak < untilThen.length) return streak;
  if (told !== undefined && untilThen.some(({ round }) => round.date <= told.through))
    return told.streak + untilThen.filter(({ round }) => round.date > told.through).length;
  if (known.length < limit || limit >= ROUNDS_OF_STREAK) return streak;
  return wholeStreak(ROUNDS_OF_STREAK, await read(ROUNDS_OF_STREAK), to, told, read);
}

/**
 * Reads what a report says of a channel's week; null where there is nothing to say: no round, or nobody answered one.
 *
 * @param told by the report before, where there was one
 */
export async function readWeek(
  tenant: TenantId,
  channel: ChannelId,
  week: IsoWeek,
  told: ReportPlan["told"],
  { store, library }: Sources,
): Promise<WeekFacts | null> {
  const dates = datesOfWeek(week);
  const [from] = dates;
  const to = dates.at(-1);
  if (from === undefined || to === undefined) return null;
  const participants = (most: number) => store.participation(tenant, channel, most);
  const [monday = from] = datesOfWeek(weeksAfter(week, -WEEKS_BEFORE));
  // Only rounds that matter: of a crowd each is thousands of answers.
  const limit = (await store.rounds(tenant, channel, MOST_ROUNDS)).filter(
    ({ date }) => date >= monday,
  ).length;
  const read = await participants(limit);
  const untilThen = read.filter(({ round }) => round.date <= to);
  const rounds = untilThen.filter(({ round }) => round.date >= from);
  const participation = participationOf(rounds);
  if (participation.members === 0) return null;

  const tallies: Tally[] = [];
  for (const { round } of rounds) {
    const question = library.question(round.question);
    // One round after the other: a crowd's answers are never all in memory at once.
    if (question !== undefined)
      tallies.push(...tallyPoints(question, await store.attemptsOfRound(tenant, round.id)));
  }
  const gains = gainsOf(untilThen, from);
  const agreed = gains.length === 0 ? new Set<never>() : await namedForGain(tenant, store);
  const candidates = gains.map(({ member }) => member).filter((member) => agreed.has(member));
  const hidden = candidates.length === 0 ? [] : await store.hiddenAmong(tenant, candidates);
  return {
    week,
    from,
    to,
    ...participation,
    teamStreak: await wholeStreak(limit, read, to, told, participants),
    weakest: weakestOf(tallies),
    improved: namedGains(gains, agreed, new Set(hidden)),
  };
}
