import { describe, expect, it } from "vitest";
import { clauseFeatures, fnvOf, windowsOf } from "#core/scoring/features";
import { normalise } from "#core/scoring/normalise";
import { type ByRules, type Delicacy, type Place, settleVerdict, weigh } from "#core/scoring/opinion";
import { openReader, readerFileSchema } from "#core/scoring/question-reader";
import { type Clause, read } from "#core/scoring/reading";
import { conceptHashes } from "#core/scoring/reconsider";
import { Stretches } from "#core/scoring/trained-reader";
import { questions, readerFileOf, rubricOf } from "#test/core/scoring/rubrics";
import { fitLinear, marginOf } from "#test/training/linear";
import { joined, vectorOf } from "#test/training/vector";
import { fitWeighing } from "#test/training/weighing";

const place: Place = { apart: false, inFavour: "plain", against: "plain" };
const byRules = (verdict: ByRules["verdict"], reason: ByRules["reason"] = "core"): ByRules => ({
  verdict,
  reason,
});
/** Shares of miss, partial, hit and contradict. */
const says = {
  nothing: [1, 0, 0, 0],
  hit: [0.3, 0.1, 0.6, 0],
  half: [0.3, 0.5, 0.2, 0],
  opposite: [0.1, 0, 0.1, 0.8],
  surelyNothing: [0.95, 0, 0.05, 0],
};

describe("The verdict of rules and reader", () => {
  it("adds what the rules overlook", () => {
    expect(settleVerdict(byRules("miss"), says.hit, says.nothing, place)).toBe("hit");
    expect(settleVerdict(byRules("miss"), says.half, says.nothing, place)).toBe("partial");
    expect(settleVerdict(byRules("miss"), says.nothing, says.opposite, place)).toBe("contradict");
  });

  it("must be surer where the words are another point's, or something in them is turned, and most where it is refused", () => {
    const at = (delicacy: Delicacy): Place => ({ apart: false, inFavour: delicacy, against: delicacy });
    const half = [0.5, 0, 0.5, 0];
    const fairly = [0.35, 0, 0, 0.65];
    const given = (delicacy: Delicacy, inFavour: number[], against: number[]) =>
      settleVerdict(byRules("miss"), inFavour, against, at(delicacy));
    expect(given("plain", half, says.nothing)).toBe("hit");
    expect(given("delicate", half, says.nothing)).toBe("miss");
    expect(given("delicate", says.hit, says.nothing)).toBe("hit");
    expect(given("refused", says.hit, says.nothing)).toBe("miss");
    expect(given("plain", says.nothing, fairly)).toBe("contradict");
    expect(given("delicate", says.nothing, fairly)).toBe("miss");
    expect(given("refused", says.nothing, fairly)).toBe("miss");
    expect(given("refused", says.nothing, says.opposite)).toBe("contradict");
  });

  it("turns what the rules found only where the reader is sure of the opposite", () => {
    expect(settleVerdict(byRules("hit"), says.nothing, says.nothing, place)).toBe("hit");
    expect(settleVerdict(byRules("hit"), says.hit, [0.2, 0, 0.3, 0.5], place)).toBe("hit");
    expect(settleVerdict(byRules("hit"), says.nothing.with(0, 0.5), says.opposite, place)).toBe("hit");
    expect(settleVerdict(byRules("hit"), says.nothing.with(0, 0.5), [0.1, 0, 0.05, 0.85], place)).toBe(
      "contradict",
    );
  });

  it("lets nothing said elsewhere take away what is said right", () => {
    expect(settleVerdict(byRules("hit"), says.hit, says.opposite, { ...place, apart: true })).toBe("hit");
    expect(settleVerdict(byRules("miss"), says.hit, says.opposite, { ...place, apart: true })).toBe("hit");
  });

  it("leaves half a point for right and wrong at once, and a denial that the rules read", () => {
    expect(settleVerdict(byRules("partial", "mixed"), says.surelyNothing, says.opposite, place)).toBe(
      "partial",
    );
    expect(settleVerdict(byRules("contradict", "negated"), says.hit, says.nothing, place)).toBe("contradict");
  });
});

describe("A trained reader", () => {
  it.each(questions.map(({ id }) => id))("of %s was trained beside the rubric that is shipped", (id) => {
    const file = readerFileSchema.parse(readerFileOf(id));
    // `npm run grade:train` after every change of the rubric, the question or the glossary.
    expect(file.trainedBeside).toBe(rubricOf(id).hash);
    expect(file.points).toEqual(rubricOf(id).points.map((point) => point.id));
  });

  it("whose parts do not fit together is refused", () => {
    const file = readerFileSchema.parse(readerFileOf("q5-oom"));
    expect(() => openReader({ ...file, rows: file.rows - 1 })).toThrow(/q5-oom is damaged/);
  });

  const twoColumns = {
    table: {
      rowOf: new Map([
        [1, 0],
        [2, 1],
        [9, 2],
      ]),
      rarity: Float32Array.of(1, 1, 2),
    },
    weights: Int8Array.of(2, 0, 0, 0, 0, 4),
    scales: Float32Array.of(0.5, 0.25),
    biases: Float32Array.of(-1, 0),
  };

  it("knows only what stands in its table, and weighs letters and concepts alike", () => {
    const clause = { letters: new Set([1, 2, 7]), concepts: new Set([9]), named: new Set<number>() };
    const { margins, known } = new Stretches([clause], twoColumns).opinion(0, 1);
    expect(known).toBe(0.75);
    expect(margins[0]).toBeCloseTo(Math.SQRT1_2 - 1);
    expect(margins[1]).toBeCloseTo(1);
  });

  it("says nothing but its first belief of a stretch in which it knows nothing", () => {
    const clause = { letters: new Set([7]), concepts: new Set<number>(), named: new Set<number>() };
    const { margins, known } = new Stretches([clause], twoColumns).opinion(0, 1);
    expect(known).toBe(0);
    expect([...margins]).toEqual([-1, 0]);
  });

  it("sees the same in a stretch of an answer as in the vector that it was trained on", () => {
    const rubric = rubricOf("q5-oom");
    const text =
      "用梯度累积、混合精度，batch 调小；then shard over two cards. 显存还不够，就开 checkpointing。";
    const { clauses, ...reading } = read(normalise(text), rubric, () => false);
    const hashes = conceptHashes(rubric.glossary);
    const features = clauses.map((clause) =>
      clauseFeatures(clause, { ...reading, clauses }, (meaning) => hashes[meaning] ?? 0),
    );
    const reader = openReader(readerFileSchema.parse(readerFileOf("q5-oom")));
    const stretches = new Stretches(features, reader);
    const columns = reader.biases.length;
    for (const { from, to } of windowsOf(clauses)) {
      const vector = vectorOf(joined(features.slice(from, to)), reader.table);
      expect(vector.rows.length).toBeGreaterThan(0);
      const { margins } = stretches.opinion(from, to);
      for (const [column, margin] of margins.entries()) {
        const model = new Float64Array(reader.table.rarity.length + 1);
        for (const row of vector.rows) model[row] = reader.weights[row * columns + column] ?? 0;
        const expected =
          marginOf(vector, model) * (reader.scales[column] ?? 0) + (reader.biases[column] ?? 0);
        expect(margin).toBeCloseTo(expected, 4);
      }
    }
  });

  it("learns which side of a line things lie, the same way every time", () => {
    const at = (x: number, positive: boolean) => ({
      vector: { rows: Int32Array.of(0), values: Float32Array.of(x) },
      positive,
      weight: 1,
    });
    const examples = [at(1, true), at(0.8, true), at(-1, false), at(-0.7, false)];
    const model = fitLinear(examples, 1, 1);
    for (const { vector, positive } of examples) expect(marginOf(vector, model) > 0).toBe(positive);
    expect(fitLinear(examples, 1, 1)).toEqual(model);
  });

  it("weighs what never varied in training by its worth, not by nothing", () => {
    const examples = [0, 1, 2, 3].map((verdict) => ({ evidence: [verdict, 0], verdict }));
    const weighing = fitWeighing(examples);
    expect(weighing.spreads[1]).toBe(1);
    const shares = weigh([3, 1], weighing);
    expect(shares.reduce((one, other) => one + other, 0)).toBeCloseTo(1);
    expect(shares.indexOf(Math.max(...shares))).toBe(3);
  });

  it("looks at clauses alone, in pairs and as a sentence, and never across two sentences", () => {
    const clauses = [0, 0, 0, 1].map((sentence) => ({ sentence }) as Clause);
    expect(windowsOf(clauses).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
      [2, 3],
      [0, 3],
      [3, 4],
    ]);
  });

  it("hashes as FNV-1a does", () => {
    // The published test vectors for "" and "a".
    expect(fnvOf("")).toBe(0x811c9dc5);
    expect(fnvOf("a")).toBe(0xe40c292c);
  });
});
