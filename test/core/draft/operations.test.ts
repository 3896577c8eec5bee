import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText } from "#core/clean-text";
import { type Operation, operate } from "#core/draft/operations";
import { type DraftQuestion, draftQuestionSchema, draftText, versionOf } from "#core/draft/question";
import { Refusal } from "#core/refusal";
import { acting, draftOf, eve } from "#test/core/draft/samples";

/** Does operations one after the other; what cannot be done to the question as it stands is left out. */
function statesOf(question: DraftQuestion, operations: readonly Operation[]): readonly DraftQuestion[] {
  const states = [question];
  for (const operation of operations) {
    const before = states.at(-1) ?? question;
    try {
      states.push(operate(before, operation, acting()));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return states;
}

const one = (question: DraftQuestion, operation: Operation): DraftQuestion =>
  operate(question, operation, acting());

/** Every line of the document that a point of the question was drawn from, wherever the point is now. */
const linesHeld = ({ content }: DraftQuestion): ReadonlySet<number> =>
  new Set(
    [...content.points, ...content.dropped].flatMap(({ lines }) =>
      lines.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
    ),
  );

const idsOf = ({ content }: DraftQuestion): readonly string[] =>
  [...content.points, ...content.dropped].map(({ id }) => id);

/** What was typed, as it reaches a draft. */
const text = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map(cleanText)
  .filter((typed) => typed !== "");
const operation = (id: string): fc.Arbitrary<Operation> => {
  const point = fc.integer({ min: 1, max: 9 }).map((number) => `${id}-${number}`);
  return fc.oneof(
    fc.record({ kind: fc.constant("approve" as const), point: fc.option(point) }),
    fc.record({
      kind: fc.constant("edit" as const),
      point,
      locale: fc.constantFrom("zh" as const, "en" as const),
      texts: fc.record({ title: text, statement: text, hint: text }, { requiredKeys: [] }),
    }),
    fc.record({ kind: fc.constant("weigh" as const), point, weight: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant("merge" as const), point, into: point }),
    fc.record({ kind: fc.constant("split" as const), point, statements: fc.array(text, { maxLength: 3 }) }),
    fc.record({ kind: fc.constantFrom("drop" as const, "restore" as const), point }),
    fc.record({ kind: fc.constant("move" as const), point, by: fc.constantFrom(-1 as const, 1 as const) }),
    fc.record({ kind: fc.constant("add" as const), title: text, statement: text }),
    fc.record({ kind: fc.constant("phrase" as const), point, phrase: text }),
    fc.record({ kind: fc.constant("back" as const), to: fc.option(fc.integer({ min: 1, max: 12 })) }),
    fc.record({ kind: fc.constantFrom("same" as const, "different" as const) }),
  );
};

describe("A draft that many edit", () => {
  it("accounts for every line, gives no id twice and keeps weights in bounds, whatever is done to it", () => {
    const question = draftOf();
    fc.assert(
      fc.property(fc.array(operation(question.id), { maxLength: 25 }), (operations) => {
        const states = statesOf(question, operations);
        const seen = new Set(idsOf(question));
        let nextPoint = question.nextPoint;
        for (const state of states) {
          expect(draftQuestionSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
          expect([...linesHeld(state)].toSorted()).toEqual([...linesHeld(question)].toSorted());
          expect(new Set(idsOf(state)).size).toBe(idsOf(state).length);
          // What is new has a number that nothing had before, whatever was taken out or taken back.
          const fresh = idsOf(state).filter((id) => !seen.has(id));
          for (const id of fresh) expect(Number(id.split("-").at(-1))).toBeGreaterThanOrEqual(nextPoint);
          for (const id of fresh) seen.add(id);
          nextPoint = state.nextPoint;
          for (const { weight } of state.content.points) expect([1, 2, 3, 4, 5]).toContain(weight);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("is again what it was at each version that is kept", () => {
    const question = draftOf();
    fc.assert(
      fc.property(fc.array(operation(question.id), { minLength: 1, maxLength: 12 }), (operations) => {
        const states = statesOf(question, operations);
        const last = states.at(-1) ?? question;
        for (const { version, content } of last.states) {
          expect(content).toEqual(states.find((state) => versionOf(state) === version)?.content);
          expect(one(last, { kind: "back", to: version }).content).toEqual(content);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says who did what, and does a submission once", () => {
    const press = acting(5);
    const question = draftOf();
    const drop: Operation = { kind: "drop", point: `${question.id}-1` };
    const dropped = operate(question, drop, press);
    expect(dropped.changes.at(-1)).toMatchObject({ version: 2, what: "drop", by: eve, at: 5 });
    expect(operate(dropped, drop, press)).toBe(dropped);
  });

  it("has merged points with the lines and wordings of both, and loses the approval that neither has now", () => {
    const question = one(draftOf(), { kind: "approve", point: null });
    const [first, second] = question.content.points;
    const merged = one(question, { kind: "merge", point: second?.id ?? "", into: first?.id ?? "" });
    expect(merged.content.points[0]).toMatchObject({
      id: first?.id,
      lines: [
        [2, 2],
        [3, 3],
      ],
      approved: false,
    });
    expect(merged.content.points[0]?.statement.en).toBe(
      "New requests join the running batch at every step. The cache is kept in blocks, so more requests fit at once.",
    );
  });

  it("translates a point without touching the half that is there", () => {
    const question = draftOf();
    const texts = { title: "连续批处理", statement: "新请求随时加入。" };
    const edited = one(question, { kind: "edit", point: `${question.id}-1`, locale: "zh", texts });
    expect(edited.content.points[0]?.title).toEqual({ zh: "连续批处理", en: "Continuous batching" });
    expect(edited.content.points[0]?.edited).toEqual(["title", "statement"]);
  });

  it("is kept with as many earlier states as there is room for, and refused where even alone it has none", () => {
    const long = "长".repeat(3900);
    let question = draftOf();
    for (let at = 0; at < 8; at += 1)
      question = one(question, { kind: "add", title: "", statement: `${at}${long}` });
    const kept = draftText(question);
    expect(new TextEncoder().encode(kept.text).length).toBeLessThan(256 * 1024);
    expect(draftQuestionSchema.parse(JSON.parse(kept.text)).content).toEqual(question.content);
    for (let at = 0; at < 9; at += 1)
      question = one(question, { kind: "add", title: "", statement: `${at}${long}${at}` });
    for (let at = 4; at < 18; at += 1)
      question = one(question, {
        kind: "edit",
        point: `${question.id}-${at}`,
        locale: "en",
        texts: { statement: "é".repeat(3900) },
      });
    expect(() => draftText(question)).toThrow(Refusal);
  });
});
