import type { Instant } from "#core/ids";
import type { Intent, PostRecord } from "./post-record.ts";

/** A right to post that ends by itself. */
export interface Lease {
  /** No two holders have the same. */
  readonly token: string;
  readonly now: Instant;
  readonly leaseMs: number;
}

/**
 * What came of asking for a lease: `claimed` it is the asker's; `held` by another; `final` there is nothing left to
 * do. With the record as it then stands.
 */
export interface Claim {
  readonly outcome: "claimed" | "held" | "final";
  readonly record: PostRecord;
}

/**
 * Whether a new lease may be given although one is out: it has ended, or it ends so far ahead that the clock must
 * have been put back since, and the channel would be blocked for hours.
 */
const isOver = ({ leaseUntil }: Intent, { now, leaseMs }: Lease): boolean =>
  now >= leaseUntil || leaseUntil - now > 2 * leaseMs;

/** The state after `lease` was asked for, or null where another still holds it. */
export const leased = (state: Intent | null, lease: Lease): Intent | null => {
  if (state?.token === lease.token) return state;
  if (state !== null && !isOver(state, lease)) return null;
  return {
    kind: "intent",
    token: lease.token,
    attempt: (state?.attempt ?? 0) + 1,
    // After a clock that was put back the first try may seem to lie ahead.
    since: Math.min(state?.since ?? lease.now, lease.now),
    at: lease.now,
    leaseUntil: lease.now + lease.leaseMs,
  };
};
