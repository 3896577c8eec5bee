import { randomBytes } from "node:crypto";
import { destination, pino } from "pino";
import type { Log } from "#core/ports";
import type { Config } from "./config.ts";
import { loggable } from "./loggable.ts";
import { type Redact, redactionOf } from "./redaction.ts";

export interface LogParts {
  readonly redact?: Redact;
  /** Takes each line as it stands; standard error unless a test reads it. */
  readonly write?: (line: string) => void;
  /** Names this process in the name of each line, so that the lines of many can be told apart. */
  readonly process?: string;
}

/** The operator's log: one JSON line an event on standard error, so that standard output stays the members'. */
export function createLog(level: Config["logLevel"], parts: LogParts = {}): Log {
  const { redact = redactionOf(), write, process = randomBytes(3).toString("hex") } = parts;
  let lines = 0;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // What is wrong is plain already; the library would take it for an error once more.
      serializers: { err: (error: unknown) => error },
      // Once more over the whole line: whatever came into it, no secret leaves the process.
      hooks: { streamWrite: redact },
    },
    write === undefined ? destination({ fd: 2, sync: true }) : { write },
  );
  const stamped = (facts: Readonly<Record<string, unknown>> | undefined): object => {
    lines += 1;
    return { line: `${process}-${lines}`, ...(loggable(facts ?? {}, redact) as object) };
  };
  return {
    info: (event, facts) => {
      if (logger.isLevelEnabled("info")) logger.info(stamped(facts), event);
    },
    warn: (event, facts) => {
      if (logger.isLevelEnabled("warn")) logger.warn(stamped(facts), event);
    },
    error: (event, cause, facts) => {
      if (logger.isLevelEnabled("error"))
        logger.error({ ...stamped(facts), err: loggable(cause, redact) }, event);
    },
  };
}
