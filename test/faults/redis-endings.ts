import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { noFaults } from "#test/doubles/platform/rules";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { dieBetweenSteps } from "./processes/failpoints.ts";
import { endUnderLoad } from "./processes/terminations.ts";
import { liveThroughWeek } from "./processes/week.ts";
import { sayWeek } from "./processes/week-report.ts";

/**
 * `--n` processes that die by kill -9 between every two of their steps, one step further each time; then three days
 * of 2,000 channels in which one of three processes is asked to end 60 times while it is at work; then the whole program is
 * asked to end 20 times while members answer. Exits with 1 where a question or a reveal came never or twice, an answer
 * that its member was told of is missing or is there twice, or an ending took longer than 10 s.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const deaths = Number(values.n ?? 200);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const LONGEST_ENDING_MS = 10_000;

const redis = await startRedis();
const { url } = redis;
// The looks of the experiment itself never fail for a machine that is busy.
const store = await openRedisStore({
  url,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const died = await dieBetweenSteps({ url, deaths, seed }, store);
process.stdout.write(
  `redis-endings: ${died.deaths} deaths between two steps: never ${died.never.length}, twice ${died.twice.length}\n`,
);
for (const fault of [...died.never, ...died.twice].slice(0, 10)) process.stdout.write(`  ${fault}\n`);
await store.close();
await redis.stop();

const other = await startRedis();
const plan = {
  url: other.url,
  channels: deaths * 10,
  seed,
  days: 3,
  replicas: 3,
  kills: 0,
  pauses: 0,
  clockSteps: 0,
  endings: Math.ceil(deaths * 0.3),
  nonceMs: 180_000,
  faults: noFaults,
};
const open = await openRedisStore({
  url: other.url,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const startedAt = performance.now();
const report = await liveThroughWeek(plan, open);
await open.close();
await other.stop();
const isKept = sayWeek("redis-endings", plan, report, performance.now() - startedAt);
process.stdout.write(
  `redis-endings: asked to end ${report.endingsAtWork} times at work, the longest ending took ${(report.longestEndingMs / 1000).toFixed(1)} s\n`,
);
const term = await endUnderLoad({ endings: Math.ceil(deaths / 10), members: 20, seed });
process.stdout.write(
  `redis-endings: the program asked to end ${term.exitCodes.length} times with ${term.underWay} answers under way: ${term.told} members told, ` +
    `${term.lost} lost, ${term.doubled} doubled, ${term.untold} kept without a word, the longest ending ${(term.longestMs / 1000).toFixed(1)} s\n`,
);
const isEnded =
  term.lost + term.doubled === 0 &&
  term.longestMs <= LONGEST_ENDING_MS &&
  term.exitCodes.every((code) => code === 0);
const isBroken = !isEnded || died.never.length + died.twice.length > 0 || !isKept;
if (isBroken || report.longestEndingMs > LONGEST_ENDING_MS) process.exitCode = 1;
