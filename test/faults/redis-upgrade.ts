import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { floodStore } from "./processes/flood.ts";
import { makeNextRelease } from "./processes/next-release.ts";

/**
 * A rolling upgrade and back: `--n` answers are delivered by processes of this release, of this and the next at once,
 * of the next alone, of both again and of this one, each time all of them again and again. Exits with 1 where the
 * store differs from what a single thread would have kept, or an answer was the first more than once.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const answers = Number(values.n ?? 50_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const next = makeNextRelease();
const redis = await startRedis();
const { url } = redis;
const store = await openRedisStore({
  url,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const steps: readonly (readonly [string, readonly (string | null)[]])[] = [
  ["this release", [null]],
  ["both", [null, next.folder]],
  ["the next release", [next.folder]],
  ["both again", [next.folder, null]],
  ["this release again", [null]],
];
let [fresh, broken] = [0, 0];
for (const [at, [name, copies]] of steps.entries()) {
  // More answers at each step, so that each has some that are new and many that are not.
  const plan = { answers: Math.ceil((answers * (at + 1)) / steps.length), seed };
  const report = await floodStore({ ...plan, url, processes: 4, atOnce: 100, copies }, store);
  fresh += report.fresh;
  broken += report.differences.length;
  process.stdout.write(
    `redis-upgrade: seed ${seed}, ${name}: ${plan.answers} answers delivered ${report.delivered} times, ${report.fresh} of them the first, ${report.differences.length} differences\n`,
  );
  for (const difference of report.differences.slice(0, 5)) process.stdout.write(`  ${difference}\n`);
}
await store.close();
await redis.stop();
next.remove();
if (broken > 0 || fresh > answers) process.exitCode = 1;
