import type { TenantId } from "#core/ids";
import type { counters, durations, gauges } from "./definitions.ts";

type Labels<Of extends { readonly labels: readonly string[] }> = {
  readonly [Label in Of["labels"][number]]: string;
};

/**
 * Counts and times what happens, for whoever watches the bot from outside; absent where nobody does. Never throws, and
 * costs a microsecond at most.
 */
export interface Meter {
  count<Name extends keyof typeof counters>(
    name: Name,
    labels: Labels<(typeof counters)[Name]>,
    by?: number,
  ): void;
  time<Name extends keyof typeof durations>(
    name: Name,
    labels: Labels<(typeof durations)[Name]>,
    seconds: number,
  ): void;
  /** Has a number read each time that somebody looks; the last reader under the same labels counts. */
  gauge<Name extends keyof typeof gauges>(
    name: Name,
    labels: Labels<(typeof gauges)[Name]>,
    read: () => number,
  ): void;
  /** Seconds that only ever grow, to take a time from. */
  now(): number;
}

/** Where a tenant is, as a label. */
export function platformOf(tenant: TenantId): "discord" | "slack" | "local" {
  if (tenant.startsWith("discord:")) return "discord";
  return tenant.startsWith("slack:") ? "slack" : "local";
}

/** Times an asynchronous work; `end` is told of what it threw, or null. */
export async function timed<Result>(
  meter: Meter,
  work: () => Promise<Result>,
  end: (seconds: number, error: unknown) => void,
): Promise<Result> {
  const begun = meter.now();
  try {
    const result = await work();
    end(meter.now() - begun, null);
    return result;
  } catch (error) {
    end(meter.now() - begun, error);
    throw error;
  }
}
