import { describe, expect, it } from "vitest";
import { judgePassing } from "#core/round/passing";
import { resultOf } from "#test/contracts/store-samples";

const secondsFor = (length: number): number => {
  const pieces = { repeated: "aaaa ", mixed: "显存a不够 ", han: "的" };
  const startedAt = performance.now();
  for (const piece of Object.values(pieces)) {
    const text = piece.repeat(length / piece.length);
    judgePassing({ text, result: resultOf(53), question: [text], sources: [text], others: [`${text}x`] });
  }
  return (performance.now() - startedAt) / 1_000;
};

describe("judging a hostile answer", () => {
  it("takes time in proportion to its length", () => {
    secondsFor(10_000);
    const small = Math.min(secondsFor(10_000), secondsFor(10_000), secondsFor(10_000));
    // Sixteen times the text; quadratic time would be 256 times as long.
    expect(secondsFor(160_000) / small).toBeLessThan(80);
  });
});
