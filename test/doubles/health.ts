import { performance } from "node:perf_hooks";
import { Health, type HealthParts } from "#src/metrics/health";
import { type Listener, listen } from "#src/metrics/listener";
import { createPrometheus, type Prometheus } from "#src/metrics/prometheus";
import { recordingLog } from "#test/doubles/services";

/** Milliseconds that a test lets pass, and what is to happen after some. */
export function healthClock(): HealthParts & { pass(ms: number): void } {
  let now = 1_000_000;
  let due: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, task) => {
      const one = { at: now + ms, task };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
    pass: (ms) => {
      now += ms;
      const over = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { task } of over) task();
    },
  };
}

export interface Watched {
  readonly health: Health;
  readonly prometheus: Prometheus;
  readonly listener: Listener;
  readonly log: ReturnType<typeof recordingLog>;
  get(path: string, init?: RequestInit): Promise<Response>;
}

/** A listener on a free port of this machine. */
export async function openWatched(parts?: HealthParts): Promise<Watched> {
  const health = new Health(
    parts ?? {
      now: () => performance.now(),
      after: (ms, task) => {
        const timer = setTimeout(task, ms);
        return () => clearTimeout(timer);
      },
    },
  );
  const prometheus = createPrometheus();
  const log = recordingLog();
  const listener = await listen({ host: "127.0.0.1", port: 0, health, prometheus, log });
  return {
    health,
    prometheus,
    listener,
    log,
    get: (path, init) => fetch(`http://127.0.0.1:${listener.port}${path}`, init),
  };
}
