import type { Instant, TenantId } from "#core/ids";

/** How much of something may be done: `most` at once, and as many again spread over a window; all of one window. */
export interface Allowance {
  readonly most: number;
  readonly windowMs: number;
}

/** Of whom or what an allowance is, like one member of a tenant. */
export interface Bucket extends Allowance {
  /** No other bucket's of the tenant; at most 300 characters. */
  readonly name: string;
}

/** Where it is counted how often something was done: part of the store, shared by all processes that share it. */
export interface Allowances {
  /**
   * Takes one from each of three buckets, or from none where one of them is empty. Returns 0 where it was taken, else
   * how many milliseconds until every one of them has one again. Counts are lost with a crash; nothing else hangs on them.
   */
  spend(tenant: TenantId, buckets: readonly [Bucket, Bucket, Bucket]): Promise<number>;
}

/**
 * A bucket as one number: the instant at which it will be full again. Each taking moves it by the time in which one
 * comes back, and it may lie no more than a window ahead (the generic cell rate algorithm of ITU-T I.371).
 */
export const fullAfter = (fullAt: Instant, now: Instant, { most, windowMs }: Allowance): Instant =>
  Math.max(fullAt, now) + windowMs / most;

/** How long until a bucket has one; 0 where it has. */
export const waitOf = (fullAt: Instant, now: Instant, allowance: Allowance): number =>
  Math.max(0, fullAfter(fullAt, now, allowance) - now - allowance.windowMs);

const MOST_KEPT = 100_000;

/**
 * Buckets in the memory of one process.
 *
 * @param now milliseconds of a clock that nobody puts back
 */
export function allowancesInMemory(now: () => number): Allowances {
  const full = new Map<string, number>();
  const forget = (at: number): void => {
    // Full ones are as good as none; where all are in use, nobody is kept from anything by who came before them.
    for (const [name, fullAt] of full) if (fullAt <= at) full.delete(name);
    if (full.size >= MOST_KEPT) full.clear();
  };
  return {
    spend: async (tenant, buckets) => {
      const at = now();
      const named = buckets.map((bucket) => ({ bucket, key: JSON.stringify([tenant, bucket.name]) }));
      const wait = Math.max(...named.map(({ bucket, key }) => waitOf(full.get(key) ?? at, at, bucket)));
      if (wait > 0) return wait;
      if (full.size >= MOST_KEPT) forget(at);
      for (const { bucket, key } of named) full.set(key, fullAfter(full.get(key) ?? at, at, bucket));
      return 0;
    },
  };
}
