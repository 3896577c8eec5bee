import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { liveThroughWeek } from "./processes/week.ts";
import { sayWeek } from "./processes/week-report.ts";

/**
 * A week of daily questions in `--n` channels with three processes on one Redis: 100 kills, 50 stops that last longer
 * than a lease, clocks set wrong by two hours, and a platform that loses one answer in a hundred, fails one request in
 * a hundred and refuses one in a hundred. Exits with 1 where a question was posted never, twice or early.
 */
const { values } = parseArgs({
  options: {
    n: { type: "string" },
    seed: { type: "string" },
    days: { type: "string" },
    nonce: { type: "string" },
    kills: { type: "string" },
    pauses: { type: "string" },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const channels = Number(values.n ?? 100_000);
const redis = await startRedis();
const { url } = redis;
// The looks of the experiment itself never fail for a machine that is busy.
const store = await openRedisStore({
  url,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const plan = {
  url,
  channels,
  seed,
  days: Number(values.days ?? 7),
  replicas: 3,
  kills: Number(values.kills ?? 100),
  pauses: Number(values.pauses ?? 50),
  clockSteps: 60,
  nonceMs: Number(values.nonce ?? 3) * 60_000,
  faults: { lost: 0.01, failed: 0.01, tooMany: 0.01 },
};
const startedAt = performance.now();
const report = await liveThroughWeek(plan, store);
await store.close();
await redis.stop();
if (!sayWeek("redis-week", plan, report, performance.now() - startedAt)) process.exitCode = 1;
