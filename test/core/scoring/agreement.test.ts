import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLabelled, type Report, reportOn } from "./report.ts";

const answers = parseLabelled(
  readFileSync(new URL("../../fixtures/answers/graded.jsonl", import.meta.url), "utf8"),
);

describe("the local grader beside a careful reader", () => {
  let graded: Report | undefined;
  // In a test, not before: what runs before any test belongs to none of them.
  const report = (): Report => {
    graded ??= reportOn(answers);
    return graded;
  };

  it("finds what is covered and little else", () => {
    expect(report().covered.f1).toBeGreaterThanOrEqual(0.85);
  });

  it("rarely calls a right statement contradictory", () => {
    expect(report().contradicted.precision).toBeGreaterThanOrEqual(0.75);
  });

  it("is within ten points of the reader's score on average", () => {
    expect(report().scoreError).toBeLessThanOrEqual(10);
  });

  it.each(["hostile", "off-topic", "keyword-stuffing"])(
    "gives a labelled zero of kind %s no more than a reader would",
    (kind) => {
      const zeros = report().answers.filter((one) => one.answer.kind === kind && one.expected === 0);
      expect(zeros.length).toBeGreaterThan(0);
      for (const one of zeros) expect(one.got, one.answer.text).toBe(0);
    },
  );
});
