import { Cluster, type Redis } from "ioredis";
import type { Client } from "./client.ts";
import { isPassing } from "./failure.ts";
import { slotOf } from "./keys.ts";
import { isUnknownScript, type Run, runKnown } from "./run.ts";

/** Bounds what is sent again where the level is not reached. */
const WRITES_PER_BATCH = 500;
/** A short wait: what it does not reach is sent again, and the connection is not held up in a partition. */
export const ACKNOWLEDGE_MS = 200;
const PAUSE_MS = 50;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Whether all that a connection has written so far is as safe as was asked for. */
export type Acknowledge = (node: Redis) => Promise<boolean>;

interface Waiting {
  readonly run: Run;
  /** When whoever waits is told that it could not be confirmed, by `performance.now()`. */
  readonly until: number;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

interface Lane {
  readonly queue: Waiting[];
  isBusy: boolean;
  /** How often its connection has ended: a WAIT on a new one knows nothing of what the old one wrote. */
  generation: number;
}

class NotConfirmed extends Error {
  constructor(options?: ErrorOptions) {
    super("Command timed out: the write was not confirmed in time; it may have been kept", options);
    this.name = "NotConfirmed";
  }
}

/** The node that holds a key, as far as is known. */
const nodeOf = (client: Client, key: string): Redis | null => {
  if (!(client instanceof Cluster)) return client;
  const place = client.slots[slotOf(key)]?.[0];
  return client.nodes("master").find(({ options }) => `${options.host}:${options.port}` === place) ?? null;
};

/**
 * Writes that come together share one wait for the replicas (or the disk). Each node has a lane with one batch under
 * way: its scripts and then the wait, on one connection. A batch counts only if the connection stayed the same from
 * the first script to the wait's reply; otherwise it is sent again, which every script allows.
 */
export const groupCommit = (client: Client, acknowledge: Acknowledge) => {
  const lanes = new WeakMap<Redis, Lane>();
  let isClosed = false;
  let underWay = 0;

  const laneOf = (node: Redis): Lane => {
    const known = lanes.get(node);
    if (known !== undefined) return known;
    const lane: Lane = { queue: [], isBusy: false, generation: 0 };
    node.on("close", () => {
      lane.generation += 1;
    });
    lanes.set(node, lane);
    return lane;
  };

  const settle = (end: () => void): void => {
    underWay -= 1;
    end();
  };

  /** What must be sent again, after one batch. */
  const send = async (node: Redis, lane: Lane, batch: readonly Waiting[]): Promise<Waiting[]> => {
    const { generation } = lane;
    const replies = batch.map(({ run }) => runKnown(node, run));
    const acknowledged = acknowledge(node);
    const outcomes = await Promise.allSettled(replies);
    const [level] = await Promise.allSettled([acknowledged]);
    const isSafe = level.status === "fulfilled" && level.value && lane.generation === generation;
    const again: Waiting[] = [];
    const unknown = new Set<Run["script"]>();
    for (const [at, one] of batch.entries()) {
      const outcome = outcomes[at];
      if (outcome?.status === "fulfilled" && isSafe) settle(() => one.resolve(outcome.value));
      else if (outcome?.status === "rejected" && isUnknownScript(outcome.reason)) {
        unknown.add(one.run.script);
        again.push(one);
      } else if (outcome?.status === "rejected" && !isPassing(outcome.reason))
        settle(() => one.reject(outcome.reason));
      else again.push(one);
    }
    for (const script of unknown) await node.script("LOAD", script.source).catch(() => null);
    return again;
  };

  const work = async (node: Redis, lane: Lane): Promise<void> => {
    lane.isBusy = true;
    while (lane.queue.length > 0) {
      const again = await send(node, lane, lane.queue.splice(0, WRITES_PER_BATCH));
      if (again.length === 0) continue;
      await pause(PAUSE_MS);
      if (client instanceof Cluster) client.refreshSlotsCache();
      for (const one of again) enqueue(one);
    }
    lane.isBusy = false;
  };

  const enqueue = (one: Waiting): void => {
    if (isClosed || performance.now() >= one.until) {
      settle(() => one.reject(new NotConfirmed()));
      return;
    }
    const node = nodeOf(client, one.run.keys[0] ?? "");
    if (node === null) {
      if (client instanceof Cluster) client.refreshSlotsCache();
      setTimeout(() => enqueue(one), 2 * PAUSE_MS);
      return;
    }
    const lane = laneOf(node);
    lane.queue.push(one);
    // Whatever else comes in this turn of the event loop goes with it.
    if (!lane.isBusy) {
      lane.isBusy = true;
      setImmediate(() => void work(node, lane));
    }
  };

  return {
    commit: (run: Run, deadlineMs: number): Promise<unknown> => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      underWay += 1;
      enqueue({ run, until: performance.now() + deadlineMs, resolve, reject });
      return promise;
    },
    /** Waits for what is under way, at most so long. */
    finish: async (ms: number): Promise<void> => {
      const until = performance.now() + ms;
      while (underWay > 0 && performance.now() < until) await pause(5);
      isClosed = true;
    },
  };
};
