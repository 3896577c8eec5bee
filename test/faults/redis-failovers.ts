import { parseArgs } from "node:util";
import { openRedisStore } from "#src/store/redis/store";
import { startSentinel } from "#test/doubles/redis/sentinel";
import { recordingLog } from "#test/doubles/services";
import { startRecording } from "./processes/acknowledged.ts";
import { type FailoverReport, failOver, troubles } from "./processes/failovers.ts";

/**
 * `--n` failovers of each kind at the level `replicated`: the master is killed, cut off from replicas and sentinels
 * while clients still reach it, stopped, or its replicas are slow. Exits with 1 where an acknowledged answer is
 * missing, recording did not come back by itself, or the gap without acknowledgements was over 5 s for more than one
 * in twenty.
 */
const { values } = parseArgs({ options: { n: { type: "string" } } });
const each = Number(values.n ?? 10);
const GAP_MS = 5_000;

const sentinel = await startSentinel({
  appendfsync: "everysec",
  settings: { "min-replicas-to-write": "1", "min-replicas-max-lag": "2" },
});
const { url, natMap } = sentinel;
const recording = startRecording({ url, natMap, durability: "replicated", lanes: 20 }, 2);
const store = await openRedisStore({
  url,
  natMap,
  durability: "none",
  log: recordingLog(),
  commandTimeoutMs: 60_000,
});
const reports: FailoverReport[] = [];
for (let round = 0; round < each; round += 1)
  for (const [at, trouble] of troubles.entries())
    reports.push(await failOver(trouble, round * troubles.length + at, { sentinel, recording, store }));
await recording.stop();
await store.close();
await sentinel.stop();

const share = (gaps: readonly number[], of: number): number =>
  gaps.toSorted((one, other) => one - other)[Math.ceil(gaps.length * of) - 1] ?? 0;
let [lost, failed] = [0, 0];
for (const trouble of troubles) {
  const own = reports.filter((report) => report.trouble === trouble);
  const gaps = own.map(({ gapMs }) => gapMs);
  const sum = (of: (report: FailoverReport) => number) => own.reduce((total, one) => total + of(one), 0);
  lost += sum((report) => report.lost);
  failed += own.filter(({ recovered }) => !recovered).length;
  process.stdout.write(
    `redis-failovers: ${trouble}, ${own.length} times: ${sum((report) => report.acknowledged)} answers acknowledged, ${sum((report) => report.lost)} lost, ` +
      `gap ${(share(gaps, 0.5) / 1000).toFixed(1)} s in the middle, ${(share(gaps, 0.95) / 1000).toFixed(1)} s at 95 %, ` +
      `${own.filter(({ recovered }) => recovered).length} recovered by themselves\n`,
  );
}
const gap = share(
  reports.map(({ gapMs }) => gapMs),
  0.95,
);
if (lost > 0 || failed > 0 || gap > GAP_MS) process.exitCode = 1;
