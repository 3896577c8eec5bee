import type { Log } from "#core/ports";
import { StoreFailure } from "#core/store-failure";

const MINUTE_MS = 60_000;

/** What failed again, and how often since it was last written. */
interface Repeated {
  count: number;
  cause: unknown;
}

const failureIn = (cause: unknown): StoreFailure | null =>
  cause instanceof StoreFailure
    ? cause
    : cause instanceof Error && cause.cause instanceof StoreFailure
      ? cause.cause
      : null;

/**
 * A log that is readable after an hour without the store: what fails because of it is written at once, and from then on
 * once a minute with the number of times, for as long as it goes on. Everything else is written as it comes.
 *
 * @param later calls back after so many milliseconds; it keeps no process alive
 */
export const boundOutages = (
  log: Log,
  later: (ms: number, tell: () => void) => void = (ms, tell) => void setTimeout(tell, ms).unref(),
): Log => {
  const repeated = new Map<string, Repeated>();
  const tellLater = (key: string, event: string, of: Repeated): void =>
    later(MINUTE_MS, () => {
      if (of.count === 0) {
        repeated.delete(key);
        return;
      }
      log.error(event, of.cause, { times: of.count });
      of.count = 0;
      tellLater(key, event, of);
    });
  return {
    ...log,
    error: (event, cause, facts) => {
      const failure = failureIn(cause);
      if (failure === null) return log.error(event, cause, facts);
      const key = `${event} ${failure.trouble} ${failure.where}`;
      const known = repeated.get(key);
      if (known !== undefined) {
        known.count += 1;
        known.cause = cause;
        return;
      }
      log.error(event, cause, facts);
      const first = { count: 0, cause };
      repeated.set(key, first);
      tellLater(key, event, first);
    },
  };
};
