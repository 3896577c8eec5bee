import { describe, expect, test } from "vitest";
import { adversarial, patterns } from "#test/core/oom/patterns";

/** A pattern may take this long over a mebi-character, in milliseconds of its own thread's time. */
const MOST_MS = 50;
/** What disturbs one run does not disturb the best of five. */
const TRIES = 5;

/** Time of this thread alone: other programs on the machine do not count. */
const threadMilliseconds = (work: () => void): number => {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

const search = (pattern: RegExp, text: string): void => {
  pattern.lastIndex = 0;
  pattern.exec(text);
  pattern.lastIndex = 0;
};

describe("every pattern of /oom reads a megabyte of hostile log in linear time", () => {
  test.each(adversarial)("%s", (_, text) => {
    const slow: string[] = [];
    for (const [name, pattern] of patterns) {
      let best = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < TRIES && best > MOST_MS; attempt += 1) {
        best = Math.min(
          best,
          threadMilliseconds(() => search(pattern, text)),
        );
      }
      if (best > MOST_MS) slow.push(`${Math.round(best)} ms: ${name}`);
    }
    expect(slow).toEqual([]);
  });

  test("no pattern repeats what repeats, and none repeats anything without a bound but single signs", () => {
    const unbounded = patterns.filter(([, pattern]) => /\)[*+]|\)\{\d+,\}/.test(pattern.source));
    expect(unbounded.map(([name]) => name)).toEqual([]);
  });
});
