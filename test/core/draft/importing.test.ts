import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FoundPoint } from "#core/draft/drafting";
import { operate } from "#core/draft/operations";
import type { DraftQuestion } from "#core/draft/question";
import { Refusal } from "#core/refusal";
import {
  acting,
  BATCHING,
  found,
  importOf,
  LATENCY,
  PAGING,
  QUANTISED,
  readOf,
} from "#test/core/draft/samples";

const MEMORY = "Why does gradient checkpointing save memory?";
const RECOMPUTED = found("Recomputation", "Activations are computed again in the backward pass.", 12);

/** The pack after a first import, and its questions. */
function standing(points: readonly FoundPoint[] = [BATCHING, PAGING, QUANTISED]) {
  const { pack, changed } = importOf(
    readOf([
      [LATENCY, points],
      [MEMORY, [RECOMPUTED]],
    ]),
  );
  return { pack, questions: changed.map(({ question }) => question) };
}

const again = (points: readonly FoundPoint[], { pack, questions }: ReturnType<typeof standing>) =>
  importOf(
    readOf([
      [LATENCY, points],
      [MEMORY, [RECOMPUTED]],
    ]),
    pack,
    questions,
  );

const firstOf = ({ questions }: { questions: readonly DraftQuestion[] }): DraftQuestion => {
  const [first] = questions;
  if (first === undefined) throw new Error("there is no question");
  return first;
};

const withFirst = (now: ReturnType<typeof standing>, first: DraftQuestion) => ({
  ...now,
  questions: [first, ...now.questions.slice(1)],
});

describe("A document that is imported again", () => {
  it("as it was changes nothing, whatever editors have done meanwhile", () => {
    const now = standing();
    const id = firstOf(now).id;
    const kinds = fc.constantFrom("approve" as const, "drop" as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.integer({ min: 1, max: 3 })), { maxLength: 6 }), (done) => {
        let first = firstOf(now);
        for (const [kind, number] of done) {
          const point = `${id}-${number}`;
          if (first.content.points.some((one) => one.id === point))
            first = operate(first, { kind, point }, acting());
        }
        const texts = { title: "Mine", statement: "An editor's own words." };
        const [left] = first.content.points;
        if (left !== undefined)
          first = operate(first, { kind: "edit", point: left.id, locale: "en", texts }, acting());
        const { changed, counts } = again([BATCHING, PAGING, QUANTISED], withFirst(now, first));
        expect(changed).toEqual([]);
        expect(counts).toEqual({ added: 0, changed: 0, gone: 0, proposals: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it("follows words that nobody has touched, and proposes others", () => {
    const better = found(
      "Continuous batching",
      "New requests join the running batch at every decoding step.",
      2,
    );
    const untouched = standing();
    const followed = again([better, PAGING, QUANTISED], untouched).changed[0]?.question;
    expect(followed?.content.points[0]?.statement.en).toBe(better.statement);
    expect(followed?.content.proposals).toEqual([]);

    const approved = operate(firstOf(untouched), { kind: "approve", point: null }, acting());
    const now = withFirst(untouched, approved);
    const proposed = again([better, PAGING, QUANTISED], now).changed[0]?.question;
    expect(proposed?.content.points[0]?.statement.en).toBe(BATCHING.statement);
    const [proposal] = proposed?.content.proposals ?? [];
    expect(proposal).toMatchObject({
      kind: "change",
      point: `${approved.id}-1`,
      statement: better.statement,
    });
    if (proposed === undefined || proposal === undefined) throw new Error("nothing was proposed");

    const declined = operate(proposed, { kind: "decline", proposal: proposal.id }, acting());
    expect(again([better, PAGING, QUANTISED], withFirst(now, declined)).changed).toEqual([]);
    const accepted = operate(proposed, { kind: "accept", proposal: proposal.id }, acting());
    expect(accepted.content.points[0]).toMatchObject({
      approved: false,
      statement: { en: better.statement },
    });
    expect(again([better, PAGING, QUANTISED], withFirst(now, accepted)).changed).toEqual([]);
  });

  it("proposes a new line, flags one that vanished, and takes the flag back when it is there again", () => {
    const now = standing();
    const extra = found(
      "Speculative decoding",
      "A small model proposes tokens that the large one verifies.",
      5,
    );
    const next = again([BATCHING, QUANTISED, extra], now).changed[0]?.question;
    expect(next?.content.points.map(({ gone }) => gone)).toEqual([false, true, false]);
    expect(next?.content.proposals).toMatchObject([
      { kind: "add", id: `${firstOf(now).id}-4`, from: "document" },
    ]);
    if (next === undefined) throw new Error("nothing has changed");
    const back = again([BATCHING, PAGING, QUANTISED, extra], withFirst(now, next)).changed[0]?.question;
    expect(back?.content.points.map(({ gone }) => gone)).toEqual([false, false, false]);
    expect(back?.content.proposals).toHaveLength(1);
  });

  it("knows the parts of a merged point, and what an editor took out", () => {
    const now = standing();
    const first = firstOf(now);
    const [one, two, three] = first.content.points.map(({ id }) => id);
    const merged = operate(first, { kind: "merge", point: two ?? "", into: one ?? "" }, acting());
    const dropped = operate(merged, { kind: "drop", point: three ?? "" }, acting());
    expect(again([BATCHING, PAGING, QUANTISED], withFirst(now, dropped)).changed).toEqual([]);
  });

  it("finds a question whose title was reworded, and flags one that is gone", () => {
    const now = standing();
    const title = "How do you keep the latency of inference low under heavy load?";
    const { changed, counts, pack } = importOf(
      readOf([
        [title, [BATCHING, PAGING, QUANTISED]],
        ["What is a tokenizer?", [RECOMPUTED]],
      ]),
      now.pack,
      now.questions,
    );
    expect(counts).toMatchObject({ added: 1, gone: 1 });
    expect(changed.find(({ question }) => question.id === firstOf(now).id)?.question.foundAs).toBe(title);
    expect(pack.questions).toHaveLength(3);
    expect(changed.find(({ question }) => question.gone)?.question.foundAs).toBe(MEMORY);
  });

  it("gives two questions of one title two ids", () => {
    const { changed } = importOf(
      readOf([
        [LATENCY, [BATCHING]],
        [LATENCY, [PAGING]],
      ]),
    );
    expect(new Set(changed.map(({ question }) => question.id)).size).toBe(2);
  });

  it("with more questions than a pack holds is refused", () => {
    const many = Array.from({ length: 501 }, (_, at) => [`Question number ${at}?`, [BATCHING]] as const);
    expect(() => importOf(readOf(many))).toThrow(Refusal);
  });
});
