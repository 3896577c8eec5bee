import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { floodStore } from "./processes/flood.ts";

/**
 * `--n` answers, each delivered one to four times, shuffled, by four processes at once. Exits with 1 where the store
 * then differs from what a single thread would have kept, or told two deliveries that they were the first.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const answers = Number(values.n ?? 1e6);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

const redis = await startRedis();
const { url } = redis;
const store = await openRedisStore({
  url,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const report = await floodStore({ answers, seed, url, processes: 4, atOnce: 200 }, store);
await store.close();
await redis.stop();

process.stdout.write(
  `redis-flood: seed ${seed}, ${answers} answers delivered ${report.delivered} times by 4 processes in ${report.seconds.toFixed(0)} s, ` +
    `${report.fresh} of them the first, ${report.differences.length} differences from a single thread\n`,
);
for (const difference of report.differences.slice(0, 10)) process.stdout.write(`  ${difference}\n`);
if (report.differences.length > 0 || report.fresh > answers) process.exitCode = 1;
