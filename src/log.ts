import { destination, pino } from "pino";
import type { Log } from "#core/ports";
import type { Config } from "./config.ts";

/** The operator's log: one JSON line an event on standard error, so that standard output stays the members'. */
export function createLog(level: Config["logLevel"]): Log {
  const logger = pino(
    {
      level,
      base: null,
      // An answer belongs to its member: no log line carries one.
      redact: { paths: ["text", "*.text", "token", "*.token"], censor: "[removed]" },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, facts) => logger.info(facts ?? {}, event),
    warn: (event, facts) => logger.warn(facts ?? {}, event),
    error: (event, cause, facts) => logger.error({ ...facts, err: cause }, event),
  };
}
