import type { Log, Store } from "#core/ports";
import type { Grader } from "#core/scoring/grader";
import { StoreFailure } from "#core/store-failure";
import { type Meter, timed } from "./meter.ts";

/** The same store, with every call timed. Whatever it has besides the port's methods it keeps. */
export function meteredStore<Metered extends Store>(
  store: Metered,
  kind: "sqlite" | "redis",
  meter: Meter | undefined,
): Metered {
  if (meter === undefined) return store;
  const metered =
    (operation: string, method: (...args: readonly unknown[]) => unknown) =>
    (...args: readonly unknown[]): unknown => {
      const labels = { store: kind, operation };
      const begun = meter.now();
      const result = method.apply(store, [...args]);
      // What comes piece by piece takes as long as its reader.
      if (!(result instanceof Promise)) return result;
      result.then(
        () => meter.time("store", labels, meter.now() - begun),
        (error: unknown) => {
          meter.time("store", labels, meter.now() - begun);
          const trouble = error instanceof StoreFailure ? error.trouble : "other";
          meter.count("storeFailures", { ...labels, trouble });
        },
      );
      return result;
    };
  return Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      typeof method === "function" ? metered(name, method) : method,
    ]),
  ) as Metered;
}

/** The same grader, timed. */
export const meteredGrader = (grader: Grader, meter: Meter | undefined): Grader =>
  meter === undefined
    ? grader
    : {
        grade: (input, options) =>
          timed(
            meter,
            () => grader.grade(input, options),
            (seconds) => meter.time("grading", {}, seconds),
          ),
      };

/** The same log, with its lines counted. */
export const meteredLog = (log: Log, meter: Meter | undefined): Log =>
  meter === undefined
    ? log
    : {
        info: (...line) => {
          meter.count("logLines", { level: "info" });
          log.info(...line);
        },
        warn: (...line) => {
          meter.count("logLines", { level: "warn" });
          log.warn(...line);
        },
        error: (...line) => {
          meter.count("logLines", { level: "error" });
          log.error(...line);
        },
      };
