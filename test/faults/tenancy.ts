import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { startRedis } from "#test/doubles/redis/server";
import { fuzzKeys, fuzzTenants } from "#test/security/tenancy";
import { silent } from "#test/store/redis-database";

/**
 * `--n` operations in ten tenants with names made to be confused in SQLite, a tenth of them in Redis (whose erasures walk
 * over journals that grow with every one of them), and as many keys as in SQLite.
 * Exits with 1 where one tenant was touched from another, or two names made one key.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const operations = Number(values.n ?? 1e6);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const redis = await startRedis({ settings: { appendonly: "no" } });
const sqlite = await openSqliteStore({ file: ":memory:" });
const settings = { url: redis.url, log: silent, durability: "none", commandTimeoutMs: 60_000 } as const;
const shared = await openRedisStore(settings);
for (const { name, store, times } of [
  { name: "SQLite", store: sqlite, times: operations },
  { name: "Redis", store: shared, times: Math.ceil(operations / 10) },
]) {
  const { faults } = await fuzzTenants(store, times, seed);
  process.stdout.write(`tenancy in ${name}: seed ${seed}, ${times} operations, ${faults.length} faults\n`);
  for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  await store.close();
}
await redis.stop();
const clashes = fuzzKeys(operations, seed);
process.stdout.write(`keys: ${operations} names, ${clashes.length} that clash\n`);
for (const clash of clashes.slice(0, 20)) process.stdout.write(`  ${clash}\n`);
if (clashes.length > 0) process.exitCode = 1;
