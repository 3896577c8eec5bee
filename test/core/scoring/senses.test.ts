import { describe, expect, it } from "vitest";
import { meantBy } from "#core/scoring/likeness";
import { normalise } from "#core/scoring/normalise";
import { along, readSenses, rowsIn, shippedSenses, sumOf, unitOf } from "#core/scoring/senses";

const senses = shippedSenses();

const nearness = (one: string, other: string): number => {
  const [first, second] = [one, other].map((text) =>
    unitOf(sumOf(rowsIn(normalise(text).text, senses), senses)),
  );
  return first === undefined || second === undefined ? 0 : along(first, second);
};

describe("What words mean", () => {
  it.each([
    ["显存不够", "out of memory"],
    ["灾难性遗忘", "catastrophic forgetting"],
    ["吞吐", "throughput"],
    ["检索", "retrieval"],
  ])("is the same in both languages: %s, %s", (chinese, english) => {
    expect(nearness(chinese, english)).toBeGreaterThan(0.5);
    expect(nearness(chinese, english)).toBeGreaterThan(nearness(chinese, "the learning rate schedule") + 0.3);
  });

  it("is like what says the same in everyday words", () => {
    const statement = "Freezing the base weights keeps old abilities.";
    expect(nearness(statement, "原来的权重不动，老本事就不会丢")).toBeGreaterThan(
      nearness(statement, "把答案按相关度重新排一遍") + 0.2,
    );
  });

  it("does not depend on the case, the endings or the script of a word", () => {
    expect(nearness("Frozen LAYERS", "frozen layer")).toBeCloseTo(1);
    expect(nearness("顯存佔用", "显存占用")).toBeCloseTo(1);
  });

  it("is nothing where no word is known", () => {
    expect(rowsIn("zzqx 龘龘", senses)).toEqual([]);
    expect(along(unitOf(sumOf([], senses)), unitOf(sumOf([], senses)))).toBe(0);
  });

  it("leaves out the words that only repeat the question", () => {
    expect(rowsIn("memory bandwidth", senses, (at) => at < 6)).toEqual(rowsIn("bandwidth", senses));
  });
});

describe("The file of senses", () => {
  it("keeps directions of length 1 in a few letters a word", () => {
    const small = readSenses({
      size: 2,
      parts: 2,
      words: "memor 显存",
      weights: "HO",
      courses: `${"//AA"}${"//".repeat(62)}${"//".repeat(64)}`,
      taken: "ABBA",
    });
    expect([...small.weights]).toEqual([7, 14]);
    for (const row of [0, 1])
      expect(Math.hypot(...small.directions.subarray(2 * row, 2 * row + 2))).toBeCloseTo(1);
    expect(small.directions[0]).toBeGreaterThan(0);
    expect(small.directions[2]).toBeLessThan(0);
  });
});

describe("What sets a point apart", () => {
  it("is what its neighbours do not say", () => {
    const meant = meantBy([
      "KV cache memory grows with sequence length: every generated token stores keys and values in each layer.",
      "KV cache memory grows with concurrent requests: every user in the batch needs separate blocks.",
    ]);
    const [length, batch] = meant?.points ?? [];
    if (length === undefined || batch === undefined) throw new Error("their words are known");
    expect(along(length.whole, batch.whole)).toBeGreaterThan(0.5);
    expect(along(length.own, batch.own)).toBeLessThan(0);
  });

  it("is not known of a document whose words are not", () => {
    expect(
      meantBy(["Knead dough until elastic.", "Sourdough loaves rest overnight inside a chilly pantry."]) ===
        undefined,
    ).toBe(true);
  });
});
