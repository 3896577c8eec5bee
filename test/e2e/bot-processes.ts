import type { ChannelId, TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import { studyDateAt, zoneSchema } from "#core/round/calendar";
import { defaultSettings } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { openRedisStore } from "#src/store/redis/store";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { type Child, startChild } from "#test/faults/processes/child";
import type { BotSettings, FromBot, ToBot } from "./bot-process.ts";

/** Two whole bots in processes of their own, on one Redis. */
export interface TwoBots {
  readonly store: Store;
  /** Has both look at their channels at once. */
  look(): Promise<void>;
  /** Ends both; what they were still at is done. With what each has seen. */
  end(): Promise<readonly FromBot[]>;
  stop(): Promise<void>;
}

const UTC = zoneSchema.parse("UTC");
const MINUTE_MS = 60_000;

const told = (child: Child<ToBot, FromBot>, kind: FromBot["kind"]): Promise<FromBot> =>
  new Promise((resolve, reject) => {
    child.listen((message) => message.kind === kind && resolve(message));
    void child.gone.then(() => reject(new Error(`a bot ended before it was ${kind}`)));
  });

export const startTwoBots = async (settings: Omit<BotSettings, "redis">): Promise<TwoBots> => {
  const redis: RunningRedis = await startRedis();
  const store = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
  const startOne = async () => {
    const child = startChild<ToBot, FromBot>("../../e2e/bot-process.ts", { ...settings, redis: redis.url });
    await told(child, "ready");
    return child;
  };
  const bots = await Promise.all([startOne(), startOne()]);
  const tellAll = (kind: ToBot["kind"], until: FromBot["kind"]): Promise<readonly FromBot[]> =>
    Promise.all(
      bots.map((bot) => {
        const done = told(bot, until);
        bot.tell({ kind });
        return done;
      }),
    );
  return {
    store,
    look: async () => void (await tellAll("look", "looked")),
    end: () => tellAll("end", "ended"),
    stop: async () => {
      for (const bot of bots) bot.kill("SIGKILL");
      await store.close();
      await redis.stop();
    },
  };
};

/** Makes a channel's daily question due now. */
export const makeDue = async (store: Store, tenant: TenantId, channel: ChannelId): Promise<void> => {
  const now = Date.now();
  const time = new Date(now).toISOString().slice(11, 16);
  await store.saveSchedule(
    {
      ...defaultSettings,
      zone: UTC,
      tenant,
      channel,
      time: wallTimeSchema.parse(time),
      enabled: true,
      revision: 1,
      changedAt: now - MINUTE_MS,
      firstDate: studyDateAt(now, UTC),
      decidedBy: "admin",
    },
    now,
  );
};
