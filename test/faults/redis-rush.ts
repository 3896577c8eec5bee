import { parseArgs } from "node:util";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { startChild } from "./processes/child.ts";
import { rushPlace } from "./processes/rush-place.ts";
import type { FromRusher, RusherSettings } from "./processes/rusher.ts";

/**
 * `--n` answers that arrive within ten seconds of a post in `--channels` channels at two processes, graded and recorded by the whole core. Exits
 * with 1 where one is missing or was answered later than a minute after it came.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, channels: { type: "string" } } });
const answers = Number(values.n ?? 50_000);
const channels = Number(values.channels ?? 1_000);
const PROCESSES = 2;
const WITHIN_MS = 10_000;
const ANSWERED_MS = 60_000;

const redis = await startRedis();
const { url } = redis;
const store = await openRedisStore({
  url,
  log: recordingLog(),
  durability: "local",
  commandTimeoutMs: 60_000,
});
const zone = zoneSchema.parse("UTC");
const opensAt = Date.now() - 1_000;
const rounds: Round[] = [];
for (let at = 0; at < channels; at += 1)
  rounds.push(
    await store.openRound(
      prepareRound({ ...rushPlace(at), zone, question: "q1-catastrophic-forgetting", opensAt }),
    ),
  );
const rushers = Array.from({ length: PROCESSES }, (_, process) => {
  const settings: RusherSettings = {
    url,
    channels,
    process,
    answers: Math.ceil(answers / PROCESSES),
    withinMs: WITHIN_MS,
  };
  const child = startChild<{ readonly kind: "go" }, FromRusher>("./rusher.ts", settings);
  const until = (kind: FromRusher["kind"]) =>
    new Promise<FromRusher>((resolve) =>
      child.listen((message) => message.kind === kind && resolve(message)),
    );
  return { child, ready: until("ready"), done: until("done") };
});
await Promise.all(rushers.map(({ ready }) => ready));
const beganAt = performance.now();
for (const { child } of rushers) child.tell({ kind: "go" });
const reports = await Promise.all(rushers.map(({ done }) => done));
const seconds = (performance.now() - beganAt) / 1_000;
for (const { child } of rushers) child.kill("SIGKILL");
let kept = 0;
for (const { tenant, id } of rounds) kept += (await store.attemptsOfRound(tenant, id)).length;
await store.close();
await redis.stop();

const took = reports.flatMap(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
const longest = took.at(-1) ?? Number.NaN;
const errors = reports.reduce((sum, report) => sum + report.errors, 0);
process.stdout.write(
  `redis-rush: ${took.length} answers in ${channels} channels within ${WITHIN_MS / 1_000} s at ${PROCESSES} processes: ${kept} recorded, all answered after ${seconds.toFixed(0)} s ` +
    `(${Math.round(took.length / seconds)}/s), the longest wait ${(longest / 1_000).toFixed(1)} s, ${errors} errors\n`,
);
if (kept < took.length || errors > 0 || longest > ANSWERED_MS) process.exitCode = 1;
