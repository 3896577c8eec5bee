import { performance } from "node:perf_hooks";
import type { Meter } from "#core/metrics/meter";
import type { Operation } from "#core/operation";
import type { Log } from "#core/ports";
import type { Services } from "#core/services";
import { StoreFailure } from "#core/store-failure";
import type { Config } from "./config.ts";
import { Health, type Part } from "./metrics/health.ts";
import { listen } from "./metrics/listener.ts";
import { after, type Platforms } from "./platforms.ts";
import { channel, tenant } from "./services.ts";

/** Those who watch the process from outside, and what they are told. */
export interface Watch {
  /** Absent where nobody asks for metrics. */
  readonly meter: Meter | undefined;
  /** The clock has gone round, or further. */
  beat(): void;
  /** Everything is there: from now on the parts say whether the process is of use. */
  started(services: Services, platforms: Platforms): void;
  /** The program was asked to end: whoever sends work here is to send it elsewhere. */
  stopping(): void;
  close(): Promise<void>;
}

/** Whether the store answers a question that costs it nothing. */
const storePart = ({ store }: Pick<Services, "store">): Part => ({
  name: "store",
  check: async () => {
    try {
      await (store.now === undefined ? store.schedule(tenant, channel) : store.now());
      return null;
    } catch (error) {
      if (error instanceof StoreFailure) return error.trouble;
      throw error;
    }
  },
});

const platformParts = ({ discord, slack }: Platforms): readonly Part[] =>
  Object.entries({ discord, slack }).flatMap(([name, platform]) =>
    platform === null
      ? []
      : [{ name, isOneOfMany: true, check: () => (platform.connected() ? null : "not connected") }],
  );

function meterOperation(meter: Meter, { release, zones, queues }: Operation): void {
  meter.gauge("build", { release, zones, node: process.version }, () => 1);
  for (const { name, waiting, limit } of queues()) {
    meter.gauge("waiting", { queue: name }, waiting);
    if (limit !== null) meter.gauge("limit", { queue: name }, () => limit);
  }
}

const nobody: Watch = {
  meter: undefined,
  beat: () => {},
  started: () => {},
  stopping: () => {},
  close: async () => {},
};

/**
 * Lets the process be watched where the operator set a port. The library for metrics is loaded only then.
 *
 * @throws Refusal where the port is taken
 */
export async function openWatch({ health: at }: Pick<Config, "health">, log: Log): Promise<Watch> {
  if (at === null) return nobody;
  const { createPrometheus } = await import("./metrics/prometheus.ts");
  const prometheus = createPrometheus();
  const { meter } = prometheus;
  const health = new Health({ now: () => performance.now(), after });
  const listener = await listen({ ...at, health, prometheus, log });
  return {
    meter,
    beat: () => health.beat(),
    started: (services, platforms) => {
      health.started([storePart(services), ...platformParts(platforms)]);
      health.measuredBy(meter, () => Date.now() / 1000);
      if (services.operation !== undefined) meterOperation(meter, services.operation);
    },
    stopping: () => health.stopping(),
    close: listener.close,
  };
}
