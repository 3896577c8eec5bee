import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";
import { fuzzKeys, fuzzTenants } from "./tenancy.ts";

const seed = Date.now() % 2 ** 31;

describe(`Tenants (seed ${seed})`, () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis({ settings: { appendonly: "no" } });
  });
  afterAll(() => redis.stop());

  it("never touch one another in SQLite, whatever is done in any of them with names that are the others' as well", async () => {
    const store = await openSqliteStore({ file: ":memory:" });
    expect(await fuzzTenants(store, 5_000, seed)).toEqual({ operations: 5_000, faults: [] });
    await store.close();
  });

  it("nor in Redis", async () => {
    const store = await openRedisStore({ url: redis.url, log: silent, durability: "none" });
    expect(await fuzzTenants(store, 2_000, seed)).toEqual({ operations: 2_000, faults: [] });
    await store.close();
  });

  it("and their members have keys that are made of nothing else, in one slot of a cluster", () => {
    expect(fuzzKeys(50_000, seed)).toEqual([]);
  });
});
