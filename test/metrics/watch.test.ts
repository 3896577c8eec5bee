import { afterEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { meteredStore } from "#core/metrics/metered";
import type { DescribedStore } from "#core/operation";
import { createOperation } from "#src/operation";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { openWatch, type Watch } from "#src/watch";
import { freePort } from "#test/doubles/redis/ports";
import { type RedisOptions, type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { sampleOf } from "./samples.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
const say = messagesFor("en");

const redisWith = async (options: RedisOptions = {}): Promise<RunningRedis> => {
  const redis = await startRedis(options);
  closing.push(redis.stop);
  return redis;
};
const storeOn = async (url: string, durability: "none" | "local" = "local"): Promise<DescribedStore> => {
  const store = await openRedisStore({ url, durability, log: recordingLog(), commandTimeoutMs: 500 });
  closing.push(store.close);
  return store;
};

describe("A bot that is watched", () => {
  it("is of no use while its Redis is away, says so, and is of use again when it is back", async () => {
    const redis = await redisWith();
    const store = await storeOn(redis.url);
    const port = await freePort();
    const watch: Watch = await openWatch({ health: { host: "127.0.0.1", port } }, recordingLog());
    closing.push(watch.close);
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, text: await response.text() };
    };
    expect((await get("/readyz")).text).toContain("starting");
    const operation = createOperation(store, () => null, Date.now());
    if (store.queue !== undefined) operation.addQueue(store.queue);
    const metered = meteredStore(store, "redis", watch.meter);
    watch.started(servicesWith({ store: metered, operation }), { discord: null, slack: null });
    expect(await get("/readyz")).toEqual({
      status: 200,
      text: '{"ready":true,"reasons":[],"degraded":[]}\n',
    });

    await redis.kill("SIGKILL");
    await expect
      .poll(() => get("/readyz"), { timeout: 20_000 })
      .toEqual({
        status: 503,
        text: '{"ready":false,"reasons":["store: unreachable"],"degraded":[]}\n',
      });
    expect((await get("/healthz")).status).toBe(200);
    const { text } = await get("/metrics");
    expect(sampleOf(text, 'rehearsal_ready{part="store"}')).toBe(0);
    expect(sampleOf(text, 'rehearsal_ready{part="process"}')).toBe(0);
    const failures = 'rehearsal_store_failures_total{store="redis",operation="now",trouble="unreachable"}';
    expect(sampleOf(text, failures)).toBeGreaterThan(0);
    expect(sampleOf(text, 'rehearsal_queue_limit{queue="store"}')).toBe(10_000);
    expect(
      sampleOf(
        text,
        `rehearsal_build_info{node="${process.version}",release="${operation.release}",zones="${operation.zones}"}`,
      ),
    ).toBe(1);

    await redis.restart();
    await expect.poll(async () => (await get("/readyz")).status, { timeout: 20_000 }).toBe(200);
    watch.stopping();
    expect((await get("/readyz")).text).toContain("stopping");
  });

  it("is not watched, and counts nothing, where the operator set no port", async () => {
    const watch = await openWatch({ health: null }, recordingLog());
    expect(watch.meter).toBeUndefined();
    watch.beat();
    watch.stopping();
    await watch.close();
  });
});

describe("What a store says of itself", () => {
  it("is its durability, what it lacks at this moment, and how many processes share it", async () => {
    const redis = await redisWith();
    const one = await storeOn(redis.url);
    await storeOn(redis.url);
    expect(await one.facts()).toEqual({
      kind: "redis",
      durability: "local",
      warnings: [],
      layout: 1,
      processes: 2,
    });
    await redis.admin.config("SET", "maxmemory-policy", "allkeys-lru", "appendfsync", "no");
    const { warnings } = await one.facts();
    const sentences = warnings.map((warning) => warning(say));
    expect(sentences).toHaveLength(2);
    expect(sentences.join()).toMatch(/may throw answers away.*never waits for its disk/s);
    expect(sentences.join()).not.toContain("127.0.0.1");
  });

  it("leaves open how many processes there are where its user may not ask", async () => {
    const redis = await redisWith({
      acl: [
        "user default off",
        "user admin on >admin-word ~* &* +@all",
        "user bot on >bot-word ~* &* +@all -client|list",
      ],
      admin: { username: "admin", password: "admin-word" },
    });
    const store = await storeOn(redis.url.replace("redis://", "redis://bot:bot-word@"));
    expect((await store.facts()).processes).toBeNull();
  });

  it("is, of a file, that it waits for its disk and belongs to one process", async () => {
    const store = await openSqliteStore({ file: ":memory:" });
    closing.push(store.close);
    expect(await store.facts()).toMatchObject({
      kind: "file",
      durability: "fsync",
      warnings: [],
      processes: 1,
    });
    expect((await store.facts()).layout).toBeGreaterThan(6);
    expect(store.queue).toBeUndefined();
  });
});
