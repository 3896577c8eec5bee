import { afterEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { startCluster } from "#test/doubles/redis/cluster";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { floodStore } from "./processes/flood.ts";
import { makeNextRelease } from "./processes/next-release.ts";
import { rush } from "./processes/rush.ts";
import { keepMoving } from "./processes/slots.ts";
import { endUnderLoad } from "./processes/terminations.ts";

/** Printed with a failure, and enough to repeat it. */
const seed = Date.now() % 2 ** 31;

/**
 * What `npm run test:faults` shows at full size (R16, R18, R28, R29), small enough for every run: that the ways there are sound,
 * not how far they carry. Of R4 the death of a master is shown by `test/store/redis-trouble.test.ts`; its other kinds
 * wait for sentinels, which take half a minute each to begin another failover, and are shown there alone.
 */
describe(`what is shown at full size elsewhere (seed ${seed})`, () => {
  const opened: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });

  const open = async (url: string): Promise<Store> => {
    const log = recordingLog();
    const store = await openRedisStore({ url, durability: "none", log, commandTimeoutMs: 30_000 });
    opened.push(() => store.close());
    return store;
  };
  const startOne = async () => {
    const redis = await startRedis();
    opened.push(() => redis.stop());
    return redis;
  };

  it("a rush of answers right after a post is recorded and answered, every one", async () => {
    const { url } = await startOne();
    const plan = { url, answers: 120, channels: 6, processes: 2, withinMs: 500, commandTimeoutMs: 30_000 };
    const report = await rush(plan, await open(url));
    expect(report).toMatchObject({ answered: 120, kept: 120, errors: 0 });
    expect(report.longestMs).toBeLessThan(60_000);
  });

  it("a program that is asked to end while members answer ends soon, and nothing is lost or counted twice", async () => {
    const report = await endUnderLoad({ endings: 1, members: 8, seed });
    expect(report).toMatchObject({ told: 8, lost: 0, doubled: 0, exitCodes: [0] });
    expect(report.longestMs).toBeLessThan(20_000);
  });

  it("two releases at work on one Redis lose nothing and count nothing twice", async () => {
    const { url } = await startOne();
    const next = makeNextRelease();
    opened.push(() => next.remove());
    const plan = { answers: 300, seed, url, processes: 2, atOnce: 50, copies: [null, next.folder] };
    const report = await floodStore(plan, await open(url));
    expect([report.differences, report.fresh]).toEqual([[], 300]);
  });

  it("a cluster whose slots move all the while keeps what one thread would have kept", async () => {
    const cluster = await startCluster();
    opened.push(() => cluster.stop());
    const store = await open(cluster.url);
    const moving = keepMoving(cluster, ["{t:discord%003a0}", "{t:discord%003a1}"]);
    const { url } = cluster;
    const report = await floodStore({ answers: 300, seed, url, processes: 2, atOnce: 50 }, store);
    expect((await moving.stop()).slots).toBeGreaterThan(0);
    expect(report.differences).toEqual([]);
    // A slot that moves may take a first reply with it: the answer is there, and its second delivery says so.
    expect(report.fresh).toBeLessThanOrEqual(300);
  });
});
