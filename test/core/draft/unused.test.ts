import { describe, expect, it } from "vitest";
import type { ReadDocument } from "#core/draft/drafting";
import { lineFingerprint, unusedOf } from "#core/draft/found";
import { operate } from "#core/draft/operations";
import { draftQuestionSchema, MOST_UNUSED } from "#core/draft/question";
import {
  acting,
  BATCHING,
  draftOf,
  found,
  importOf,
  LATENCY,
  PAGING,
  QUANTISED,
  readOf,
} from "#test/core/draft/samples";

const LINE = { number: 6, text: "Prompts that begin alike share the cache of their beginning." };

function readWith(unused: readonly (typeof LINE)[], points = [BATCHING, PAGING, QUANTISED]): ReadDocument {
  const read = readOf([[LATENCY, points]]);
  return { ...read, questions: read.questions.map((question) => ({ ...question, unused })) };
}

const first = ({ changed }: ReturnType<typeof importOf>) => {
  const [one] = changed;
  if (one === undefined) throw new Error("nothing has changed");
  return one.question;
};

const withPoint = (question: ReturnType<typeof first>) =>
  operate(question, { kind: "add", title: "", statement: LINE.text, line: lineFingerprint(LINE) }, acting());

describe("A line that no key point was made of", () => {
  it("is kept with its number, and is one no more once somebody makes a point of it", () => {
    const question = first(importOf(readWith([LINE])));
    expect(unusedOf(question)).toEqual([LINE]);
    const now = withPoint(question);
    expect(unusedOf(now)).toEqual([]);
    expect(now.content.points.at(-1)).toMatchObject({
      title: { en: "Prompts that begin alike share the cache of their beginning." },
      lines: [[6, 6]],
      approved: true,
      gone: false,
    });
  });

  it("comes back when its point is undone, and not when the point is taken out by hand", () => {
    const made = withPoint(first(importOf(readWith([LINE]))));
    expect(unusedOf(operate(made, { kind: "back", to: null }, acting()))).toEqual([LINE]);
    const point = made.content.points.at(-1)?.id ?? "";
    expect(unusedOf(operate(made, { kind: "drop", point }, acting()))).toEqual([]);
  });

  it("moves with its point when the document comes anew, and is flagged once the document has lost it", () => {
    const read = importOf(readWith([LINE]));
    const made = withPoint(first(read));
    const moved = first(importOf(readWith([{ ...LINE, number: 8 }]), read.pack, [made]));
    expect(moved.content.points.at(-1)).toMatchObject({ lines: [[8, 8]], gone: false });
    expect(unusedOf(moved)).toEqual([]);
    const lost = first(importOf(readWith([]), read.pack, [made]));
    expect(lost.content.points.at(-1)).toMatchObject({ statement: { en: LINE.text }, gone: true });
  });

  it("is told anew by every import, without making the question another version", () => {
    const read = importOf(readWith([]));
    const question = first(read);
    const now = first(importOf(readWith([LINE]), read.pack, [question]));
    expect(unusedOf(now)).toEqual([LINE]);
    expect(now.changes).toEqual(question.changes);
  });

  it("is one of as many as a question can hold, each cut where it is very long", () => {
    const lines = Array.from({ length: 900 }, (_, at) => ({
      number: at + 1,
      text: `${at} ${"long ".repeat(900)}`,
    }));
    const question = first(importOf(readWith(lines)));
    expect(question.unused).toHaveLength(MOST_UNUSED);
    expect(draftQuestionSchema.parse(question)).toEqual(question);
  });

  it("is unknown of drafts that were kept before there were such lines", () => {
    const { unused: _, ...before } = draftOf();
    expect(draftQuestionSchema.parse(before).unused).toEqual([]);
  });
});

describe("A point that was joined out of several entries", () => {
  const parts = ["Requests join the running batch.", "The card hardly waits."];
  const JOINED = { ...found("Batching", parts.join(" "), 2), parts };
  const partsAfter = (...done: Parameters<typeof operate>[1][]) =>
    done.reduce((now, operation) => operate(now, operation, acting()), draftOf([JOINED, PAGING])).content
      .points[0]?.parts;
  const point = draftOf([JOINED, PAGING]).content.points[0]?.id ?? "";
  const other = draftOf([JOINED, PAGING]).content.points[1]?.id ?? "";

  it("keeps them while it says what the document says", () => {
    expect(partsAfter()).toEqual(parts);
    expect(partsAfter({ kind: "weigh", point, weight: 4 })).toEqual(parts);
    const translated = { title: "批处理", statement: "请求随时加入批次。" };
    expect(partsAfter({ kind: "edit", point, locale: "zh", texts: translated })).toEqual(parts);
  });

  it("has none once somebody has written, merged or parted its statement", () => {
    const texts = { statement: "Requests join the running batch, so that the card hardly waits." };
    expect(partsAfter({ kind: "edit", point, locale: "en", texts })).toBeUndefined();
    expect(partsAfter({ kind: "merge", point: other, into: point })).toBeUndefined();
    expect(partsAfter({ kind: "split", point, statements: parts })).toBeUndefined();
  });
});
