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

/** A server's file grows with every answer, and is read anew after every kill: none has more of them. */
const KILLS_OF_A_SERVER = 20;

const killOne = async (
  appendfsync: "always" | "everysec",
  plan: { readonly kills: number; readonly seed: number },
): Promise<KillReport> => {
  const redis = await startRedis({ appendfsync });
  const { url } = redis;
  const durability = appendfsync === "always" ? "fsync" : "local";
  const recording = startRecording({ url, durability, lanes: 50 }, 2);
  const store = await openRedisStore({ url, durability, log: recordingLog(), commandTimeoutMs: 60_000 });
  const report = await killAgainAndAgain({ ...plan, powerCuts: true }, { redis, recording, store });
  await recording.stop();
  await store.close();
  await redis.stop();
  return report;
};

const run = async (appendfsync: "always" | "everysec", count: number) => {
  const reports: KillReport[] = [];
  for (let done = 0; done < count; done += KILLS_OF_A_SERVER) {
    const plan = { kills: Math.min(KILLS_OF_A_SERVER, count - done), seed: seed + done };
    reports.push(await killOne(appendfsync, plan));
  }
  const sum = (of: (report: KillReport) => number): number =>
    reports.reduce((total, one) => total + of(one), 0);
  const lost = sum((report) => report.lost.length);
  const lostSpanMs = Math.max(...reports.map((report) => report.lostSpanMs));
  process.stdout.write(
    `redis-kills: seed ${seed}, appendfsync ${appendfsync}: ${sum((one) => one.kills)} kills, ${sum((one) => one.powerCuts)} of them power cuts (${sum((one) => one.bytesCut)} bytes not on the disk), ` +
      `${sum((one) => one.acknowledged)} answers acknowledged, ${lost} of them lost` +
      `${lost > 0 ? `, acknowledged up to ${lostSpanMs} ms before the cut` : ""}\n`,
  );
  return { lost, lostSpanMs };
};

const always = await run("always", kills);
const everysec = await run("everysec", Math.max(2, Math.ceil(kills / 10)));
if (always.lost > 0 || everysec.lostSpanMs > SPAN_MS) process.exitCode = 1;
