import type { PlatformCheck, PlatformFaults, PlatformReport, Wanted } from "#test/doubles/platform/rules";
import { type Child, startChild } from "./child.ts";
import type { FromPlatform, PlatformSettings, ToPlatform } from "./platform.ts";
import type { FromReplica, ReplicaSettings, ToReplica } from "./replica.ts";
import { type SimulatedTime, startSimulatedTime } from "./simulated-time.ts";

export interface FleetPlan {
  /** Of the Redis that they share. */
  readonly url: string;
  readonly replicas: number;
  readonly startsAt: number;
  readonly nonceMs: number;
  readonly faults: PlatformFaults;
  readonly seed: number;
}

/** Many bots as processes, the platform that they post to as another, and one simulated time for all. */
export interface Fleet {
  readonly time: SimulatedTime;
  readonly platformPort: number;
  readonly replicas: readonly Replica[];
  check(wanted: readonly Wanted[]): Promise<PlatformCheck>;
  report(): Promise<PlatformReport>;
  stop(): Promise<void>;
}

/** One bot, started again after each death. */
export interface Replica {
  /** Has it look at the channels; resolves when it has, or has died of it. */
  sweep(): Promise<void>;
  isSweeping(): boolean;
  /** Kills it at once, and starts another in its place. */
  killAndRestart(): Promise<void>;
  /** Asks it to end as an operator does, and starts another in its place; returns how many ms it took to end. */
  endAndRestart(): Promise<number>;
  pause(): void;
  goOn(): void;
  /** Errors that its log has seen, over all its lives. */
  errors(): number;
}

const startPlatform = async (settings: PlatformSettings) => {
  const child = startChild<ToPlatform, FromPlatform>("./platform.ts", settings);
  let answer: (message: FromPlatform) => void = () => {};
  child.listen((message) => answer(message));
  const next = () =>
    new Promise<FromPlatform>((resolve) => {
      answer = resolve;
    });
  const listening = await next();
  if (listening.kind !== "listening") throw new Error("the platform did not start");
  return {
    port: listening.port,
    check: async (wanted: readonly Wanted[]): Promise<PlatformCheck> => {
      child.tell({ kind: "check", wanted });
      const message = await next();
      if (message.kind !== "check") throw new Error("the platform answered something else");
      return message.check;
    },
    report: async (): Promise<PlatformReport> => {
      child.tell({ kind: "report" });
      const message = await next();
      if (message.kind !== "report") throw new Error("the platform answered something else");
      return message.report;
    },
    kill: () => child.kill("SIGKILL"),
  };
};

type ReplicaChild = Child<ToReplica, FromReplica>;

/** Starts a process and waits until it is ready. */
export const startReplicaChild = async (settings: ReplicaSettings): Promise<ReplicaChild> => {
  const child = startChild<ToReplica, FromReplica>("./replica.ts", settings);
  const ready = new Promise<void>((resolve) => {
    child.listen(({ kind }) => kind === "ready" && resolve());
  });
  await Promise.race([ready, child.gone]);
  if (child.isGone()) throw new Error("a replica did not start");
  return child;
};

const startReplica = async (settings: ReplicaSettings): Promise<Replica & { end(): void }> => {
  let [errors, errorsBefore] = [0, 0];
  let isSweeping = false;
  let swept: () => void = () => {};
  const begin = async (): Promise<ReplicaChild> => {
    const child = await startReplicaChild(settings);
    child.listen((message) => {
      errors = errorsBefore + message.errors;
      if (message.kind === "swept") swept();
    });
    return child;
  };
  let child = await begin();
  return {
    sweep: async () => {
      isSweeping = true;
      const done = new Promise<void>((resolve) => {
        swept = resolve;
      });
      child.tell({ kind: "sweep" });
      await Promise.race([done, child.gone]);
      isSweeping = false;
    },
    isSweeping: () => isSweeping,
    killAndRestart: async () => {
      child.kill("SIGKILL");
      await child.gone;
      errorsBefore = errors;
      child = await begin();
    },
    endAndRestart: async () => {
      const askedAt = performance.now();
      child.kill("SIGTERM");
      await child.gone;
      const tookMs = performance.now() - askedAt;
      errorsBefore = errors;
      child = await begin();
      return tookMs;
    },
    pause: () => child.kill("SIGSTOP"),
    goOn: () => child.kill("SIGCONT"),
    errors: () => errors,
    end: () => child.kill("SIGKILL"),
  };
};

export const startFleet = async (plan: FleetPlan): Promise<Fleet> => {
  const time = startSimulatedTime(plan.startsAt, plan.replicas);
  const { nonceMs, faults, seed, url } = plan;
  const platform = await startPlatform({ timeFile: time.file, nonceMs, faults, seed });
  const replicas = await Promise.all(
    Array.from({ length: plan.replicas }, (_, process) =>
      startReplica({ url, platformPort: platform.port, timeFile: time.file, process }),
    ),
  );
  return {
    time,
    platformPort: platform.port,
    replicas,
    check: platform.check,
    report: platform.report,
    stop: async () => {
      for (const replica of replicas) replica.end();
      platform.kill();
      time.remove();
    },
  };
};
