import type { ChannelId, TenantId } from "#core/ids";
import type { Participation } from "#core/streak/team";
import type { Answers } from "./answers.ts";
import type { Days } from "./days.ts";
import type { Rounds } from "./rounds.ts";

/**
 * Who answered a channel's rounds, and for whom their dates count: each round and each member read once, as close as
 * makes no difference.
 */
export const participationIn =
  (rounds: Rounds, answers: Answers, days: Days) =>
  async (tenant: TenantId, channel: ChannelId, limit: number): Promise<Participation[]> => {
    const newest = await rounds.newest(tenant, channel, limit);
    const answered = await answers.membersOf(
      tenant,
      newest.map(({ id }) => id),
    );
    const members = new Set(answered.flatMap((ofRound) => ofRound.map(({ member }) => member)));
    const dates = newest.map(({ date }) => date);
    const passed = await days.passedOn(tenant, dates, [...members]);
    return newest.map(({ id, date, question, opensAt, closesAt, closedAt }, at) => ({
      round: { id, date, question, opensAt, closesAt, closedAt },
      members: (answered[at] ?? []).map((one) => ({
        ...one,
        passed: passed.get(one.member)?.has(date) === true,
      })),
    }));
  };
