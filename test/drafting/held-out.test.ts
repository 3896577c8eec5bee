import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentsIn, inWords, measure, sumOf } from "#test/drafting/truth";

const HELD_OUT = join(import.meta.dirname, "..", "fixtures", "documents", "held-out");

const sumsOf = async (half: string) =>
  sumOf(await Promise.all(documentsIn(join(HELD_OUT, half)).map(measure)));

const [development, sealed] = await Promise.all([sumsOf("development"), sumsOf("sealed")]);
const sum = sumOf([development, sealed]);
const figures = `all: ${inWords(sum)}; development: ${inWords(development)}; sealed: ${inWords(sealed)}`;

describe("Documents that the importer was not written for", () => {
  it("give their questions", () => {
    expect(sum.found / sum.questions, figures).toBeGreaterThanOrEqual(0.99);
    expect(sealed.found / sealed.questions, figures).toBeGreaterThanOrEqual(0.99);
  });

  it("give hardly a question that they do not ask", () => {
    expect(sum.false / sum.drafted, figures).toBeLessThanOrEqual(0.01);
    expect(sealed.false / sealed.drafted, figures).toBeLessThanOrEqual(0.01);
  });

  it("give hardly a key point out of what is no answer", () => {
    expect(development.junk / development.points, figures).toBeLessThanOrEqual(0.01);
    expect(sealed.junk / sealed.points, figures).toBeLessThanOrEqual(0.02);
  });

  it("give a key point for most of what a reader learns from them", () => {
    expect(sum.factsFound / sum.facts, figures).toBeGreaterThanOrEqual(0.93);
  });

  it("lose none of their lines", () => {
    expect(sum.lost, figures).toBe(0);
  });
});
