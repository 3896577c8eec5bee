import type { Meter } from "#core/metrics/meter";
import type { Operation } from "#core/operation";
import type { Library } from "#core/pack/library";
import type { Clock, Holidays, Log, Poster, Store } from "#core/ports";

/** What the clock works with. */
export interface ClockParts {
  readonly store: Store;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly holidays: Holidays;
  readonly library: Pick<Library, "questions" | "question" | "of">;
  readonly log: Log;
  readonly meter?: Meter | undefined;
  readonly operation?: Pick<Operation, "addQueue"> | undefined;
  /** Told whenever the clock goes round or gets on, so that one that stands still is noticed. */
  readonly beat?: () => void;
  /** A name for a lease that nobody else has, like a random UUID. */
  readonly newToken: () => string;
  /** Resolves when so many milliseconds have passed. */
  readonly pause: (ms: number) => Promise<void>;
}

/** How long one process may take over one message or one channel, before another may try; longer than the slowest post. */
export const LEASE_MS = 60_000;
/** A post begins only while at least as much of the lease is left; a poster gives up within it. */
const POST_MS = 45_000;

export const hasTimeToPost = (leaseUntil: number, now: number): boolean => leaseUntil - now >= POST_MS;
