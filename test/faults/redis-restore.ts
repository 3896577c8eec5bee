import { parseArgs } from "node:util";
import { startRedis } from "#test/doubles/redis/server";
import { wipeAndRestore } from "./processes/restore.ts";

/**
 * `--n` answers with their rounds, days, posts and schedules: backed up, wiped, restored; then everything made again
 * out of the journals alone. Exits with 1 where anything that the store says is not what it said before.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const answers = Number(values.n ?? 200_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const redis = await startRedis();
const report = await wipeAndRestore({ answers, seed }, redis);
await redis.stop();
const isSame = Object.values(report.same).every(Boolean);
process.stdout.write(
  `redis-restore: seed ${seed}, ${answers} answers, ${report.entries} entries of the journals; the same after: ` +
    `${Object.entries(report.same)
      .map(([what, same]) => `${what} ${same ? "yes" : "NO"}`)
      .join(", ")}; ` +
    `${report.differences.length} differences from a single thread\n`,
);
for (const difference of report.differences.slice(0, 10)) process.stdout.write(`  ${difference}\n`);
if (!isSame || report.differences.length > 0) process.exitCode = 1;
