import type { ChannelId, TenantId } from "#core/ids";
import type { Participation } from "#core/streak/team";
import type { Answers } from "./answers.ts";
import type { Days } from "./days.ts";
import type { Rounds } from "./rounds.ts";

/** Who answered a channel's rounds, and for whom their dates count: read round by round, as close as makes no difference. */
export const participationIn =
  (rounds: Rounds, answers: Answers, days: Days) =>
  async (tenant: TenantId, channel: ChannelId, limit: number): Promise<Participation[]> =>
    Promise.all(
      (await rounds.newest(tenant, channel, limit)).map(
        async ({ id, date, question, opensAt, closesAt, closedAt }) => {
          const answered = await answers.membersOf(tenant, id);
          const passed = await days.passedOn(
            tenant,
            date,
            answered.map(({ member }) => member),
          );
          return {
            round: { id, date, question, opensAt, closesAt, closedAt },
            members: answered.map((one, at) => ({ ...one, passed: passed[at] === true })),
          };
        },
      ),
    );
