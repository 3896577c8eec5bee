import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { startRecording } from "./processes/acknowledged.ts";
import { type KillReport, killAgainAndAgain } from "./processes/kills.ts";

/**
 * `--n` kills of Redis while answers are recorded, every other one a simulated power cut: first where every write is
 * on the disk before its answer, where nothing that was acknowledged may be missing, then a tenth as many where the
 * disk is asked once a second, where a kill may take nothing and a power cut what is younger than about a second.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const kills = Number(values.n ?? 100);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
/** Redis asks the disk every second, and waits for up to two for a slow one. */
const SPAN_MS = 2_000;

const run = async (appendfsync: "always" | "everysec", count: number): Promise<KillReport> => {
  const redis = await startRedis({ appendfsync });
  const { url } = redis;
  const durability = appendfsync === "always" ? "fsync" : "local";
  const recording = startRecording({ url, durability, lanes: 50 }, 2);
  const store = await openRedisStore({ url, durability, log: recordingLog(), commandTimeoutMs: 60_000 });
  const report = await killAgainAndAgain(
    { kills: count, seed, powerCuts: true },
    { redis, recording, store },
  );
  await recording.stop();
  await store.close();
  await redis.stop();
  process.stdout.write(
    `redis-kills: seed ${seed}, appendfsync ${appendfsync}: ${report.kills} kills, ${report.powerCuts} of them power cuts (${report.bytesCut} bytes not on the disk), ` +
      `${report.acknowledged} answers acknowledged, ${report.lost.length} of them lost` +
      `${report.lost.length > 0 ? `, acknowledged up to ${report.lostSpanMs} ms before the cut` : ""}\n`,
  );
  return report;
};

const always = await run("always", kills);
const everysec = await run("everysec", Math.max(2, Math.ceil(kills / 10)));
if (always.lost.length > 0 || everysec.lostSpanMs > SPAN_MS) process.exitCode = 1;
