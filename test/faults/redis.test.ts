import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { startRecording } from "./processes/acknowledged.ts";
import { dieBetweenSteps } from "./processes/failpoints.ts";
import { floodStore } from "./processes/flood.ts";
import { killAgainAndAgain } from "./processes/kills.ts";
import { syncedLength } from "./processes/power.ts";
import { wipeAndRestore } from "./processes/restore.ts";
import { liveThroughWeek } from "./processes/week.ts";

/**
 * Small enough for every run, with every kind of trouble once. The sizes that carry weight take minutes and belong to
 * `npm run test:faults`: R1 with a million answers (`-- R1 --n 20000` takes a quarter of a minute), R3 with a hundred
 * kills, R7 with a hundred thousand channels (`-- R7 --n 1000` takes some minutes), R18, R27.
 *
 * The seed is printed with a failure, and enough to repeat it.
 */
const seed = Date.now() % 2 ** 31;

describe(`many processes on one Redis (seed ${seed})`, () => {
  let redis: RunningRedis;
  let store: Store;
  beforeAll(async () => {
    redis = await startRedis({ appendfsync: "always" });
    store = await openRedisStore({ url: redis.url, durability: "fsync", log: recordingLog() });
  });
  afterAll(async () => {
    await store.close();
    await redis.stop();
  });

  it("keep what one thread would have kept of answers that came one to four times, in any order", async () => {
    const { url } = redis;
    const report = await floodStore({ answers: 1_500, seed, url, processes: 2, atOnce: 100 }, store);
    expect(report.differences).toEqual([]);
    expect(report.fresh).toBe(1_500);
    expect(report.delivered).toBeGreaterThan(3_000);
  });

  it("lose no acknowledged answer when the server is killed", async () => {
    const { url } = redis;
    const recording = startRecording({ url, durability: "fsync", lanes: 20 }, 1);
    const plan = { kills: 2, seed, powerCuts: false };
    const report = await killAgainAndAgain(plan, { redis, recording, store });
    await recording.stop();
    expect(report.lost).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(300);
  });

  it("post every question and reveal once where one of them dies between two steps", async () => {
    // A step of the question and, on the second run, one behind it.
    const { url } = redis;
    const report = await dieBetweenSteps({ url, deaths: 2, first: 11 + (seed % 12), seed }, store);
    expect(report).toEqual({ deaths: 2, never: [], twice: [] });
  });
});

describe(`a week of many processes on one Redis (seed ${seed})`, () => {
  it("has each question once, through kills, stops, wrong clocks and a platform that fails", async () => {
    const redis = await startRedis();
    const { url } = redis;
    const store = await openRedisStore({ url, durability: "none", log: recordingLog() });
    const faults = { lost: 0.05, failed: 0.05, tooMany: 0.05 };
    const report = await liveThroughWeek(
      {
        url,
        channels: 36,
        days: 1,
        replicas: 2,
        kills: 1,
        pauses: 1,
        clockSteps: 6,
        endings: 1,
        nonceMs: 120_000,
        faults,
        seed,
      },
      store,
    );
    await store.close();
    await redis.stop();
    expect([report.never, report.twice, report.early]).toEqual([[], [], []]);
    expect(report.due).toBe(36);
    expect(report.messages).toBeGreaterThanOrEqual(36);
  });

  it("can be restored from a backup, and made again out of the journals alone", async () => {
    const redis = await startRedis();
    const report = await wipeAndRestore({ answers: 600, seed }, redis);
    await redis.stop();
    expect(report.differences).toEqual([]);
    expect(report.same).toEqual({ "backup restored": true, "made from the journal": true });
    expect(report.entries).toBeGreaterThan(600);
  });
});

describe("a simulated power cut", () => {
  it("keeps what was written before the last fdatasync that ended", () => {
    const trace = [
      '7 write(9, ""..., 100) = 100',
      "7 fdatasync(9) = 0",
      '7 write(5, ""..., 40) = 40',
      '7 write(9, ""..., 30) = 30',
      "8 fdatasync(9 <unfinished ...>",
      '7 write(9, ""..., 20) = 20',
      "8 <... fdatasync resumed>) = 0",
      '7 write(9, ""..., 11 <unfinished ...>',
      "7 <... write resumed>) = 11",
      "8 fdatasync(9 <unfinished ...>",
      "8 +++ killed by SIGKILL +++",
    ];
    expect(syncedLength(trace.join("\n"), "9", 1_000)).toBe(1_130);
    expect(syncedLength(trace.slice(0, 2).join("\n"), "9", 0)).toBe(100);
  });
});
