import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { tenant } from "#test/contracts/store-samples";
import { type RunningCluster, startCluster } from "#test/doubles/redis/cluster";
import { recordingLog } from "#test/doubles/services";
import { startRecording } from "./processes/acknowledged.ts";
import { floodStore } from "./processes/flood.ts";
import { patiently } from "./processes/patience.ts";
import { recordedRound } from "./processes/recorder.ts";
import { keepMoving, ownerOfTag } from "./processes/slots.ts";
import { liveThroughWeek } from "./processes/week.ts";
import { sayWeek } from "./processes/week-report.ts";

/**
 * A cluster of three masters and three replicas while slots move from one master to another all the time: `--n`
 * answers delivered again and again; `--kills` masters killed at the level `replicated`; a week of `--channels`
 * channels with three processes. Exits with 1 where anything is lost, doubled, or other than a single thread has it.
 */
const { values } = parseArgs({
  options: {
    n: { type: "string" },
    kills: { type: "string" },
    channels: { type: "string" },
    seed: { type: "string" },
  },
});
const answers = Number(values.n ?? 200_000);
const kills = Number(values.kills ?? 10);
const channels = Number(values.channels ?? 10_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const log = recordingLog();
let isBroken = false;

const openOn = ({ url }: RunningCluster) =>
  openRedisStore({ url, durability: "none", log, commandTimeoutMs: 60_000 });

const flood = async (): Promise<void> => {
  const cluster = await startCluster();
  const store = await openOn(cluster);
  const moving = keepMoving(cluster, ["{t:discord%003a0}", "{t:discord%003a1}", "{t:discord%003a2}"]);
  const { url } = cluster;
  const report = await floodStore({ answers, seed, url, processes: 4, atOnce: 100 }, store);
  const { slots, keys } = await moving.stop();
  await store.close();
  await cluster.stop();
  isBroken ||= report.differences.length > 0 || report.fresh > answers;
  process.stdout.write(
    `redis-cluster: seed ${seed}, ${answers} answers delivered ${report.delivered} times while ${slots} slots with ${keys} keys moved, in ${report.seconds.toFixed(0)} s: ` +
      `${report.differences.length} differences from a single thread\n`,
  );
  for (const difference of report.differences.slice(0, 5)) process.stdout.write(`  ${difference}\n`);
};

const killMasters = async (): Promise<void> => {
  const cluster = await startCluster({ settings: { "min-replicas-to-write": "0" } });
  const { url } = cluster;
  const recording = startRecording({ url, durability: "replicated", lanes: 20 }, 2);
  const store = await openOn(cluster);
  let [lost, acknowledged] = [0, 0];
  const gaps: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    recording.answer(null);
    await patiently(() => store.openRound(recordedRound(kill)));
    recording.answer(kill);
    await recording.reached(kill, 300, 60_000);
    const master = await ownerOfTag(cluster, `{t:${tenant}}`);
    const killedAt = Date.now();
    await master?.kill("SIGKILL");
    // Its replica takes over, and has none of its own before this one is back: until then nothing is acknowledged.
    await sleep(4_000);
    await master?.restart();
    await recording.reached(kill, recording.count(kill) + 200, 60_000);
    gaps.push((recording.instants(kill).find((at) => at > killedAt + 100) ?? Number.NaN) - killedAt);
    // The next failover needs a replica that has caught up.
    await sleep(6_000);
    lost += (await recording.lost(kill)).length;
    acknowledged += recording.count(kill);
  }
  await recording.stop();
  await store.close();
  await cluster.stop();
  isBroken ||= lost > 0;
  process.stdout.write(
    `redis-cluster: ${kills} masters killed, ${acknowledged} answers acknowledged, ${lost} lost, the longest gap ${(Math.max(...gaps) / 1000).toFixed(1)} s\n`,
  );
};

const week = async (): Promise<void> => {
  const cluster = await startCluster();
  const store = await openOn(cluster);
  const moving = keepMoving(
    cluster,
    Array.from({ length: 64 }, (_, shard) => `{s:${shard * 4}}`),
  );
  const plan = {
    url: cluster.url,
    channels,
    seed,
    days: 7,
    replicas: 3,
    kills: 20,
    pauses: 10,
    clockSteps: 20,
    nonceMs: 180_000,
    faults: { lost: 0.01, failed: 0.01, tooMany: 0.01 },
  };
  const startedAt = performance.now();
  const report = await liveThroughWeek(plan, store);
  const { slots, keys } = await moving.stop();
  await store.close();
  await cluster.stop();
  const isKept = sayWeek(
    `redis-cluster: ${slots} slots with ${keys} keys moved`,
    plan,
    report,
    performance.now() - startedAt,
  );
  isBroken ||= !isKept;
};

await flood();
await killMasters();
await week();
if (isBroken) process.exitCode = 1;
