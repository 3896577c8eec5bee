import { describe, expect, it } from "vitest";
import { type Cell, coveredF1, gradeDrafted, readReview } from "#test/drafting/drafted";

const SETS = ["fine-tuning", "rag", "kalyan-2", "parallel", "kalyan"];

const drafted = await Promise.all(SETS.map((name) => gradeDrafted(name)));
const reviewed = await Promise.all(SETS.map((name) => gradeDrafted(name, readReview(name))));

const inWords = (sets: readonly (readonly Cell[])[]): string =>
  SETS.map((name, at) => {
    const { precision, recall, f1 } = coveredF1(sets[at] ?? []);
    return `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
  }).join("; ");

describe("Two hundred and fifty answers to questions of imported documents", () => {
  it("are graded by the drafts as they are", () => {
    expect(coveredF1(drafted.flat()).f1, inWords(drafted)).toBeGreaterThanOrEqual(0.75);
  });

  it("are graded by the drafts as they are, also where nobody looked at the answers", () => {
    expect(coveredF1(drafted.slice(3).flat()).f1, inWords(drafted)).toBeGreaterThanOrEqual(0.68);
  });

  it("are graded better once an editor has named the points in other words", () => {
    const { f1 } = coveredF1(reviewed.flat());
    expect(f1, inWords(reviewed)).toBeGreaterThanOrEqual(0.78);
    expect(coveredF1(reviewed.slice(3).flat()).f1, inWords(reviewed)).toBeGreaterThanOrEqual(0.73);
    expect(f1, inWords(reviewed)).toBeGreaterThan(coveredF1(drafted.flat()).f1);
  });
});
