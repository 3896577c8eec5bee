import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { startRedis } from "#test/doubles/redis/server";
import { fuzzKeys, fuzzTenants } from "#test/security/tenancy";
import { silent } from "#test/store/redis-database";

/**
 * `--n` operations in ten tenants with names made to be confused, in SQLite and in Redis, and as many keys.
 * Exits with 1 where one tenant was touched from another, or two names made one key.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const operations = Number(values.n ?? 1e6);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const redis = await startRedis({ settings: { appendonly: "no" } });
const stores = {
  SQLite: await openSqliteStore({ file: ":memory:" }),
  Redis: await openRedisStore({ url: redis.url, log: silent, durability: "none", commandTimeoutMs: 60_000 }),
};
for (const [name, store] of Object.entries(stores)) {
  const { faults } = await fuzzTenants(store, operations, seed);
  process.stdout.write(
    `tenancy in ${name}: seed ${seed}, ${operations} operations, ${faults.length} faults\n`,
  );
  for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  await store.close();
}
await redis.stop();
const clashes = fuzzKeys(operations, seed);
process.stdout.write(`keys: ${operations} names, ${clashes.length} that clash\n`);
for (const clash of clashes.slice(0, 20)) process.stdout.write(`  ${clash}\n`);
if (clashes.length > 0) process.exitCode = 1;
