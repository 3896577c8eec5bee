import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readFixture, verdicts } from "./pool.ts";

const pairSchema = z.object({ question: z.string(), zh: z.string(), en: z.string() });
const pairs = readFixture("aligned.jsonl")
  .trimEnd()
  .split("\n")
  .map((line) => pairSchema.parse(JSON.parse(line)));

describe("The same said in Chinese and in English", () => {
  it.each(pairs)("earns the same: $zh", ({ question, zh, en }) => {
    expect(verdicts(en, question)).toEqual(verdicts(zh, question));
  });

  it("earns the same where several things are said, each in either language", () => {
    const several = fc.constantFrom(...new Set(pairs.map(({ question }) => question))).chain((question) =>
      fc.record({
        question: fc.constant(question),
        said: fc.subarray(
          pairs.filter((pair) => pair.question === question),
          { minLength: 2, maxLength: 4 },
        ),
        inChinese: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(several, ({ question, said, inChinese }) => {
        const mixed = said.map((pair, at) => (inChinese[at] ? pair.zh : pair.en)).join("\n");
        expect(verdicts(mixed, question), mixed).toEqual(
          verdicts(said.map(({ zh }) => zh).join("\n"), question),
        );
      }),
    );
  });

  it("is about every question, and holds answers that contradict", () => {
    expect(new Set(pairs.map(({ question }) => question)).size).toBe(5);
    const contradicting = pairs.filter(({ question, zh }) =>
      verdicts(zh, question).some((verdict) => verdict.endsWith("contradict")),
    );
    expect(contradicting.length).toBeGreaterThanOrEqual(5);
  });
});
