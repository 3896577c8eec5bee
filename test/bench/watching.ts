import { performance } from "node:perf_hooks";
import { commands } from "#commands/index";
import type { Meter } from "#core/metrics/meter";
import { meteredStore } from "#core/metrics/metered";
import type { Store } from "#core/ports";
import { createPrometheus } from "#src/metrics/prometheus";
import { redactionOf } from "#src/redaction";
import type { Figure } from "./figure.ts";

const TIMES = 100_000;
const RUNS = 7;
/** What an ordinary command asks of the store. */
const STORE_CALLS = 6;

/** Nanoseconds that one piece of work takes, the best of several runs: what disturbs one disturbs not all. */
function nanoseconds(work: (at: number) => void): number {
  const runs = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    for (let at = 0; at < TIMES; at += 1) work(at);
    return ((performance.now() - begun) / TIMES) * 1e6;
  });
  return Math.min(...runs);
}

const names = commands.map(({ name }) => name);

/** What is counted of one command: its acknowledgement, its outcome, its time. */
const countCommand = (meter: Meter, at: number): void => {
  const command = names[at % names.length] ?? "";
  const labels = { platform: "discord", command };
  const begun = meter.now();
  meter.time("acknowledgement", labels, meter.now() - begun);
  meter.count("interactions", { ...labels, outcome: "done" });
  meter.time("command", labels, meter.now() - begun);
};

async function storeCall(store: Pick<Store, "round">): Promise<number> {
  const call = store.round as () => Promise<null>;
  const begun = performance.now();
  for (let at = 0; at < TIMES; at += 1) await call();
  return ((performance.now() - begun) / TIMES) * 1e6;
}

async function bestStoreCall(store: Pick<Store, "round">): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) best = Math.min(best, await storeCall(store));
  return best;
}

/** What it costs to be watched: for each command, each scrape, and each line of the log. */
export async function benchWatching(): Promise<Figure[]> {
  const prometheus = createPrometheus();
  const { meter } = prometheus;
  const command = nanoseconds((at) => countCommand(meter, at));
  const bare = { round: async () => null } as unknown as Store;
  const plain = await bestStoreCall(bare);
  const timed = await bestStoreCall(meteredStore(bare, "redis", meter));
  const scrapes = [];
  for (let run = 0; run < 20; run += 1) {
    const begun = performance.now();
    await prometheus.exposition();
    scrapes.push(performance.now() - begun);
  }
  const redact = redactionOf(["a-secret-of-the-operator"]);
  const line = JSON.stringify({
    level: "warn",
    event: "it is tried again",
    stack: "at foo (x.ts:1:2)\n".repeat(20),
  });
  const perLine = nanoseconds((at) => void (at % 20 === 0 && redact(line))) * 20;
  return [
    { name: "counting one acknowledged command", value: command, unit: "ns", limit: 10_000 },
    {
      name: `the same with its ${STORE_CALLS} calls of the store`,
      value: command + STORE_CALLS * (timed - plain),
      unit: "ns",
      limit: 40_000,
    },
    { name: "one scrape", value: Math.min(...scrapes), unit: "ms", limit: 20 },
    { name: "what a scrape holds", value: (await prometheus.exposition()).length / 1024, unit: "KiB" },
    { name: "redacting a line of 450 characters", value: perLine, unit: "ns", limit: 100_000 },
  ];
}
