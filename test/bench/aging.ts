import { readAnnouncement } from "#core/announcing/read";
import { memberIdSchema, studyDateSchema, submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { roundIdOf } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { openRedisStore } from "#src/store/redis/store";
import { resultOf } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { workOfRedis } from "#test/doubles/redis/work";
import { recordingLog } from "#test/doubles/services";
import { openTeam, type Team } from "#test/doubles/team";
import type { Figure } from "./figure.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A channel of a month, and one of a year whose team has never missed a day: the longest that anything is read back. */
const DAYS = [30, 365] as const;
const MEMBERS = [5, 50] as const;
const TIMES = 10;
/** Nobody is to wait a second of somebody else's look-up, on a core that has others to serve. */
const LIMIT_MS = 250;

/** Every member passes every day; returns yesterday's round, which is over. */
async function liveThrough(
  { tenant, channel, services }: Team,
  store: Store,
  days: number,
  members: number,
): Promise<Round> {
  const questions = services.library.questions.map(({ id }) => id);
  const rounds: Round[] = [];
  for (let ago = days; ago >= 0; ago -= 1) {
    const opensAt = services.clock.now() - ago * DAY_MS - HOUR_MS;
    const date = studyDateSchema.parse(new Date(opensAt).toISOString().slice(0, 10));
    const question = questions[ago % questions.length] ?? "";
    const id = roundIdOf(channel, date);
    const round = { id, tenant, channel, date, question, opensAt, closesAt: opensAt + DAY_MS };
    rounds.push(await store.openRound({ ...round, closedAt: null }));
    await Promise.all(
      Array.from({ length: members }, (_, at) =>
        store.recordAttempt({
          tenant,
          member: memberIdSchema.parse(`m${at}`),
          round: id,
          question,
          submission: submissionIdSchema.parse(`s${ago}-${at}`),
          sentAt: opensAt + 1_000,
          text: `What member ${at} wrote on that day, which is as long as answers are. `.repeat(5),
          result: resultOf(70),
          credit: date,
        }),
      ),
    );
  }
  const last = rounds.at(-2);
  if (last === undefined) throw new Error("a day is over only where another has begun");
  return last;
}

async function costOf(redis: RunningRedis, work: (at: number) => Promise<unknown>) {
  await work(0);
  const [before, own] = [await workOfRedis(redis), process.cpuUsage()];
  for (let at = 1; at <= TIMES; at += 1) await work(at);
  const { user, system } = process.cpuUsage(own);
  const after = await workOfRedis(redis);
  return { bot: (user + system) / 1_000 / TIMES, redis: (after.cpuMs - before.cpuMs) / TIMES };
}

/** What the dearest look-ups cost the bot and Redis in a channel with a long past: it grows with every day and member. */
export async function benchAging(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const days of DAYS)
    for (const members of MEMBERS) {
      const redis = await startRedis();
      const store = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
      const team = await openTeam(
        (own) => {
          void own.close();
          return store;
        },
        undefined,
        { clock: { now: () => Date.now() } },
      );
      const round = await liveThrough(team, store, days, members);
      const question = team.services.library.question(round.question);
      if (question === undefined) throw new Error(`there is no question ${round.question}`);
      const looks: Readonly<Record<string, (at: number) => Promise<unknown>>> = {
        "the reveal of a round": () => readAnnouncement({ round, question, late: false }, team.services),
        ...Object.fromEntries(
          ["streak", "history", "quiz", "practice", "leaderboard"].map((command) => [
            `/${command}`,
            (at: number) => team.ask(command, "", { member: `m${at % members}` }),
          ]),
        ),
      };
      for (const [name, look] of Object.entries(looks)) {
        const cost = await costOf(redis, look);
        const where = `${days} days, ${members} members: ${name}`;
        figures.push({ name: `${where}, the bot`, value: cost.bot, unit: "ms", limit: LIMIT_MS });
        figures.push({ name: `${where}, Redis`, value: cost.redis, unit: "ms" });
      }
      await team.stop();
      await redis.stop();
    }
  return figures;
}
