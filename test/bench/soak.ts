import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { tenantIdSchema } from "#core/ids";
import { restoreInto } from "#core/migration/restore";
import type { DescribedStore } from "#core/operation";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { dropActions, weighRedis } from "#test/doubles/redis/work";
import { recordingLog } from "#test/doubles/services";
import { collector } from "./collector.ts";
import { openCrowd } from "./crowd.ts";
import type { Figure } from "./figure.ts";

const PER_SECOND = 40;
/** As many as come again and again: what a cache holds of them is there once the warm-up is over. */
const MEMBERS = 2_000;
/** After so many cycles comes the next day: a round of thousands of answers would be a rush that never ends. */
const CYCLES_A_DAY = 12;
const GUILDS = 50;
const CYCLE_SECONDS = 15;
/** Connections that nobody uses are closed by then. */
const QUIET_MS = 6_000;
/** Of the whole time, in which caches fill. */
const WARM_UP = 1 / 3;
const HOUR_MS = 3_600_000;

interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heap: number;
  /** Of the system, and of Node. */
  readonly files: number;
  readonly handles: number;
}

const sampleNow = (collect: () => void, begun: number): Sample => {
  collect();
  collect();
  const { rss, heapUsed } = process.memoryUsage();
  const kept = process.getActiveResourcesInfo().filter((kind) => kind !== "Timeout" && kind !== "Immediate");
  return {
    at: performance.now() - begun,
    rss,
    heap: heapUsed,
    files: readdirSync("/proc/self/fd").length,
    handles: kept.length,
  };
};

/** By how much it grows in an hour: the slope of the straight line that lies nearest to the samples. */
const growthAnHour = (samples: readonly Sample[], of: (sample: Sample) => number): number => {
  const mean = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0) / values.length;
  const [at, value] = [mean(samples.map((sample) => sample.at)), mean(samples.map(of))];
  const up = samples.reduce((total, sample) => total + (sample.at - at) * (of(sample) - value), 0);
  const along = samples.reduce((total, sample) => total + (sample.at - at) ** 2, 0);
  return (HOUR_MS * up) / along;
};

const mb = (bytes: number): number => bytes / 2 ** 20;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How much more there is in the last quarter than in the first. */
const growth = (samples: readonly Sample[], of: (sample: Sample) => number): number => {
  const quarter = Math.ceil(samples.length / 4);
  return median(samples.slice(-quarter).map(of)) - median(samples.slice(0, quarter).map(of));
};

/**
 * What a Redis weighs that was given the same records once, by the steps of a restore: our model of what is kept. Whatever
 * the real one has beside it is left over.
 */
async function modelBytes(
  store: DescribedStore,
  tenants: readonly string[],
): Promise<{ bytes: number; answers: number }> {
  const { records } = store;
  if (records === undefined) throw new Error("the store does not tell its records");
  const redis = await startRedis({ settings: { appendonly: "no", "latency-tracking": "no" } });
  const empty = await weighRedis(redis);
  const fresh = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
  const now = Date.now();
  let answers = 0;
  for (const name of tenants) {
    const tenant = tenantIdSchema.parse(name);
    const restore = restoreInto(fresh, tenant, now);
    for await (const record of records(tenant, now)) {
      if (record.kind === "answer") answers += 1;
      await restore(record);
    }
  }
  await dropActions(redis);
  const bytes = (await weighRedis(redis)) - empty;
  await fresh.close();
  await redis.stop();
  return { bytes, answers };
}

/**
 * The whole bot under an even load for a long time, with what it holds looked at between two bursts, after a collection:
 * its memory, its files and handles, and what Redis holds beside what it should.
 */
export async function benchSoak(minutes = 3): Promise<readonly Figure[]> {
  const collect = collector();
  const crowd = await openCrowd(MEMBERS, GUILDS);
  try {
    const begun = performance.now();
    const samples: Sample[] = [];
    const [errors, lost] = [crowd.errors(), { count: 0, of: 0 }];
    for (let cycle = 0; performance.now() - begun < minutes * 60_000; cycle += 1) {
      if (cycle > 0 && cycle % CYCLES_A_DAY === 0) await crowd.openRounds(cycle / CYCLES_A_DAY);
      const times = await crowd.send(PER_SECOND, CYCLE_SECONDS);
      lost.count += times.filter((ms) => ms === null).length;
      lost.of += times.length;
      await sleep(QUIET_MS);
      const sample = sampleNow(collect, begun);
      samples.push(sample);
      process.stderr.write(
        `${(sample.at / 60_000).toFixed(1)} min: ${mb(sample.rss).toFixed(1)} MB, heap ${mb(sample.heap).toFixed(1)}\n`,
      );
    }
    const everything = await weighRedis(crowd.redis);
    await dropActions(crowd.redis);
    const held = (await weighRedis(crowd.redis)) - crowd.emptyBytes;
    const { bytes, answers } = await modelBytes(crowd.store, crowd.tenants);
    const warm = samples.filter(({ at }) => at >= WARM_UP * minutes * 60_000);
    const none = (name: string, value: number): Figure => ({ name, value, unit: "", limit: 0.5 });
    return [
      {
        name: `resident memory after the warm-up, an hour (${minutes} min, ${warm.length} samples)`,
        value: mb(growthAnHour(warm, ({ rss }) => rss)),
        unit: "MB",
        limit: 1,
      },
      { name: "the heap, an hour", value: mb(growthAnHour(warm, ({ heap }) => heap)), unit: "MB" },
      { name: "resident memory at the end", value: mb(warm.at(-1)?.rss ?? Number.NaN), unit: "MB" },
      none(
        "open files more at the end",
        growth(warm, ({ files }) => files),
      ),
      none(
        "handles more at the end",
        growth(warm, ({ handles }) => handles),
      ),
      {
        name: `Redis beside a fresh one with the same records (${answers} answers, ${mb(bytes).toFixed(1)} MB)`,
        value: 100 * Math.abs(held / bytes - 1),
        unit: "%",
        limit: 5,
      },
      {
        name: "what ends by itself within the hour, at the end",
        value: mb(everything - held - crowd.emptyBytes),
        unit: "MB",
      },
      none(`interactions without a response in 3 s, of ${lost.of}`, lost.count),
      none("errors", crowd.errors() - errors),
      { name: "refusals", value: crowd.refused(), unit: "" },
    ];
  } finally {
    await crowd.close();
  }
}
