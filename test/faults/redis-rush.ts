import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { rush } from "./processes/rush.ts";

/**
 * `--n` answers that arrive within ten seconds of a post in `--channels` channels at two processes, graded and recorded by the whole core. Exits
 * with 1 where one is missing or was answered later than a minute after it came.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, channels: { type: "string" } } });
const answers = Number(values.n ?? 50_000);
const channels = Number(values.channels ?? 1_000);
const PROCESSES = 2;
const WITHIN_MS = 10_000;
const ANSWERED_MS = 60_000;

const redis = await startRedis();
const { url } = redis;
const log = recordingLog();
const store = await openRedisStore({ url, log, durability: "local", commandTimeoutMs: 60_000 });
const plan = { url, answers, channels, processes: PROCESSES, withinMs: WITHIN_MS };
const { answered, kept, errors, longestMs, seconds } = await rush(plan, store);
await store.close();
await redis.stop();
process.stdout.write(
  `redis-rush: ${answered} answers in ${channels} channels within ${WITHIN_MS / 1_000} s at ${PROCESSES} processes: ${kept} recorded, all answered after ${seconds.toFixed(0)} s ` +
    `(${Math.round(answered / seconds)}/s), the longest wait ${(longestMs / 1_000).toFixed(1)} s, ${errors} errors\n`,
);
if (kept < answered || errors > 0 || longestMs > ANSWERED_MS) process.exitCode = 1;
