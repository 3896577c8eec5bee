import { guardedDispatch } from "#core/guarding";
import { channelIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import { roundIdOf } from "#core/round/opening";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { weighRedis } from "#test/doubles/redis/work";
import { recordingLog } from "#test/doubles/services";
import { type Kind, mixFor, slash, startBot, startLoad, traceback } from "./discord.ts";

const DAY_MS = 86_400_000;

/** What a member does in one sitting: looks at the form, answers, takes a hint, and looks things up. */
const sitting = (round: string): readonly Kind[] => [
  ...mixFor(round).slice(0, 3),
  slash("streak"),
  slash("vram", { model: "qwen2.5-7b", method: "qlora" }),
  slash("oom", { text: traceback }),
];

/**
 * The whole bot as the program runs it, with its limits, on a Redis of its own, and the fake gateway with members who each
 * send one of everything.
 *
 * @param members who take turns
 */
export async function openCrowd(members: number, guilds?: number) {
  // Redis keeps 10 KB of times for each command that was ever used, which is neither ours nor a member's.
  const redis = await startRedis({ settings: { "latency-tracking": "no" } });
  const emptyBytes = await weighRedis(redis);
  const log = recordingLog();
  const store = await openRedisStore({ url: redis.url, durability: "local", log });
  const load = await startLoad(guilds);
  let refused = 0;
  const { bot, round } = await startBot(load, store, log, (commands, services) => {
    const dispatch = guardedDispatch(commands, services);
    return async (request) => {
      const reply = await dispatch(request);
      if (reply.isRefusal === true) refused += 1;
      return reply;
    };
  });
  let mix = sitting(round);
  const question = loadLibrary(SHIPPED_CONTENT).questions[0]?.id ?? "";
  return {
    redis,
    emptyBytes,
    store,
    tenants: load.guilds.map((guild) => `discord:${guild}`),
    /** Opens the round of a later date for every guild, as their next days would; members answer that one from then on. */
    openRounds: async (days: number): Promise<void> => {
      const opensAt = Date.now();
      const date = studyDateSchema.parse(new Date(opensAt + days * DAY_MS).toISOString().slice(0, 10));
      for (const guild of load.guilds) {
        const channel = channelIdSchema.parse(String(BigInt(guild) + 1n));
        const tenant = tenantIdSchema.parse(`discord:${guild}`);
        const id = roundIdOf(channel, date);
        const times = { opensAt, closesAt: opensAt + DAY_MS, closedAt: null };
        await store.openRound({ id, tenant, channel, date, question, ...times });
      }
      mix = sitting(roundIdOf(channelIdSchema.parse("CHANNEL"), date));
    },
    /** Resolves with the milliseconds to each first response; null where none came in 3 s. */
    send: (perSecond: number, seconds: number): Promise<readonly (number | null)[]> =>
      load.run(mix, Math.max(mix.length, Math.round(perSecond * seconds)), perSecond, members),
    errors: () => log.errors.length,
    refused: () => refused,
    close: async () => {
      await bot.stop();
      await load.stop();
      await store.close();
      await redis.stop();
    },
  };
}
