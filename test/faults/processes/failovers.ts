import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import { FAILOVER_TIMEOUT_MS, type RunningSentinel } from "#test/doubles/redis/sentinel";
import type { RunningRedis } from "#test/doubles/redis/server";
import type { Recording } from "./acknowledged.ts";
import { patiently } from "./patience.ts";
import { recordedRound } from "./recorder.ts";

export const troubles = ["master killed", "master cut off", "master stopped", "replicas slow"] as const;
export type Trouble = (typeof troubles)[number];

export interface FailoverReport {
  readonly trouble: Trouble;
  readonly acknowledged: number;
  readonly lost: number;
  /** The longest time without an acknowledgement, from the trouble on. */
  readonly gapMs: number;
  readonly recovered: boolean;
}

const TROUBLE_MS = 8_000;
/** Sentinels begin no second failover before twice their failover timeout has passed. */
const REST_MS = 2 * FAILOVER_TIMEOUT_MS + 2_000;
const RECOVERY_MS = 60_000;
const ANSWERS_BEFORE = 300;
const ANSWERS_AFTER = 300;

/** Stops and lets go again: a replica that is always late, and never gone. */
const stutter = async (node: RunningRedis, ms: number): Promise<void> => {
  for (const until = Date.now() + ms; Date.now() < until; ) {
    await node.kill("SIGSTOP");
    await sleep(150);
    await node.kill("SIGCONT");
    await sleep(50);
  }
};

/** Makes the trouble; resolves when it is over. */
const make = async (trouble: Trouble, sentinel: RunningSentinel, master: RunningRedis): Promise<void> => {
  const { nodes, proxies } = sentinel;
  const wire = proxies[nodes.indexOf(master)];
  if (trouble === "master killed") {
    await master.kill("SIGKILL");
    await sleep(TROUBLE_MS);
    await master.restart();
  } else if (trouble === "master cut off") {
    wire?.drop(true);
    await sleep(TROUBLE_MS);
    wire?.drop(false);
  } else if (trouble === "master stopped") {
    await master.kill("SIGSTOP");
    await sleep(TROUBLE_MS);
    await master.kill("SIGCONT");
  } else {
    await Promise.all(nodes.filter((node) => node !== master).map((node) => stutter(node, TROUBLE_MS)));
  }
};

/** Whether the master that the sentinels name has both replicas, and they have caught up. */
const isWhole = async (sentinel: RunningSentinel): Promise<boolean> => {
  const master = await sentinel.master();
  const info = await master.admin.info("replication");
  const followers = [...info.matchAll(/^slave\d+:.*state=online.*lag=[01]\s*$/gm)];
  return /role:master/.test(info) && followers.length === 2;
};

const untilWhole = async (sentinel: RunningSentinel): Promise<boolean> => {
  for (const until = Date.now() + RECOVERY_MS; Date.now() < until; await sleep(200))
    if (await isWhole(sentinel)) return true;
  return false;
};

const longestGap = (instants: readonly number[], from: number): number => {
  const after = instants.filter((at) => at >= from);
  return Math.max(0, ...after.map((at, place) => at - (after[place - 1] ?? from)));
};

/**
 * One failover of a master, a partition of it, or a spell of slow replicas, while answers are recorded; afterwards each
 * acknowledged answer is looked up on whichever master was elected. Nobody helps: all must come back by itself.
 */
export const failOver = async (
  trouble: Trouble,
  round: number,
  parts: { readonly sentinel: RunningSentinel; readonly recording: Recording; readonly store: Store },
): Promise<FailoverReport> => {
  const { sentinel, recording, store } = parts;
  recording.answer(null);
  await patiently(() => store.openRound(recordedRound(round)));
  recording.answer(round);
  await recording.reached(round, ANSWERS_BEFORE, RECOVERY_MS);
  const beganAt = Date.now();
  await make(trouble, sentinel, await sentinel.master());
  const wasWhole = await untilWhole(sentinel);
  const isBack = await recording
    .reached(round, recording.count(round) + ANSWERS_AFTER, RECOVERY_MS)
    .then(() => true)
    .catch((error: unknown) => {
      process.stdout.write(`  ${trouble}: ${String(error)}\n`);
      return false;
    });
  recording.answer(null);
  await sleep(300);
  if (trouble !== "replicas slow") await sleep(Math.max(0, beganAt + TROUBLE_MS + REST_MS - Date.now()));
  return {
    trouble,
    acknowledged: recording.count(round),
    lost: (await recording.lost(round)).length,
    gapMs: longestGap(recording.instants(round), beganAt),
    recovered: wasWhole && isBack,
  };
};
