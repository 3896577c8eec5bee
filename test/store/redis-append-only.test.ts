import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Log } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, member, roundOn, tenant } from "#test/contracts/store-samples";
import { type RedisOptions, type RunningRedis, startRedis } from "#test/doubles/redis/server";

const WORDS = "zyzzyva-batches";
const USER =
  "user rehearsal on >secret-word ~{t:* ~{s:* ~{n:* ~rehearsal resetchannels -@all +@read +@write -@dangerous +@connection +eval +evalsha +script|load +info +time +wait +cluster|slots +config|get";

describe("Redis's append-only file after a deletion", () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  const warned: string[] = [];
  const log: Log = { info: () => {}, error: () => {}, warn: (event) => void warned.push(event) };
  const open = async (options: RedisOptions = {}, login = "") => {
    warned.length = 0;
    const redis = await startRedis({ settings: { rdbcompression: "no" }, ...options });
    ends.push(redis.stop);
    const store = await openRedisStore({ url: redis.url.replace("//", `//${login}`), log });
    ends.push(store.close);
    await store.openRound(roundOn(1));
    await store.recordAttempt(attemptAs("s1", { text: WORDS }));
    await store.eraseMember(tenant, member, roundOn(2).opensAt);
    await store.purge(tenant);
    const rewrite = async (since: number) => (await store.rewriteLog?.(since)) ?? null;
    return { redis, rewrite, since: (await store.now?.()) ?? 0, now: async () => (await store.now?.()) ?? 0 };
  };
  const holdsWords = ({ dir }: RunningRedis): boolean =>
    readdirSync(join(dir, "appendonlydir")).some((name) =>
      readFileSync(join(dir, "appendonlydir", name), "latin1").includes(WORDS),
    );
  const settled = async ({ admin }: RunningRedis): Promise<void> => {
    while (/aof_rewrite_(?:in_progress|scheduled):1/.test(await admin.info("persistence"))) await sleep(10);
  };
  const rewritesOf = async ({ admin }: RunningRedis): Promise<number> =>
    Number(/^aof_rewrites:(\d+)/m.exec(await admin.info("persistence"))?.[1]);

  it("is written anew without the words, once for all who deleted before, and that it was is asked until it is so", async () => {
    const { redis, rewrite, since, now } = await open();
    expect(holdsWords(redis)).toBe(true);
    await sleep(2);
    expect(await rewrite(since)).toBe(false);
    await settled(redis);
    expect(holdsWords(redis)).toBe(false);
    expect(await rewrite(since)).toBe(true);
    expect(await rewrite(since - 1)).toBe(true);
    expect(await rewritesOf(redis)).toBe(1);
    await sleep(2);
    expect(await rewrite(await now())).toBe(false);
    await settled(redis);
    expect(await rewritesOf(redis)).toBe(2);
    expect(warned).toEqual([]);
  });

  it("is asked for again where Redis was at it already, or was started anew before it was done", async () => {
    const { redis, rewrite, since } = await open();
    await redis.admin.config("SET", "rdb-key-save-delay", "200000");
    await redis.admin.bgrewriteaof();
    expect(await rewrite(since)).toBe(false);
    await redis.admin.config("SET", "rdb-key-save-delay", "0");
    await settled(redis);
    expect(await rewrite(since)).toBe(false);
    await redis.restart();
    await redis.admin.ping();
    expect(await rewrite(since)).toBe(false);
    await settled(redis);
    expect(await rewrite(since)).toBe(true);
    expect(holdsWords(redis)).toBe(false);
    expect(warned.filter((event) => !/away/.test(event))).toEqual([]);
  });

  it("is Redis's own affair where the user may not ask, which the log says once; without such a file there is nothing to ask", async () => {
    const acl = ["user default on nopass ~* &* +@all", USER];
    const forbidden = await open({ acl }, "rehearsal:secret-word@");
    expect(await forbidden.rewrite(forbidden.since)).toBe(true);
    expect(await forbidden.rewrite(forbidden.since)).toBe(true);
    expect(warned).toEqual([expect.stringContaining("lets nobody ask")]);
    await forbidden.redis.admin.config("SET", "appendonly", "no");
    expect(await forbidden.rewrite(forbidden.since)).toBe(true);
  });
});
