import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { startRecording } from "#test/faults/processes/acknowledged";
import { recordedRound } from "#test/faults/processes/recorder";
import type { Figure } from "./figure.ts";

/** A machine that is busy with other things makes the figures worse, and is no reason to have none. */
const PATIENCE_MS = 60_000;
const ROUNDS = 3;
const MEASURED_MS = 4_000;
const REQUESTS = 60_000;
/** Answers under way in each of two processes. */
const LANES = 250;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const openOn = ({ url }: RunningRedis) =>
  openRedisStore({ url, durability: "none", log: recordingLog(), commandTimeoutMs: PATIENCE_MS });

/**
 * The command by which the store records an answer, as the server gets it, with a random number in the place of the
 * member and the submission.
 */
const recordingCommand = async (redis: RunningRedis): Promise<string[]> => {
  const store = await openOn(redis);
  const watcher = redis.admin.duplicate();
  const monitor = await watcher.monitor();
  const seen: string[][] = [];
  monitor.on("monitor", (_: string, words: string[]) => seen.push(words));
  await store.openRound(recordedRound(0));
  await store.recordAttempt(attemptAs("sample-call", { as: "sample-call", round: recordedRound(0).id }));
  await sleep(200);
  monitor.disconnect();
  watcher.disconnect();
  await store.close();
  const call = seen.find(
    (words) => words[0]?.toLowerCase() === "evalsha" && words.join().includes("sample-call"),
  );
  if (call === undefined) throw new Error("the store recorded an answer without a script");
  return call.map((word) => word.replaceAll("sample-call", "n__rand_int__"));
};

/** What redis-benchmark makes of a command, a second. */
const benchmarked = async (
  { port }: RunningRedis,
  pipeline: number,
  command: readonly string[],
): Promise<number> => {
  const words = ["-p", port, "-n", REQUESTS, "-c", 50, "-P", pipeline, "-r", 100_000_000, "-q"].map(String);
  const child = spawn("redis-benchmark", [...words, ...command], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (data) => {
    said += String(data);
  });
  await once(child, "close");
  const [, rate] = /([\d.]+) requests per second/.exec(said) ?? [];
  if (rate === undefined) throw new Error("redis-benchmark named no rate");
  return Number(rate);
};

/** Answers that two processes have acknowledged, a second, on a server of their own. */
const recorded = async (): Promise<number> => {
  const redis = await startRedis();
  const store = await openOn(redis);
  await store.openRound(recordedRound(0));
  const recording = startRecording({ url: redis.url, durability: "local", lanes: LANES }, 2);
  recording.answer(0);
  await recording.reached(0, LANES * 4, 60_000);
  const [before, from] = [recording.count(0), performance.now()];
  await sleep(MEASURED_MS);
  const rate = ((recording.count(0) - before) * 1_000) / (performance.now() - from);
  await recording.stop();
  await store.close();
  await redis.stop();
  return rate;
};

/** Redis as the store: how fast it records, beside what the server does of itself. */
export const benchRedis = async (): Promise<Figure[]> => {
  const rates = { recorded: [] as number[], evalsha: [] as number[], set: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.recorded.push(await recorded());
    const redis = await startRedis();
    const command = await recordingCommand(redis);
    rates.evalsha.push(await benchmarked(redis, 50, command));
    rates.set.push(await benchmarked(redis, 1, ["SET", "key:__rand_int__", "x".repeat(100)]));
    await redis.stop();
  }
  // Each run is compared with the baseline right behind it.
  const ratio = (to: readonly number[]) =>
    median(rates.recorded.map((rate, at) => rate / (to[at] ?? Number.NaN)));
  const shown = (of: readonly number[]) => `${Math.round(median(of))}/s`;
  return [
    {
      name: `Redis: answers recorded (${shown(rates.recorded)}) to redis-benchmark's EVALSHA of the same script, 50 at a time (${shown(rates.evalsha)})`,
      value: ratio(rates.evalsha),
      unit: "ratio",
      limit: 0.55,
      atLeast: true,
    },
    {
      name: `Redis: answers recorded to redis-benchmark's SET, one at a time (${shown(rates.set)})`,
      value: ratio(rates.set),
      unit: "ratio",
      limit: 0.6,
      atLeast: true,
    },
  ];
};
