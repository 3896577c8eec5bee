import { channelIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import type { Figure } from "./figure.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const AT_ONCE = 500;
const TAKEN = 1_000;
const LEASE_MS = 60_000;
const CHANNELS_OF_A_TENANT = 20;

const scheduleOf = (at: number): Schedule => ({
  ...defaultSettings,
  tenant: tenantIdSchema.parse(`discord:${Math.floor(at / CHANNELS_OF_A_TENANT)}`),
  channel: channelIdSchema.parse(String(at)),
  zone: zoneSchema.parse("Asia/Shanghai"),
  enabled: true,
  revision: 1,
  changedAt: 1,
  firstDate: studyDateSchema.parse("2026-06-01"),
  decidedBy: "admin",
});

const inGroups = async (count: number, run: (at: number) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, next) => run(from + next)));
};

/** Takes up every channel and says when to look at it next, as a clock does; returns the seconds. */
const takeAll = async (store: Store, count: number): Promise<number> => {
  const startedAt = performance.now();
  let taken = 0;
  for (;;) {
    const group = await store.takeSchedules(2, LEASE_MS, TAKEN);
    if (group.length === 0) break;
    taken += group.length;
    await Promise.all(group.map(({ schedule }) => store.wakeSchedule(schedule, 1_000_000)));
  }
  if (taken !== count) throw new Error(`${taken} channels were taken up, not ${count}`);
  return (performance.now() - startedAt) / 1_000;
};

const measure = async (count: number): Promise<{ readonly seconds: number; readonly megabytes: number }> => {
  const redis = await startRedis({ appendfsync: "no" });
  const store = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.admin.info("memory"))?.[1]);
  const before = await used();
  await inGroups(count, (at) => store.saveSchedule(scheduleOf(at), 1));
  const megabytes = ((await used()) - before) / 1e6;
  const seconds = await takeAll(store, count);
  await store.close();
  await redis.stop();
  return { seconds, megabytes };
};

/**
 * A million channels that are due in the same instant: how long one process takes to take them all up and plan each
 * anew, what they weigh, and whether that grows faster than their number.
 */
export const benchDue = async (many = MANY): Promise<Figure[]> => {
  const few = await measure(FEW);
  const lots = await measure(many);
  const slope = Math.log(lots.seconds / few.seconds) / Math.log(many / FEW);
  return [
    { name: `Redis: ${FEW} channels due at once, taken up and planned anew`, value: few.seconds, unit: "s" },
    {
      name: `Redis: ${many} channels due at once, taken up and planned anew`,
      value: lots.seconds,
      unit: "s",
    },
    {
      name: "Redis: how that grows with their number (1: in proportion)",
      value: slope,
      unit: "",
      limit: 1.1,
    },
    { name: `Redis: memory of ${many} schedules with their journal`, value: lots.megabytes, unit: "MB" },
  ];
};
