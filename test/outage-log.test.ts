import { describe, expect, it } from "vitest";
import { StoreFailure } from "#core/store-failure";
import { boundOutages } from "#src/outage-log";

/** A log, and a clock whose minutes the test lets pass. */
const openLog = () => {
  const lines: string[] = [];
  let due: (() => void)[] = [];
  const log = boundOutages(
    {
      info: (event) => void lines.push(event),
      warn: (event) => void lines.push(event),
      error: (event, cause, facts) => void lines.push(`${event}: ${cause} ${JSON.stringify(facts ?? {})}`),
    },
    (_, tell) => void due.push(tell),
  );
  return {
    log,
    lines,
    passMinute: () => {
      const now = due;
      due = [];
      for (const tell of now) tell();
    },
  };
};

const away = () => new StoreFailure("unreachable", "redis://h:1");

describe("The log while the store is away", () => {
  it("has one line at once and one a minute with a number, whatever fails how often", () => {
    const { log, lines, passMinute } = openLog();
    for (let at = 0; at < 5_000; at += 1) log.error("command failed", away(), { submission: `${at}` });
    expect(lines).toEqual([
      'command failed: StoreFailure: the store at redis://h:1 is unreachable {"submission":"0"}',
    ]);
    passMinute();
    expect(lines.at(-1)).toContain('{"times":4999}');
    log.error("command failed", new Error("wrapped", { cause: away() }));
    passMinute();
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toContain('wrapped {"times":1}');
  });

  it("begins afresh once it has been quiet for a minute, and counts other trouble apart", () => {
    const { log, lines, passMinute } = openLog();
    log.error("command failed", away());
    log.error("command failed", new StoreFailure("full", "redis://h:1"));
    log.error("a channel could not be looked at", away());
    passMinute();
    expect(lines).toHaveLength(3);
    log.error("command failed", away(), { submission: "9" });
    expect(lines.at(-1)).toContain('{"submission":"9"}');
  });

  it("holds back nothing else", () => {
    const { log, lines } = openLog();
    for (const _ of [1, 2, 3]) log.error("command failed", new Error("ours"));
    log.info("x");
    expect(lines).toHaveLength(4);
  });
});
