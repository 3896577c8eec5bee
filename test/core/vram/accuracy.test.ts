import { describe, expect, it } from "vitest";
import { accuracyOf, compareWithMeasured, macroMedian, shapedConstants } from "./accuracy.ts";
import { catalogue } from "./catalogue.ts";

const comparisons = compareWithMeasured(catalogue);
const training = comparisons.filter(({ run }) => run.method !== "inference");
const inference = comparisons.filter(({ run }) => run.method === "inference");

describe("Against 137 published measurements, the estimate", () => {
  it("of training is within 3 % in the median and 10 % in nine of ten runs", () => {
    expect(training).toHaveLength(75);
    const { median, p90 } = accuracyOf(training);
    expect(median).toBeLessThan(0.03);
    expect(p90).toBeLessThan(0.1);
  });

  it("of training is as good on runs that no constant was chosen by", () => {
    const { median, p90 } = accuracyOf(training.filter((comparison) => !shapedConstants(comparison)));
    expect(median).toBeLessThan(0.03);
    expect(p90).toBeLessThan(0.1);
  });

  it("of training is within 5 % in the mean over sources", () => {
    expect(macroMedian(training)).toBeLessThan(0.05);
  });

  it("of inference is within 1 % in the median and 4 % in nine of ten runs", () => {
    expect(inference).toHaveLength(62);
    const { median, p90 } = accuracyOf(inference);
    expect(median).toBeLessThan(0.01);
    expect(p90).toBeLessThan(0.04);
  });

  it("has the measured figure inside its interval in at least 95 % of runs", () => {
    expect(accuracyOf(comparisons).insideShare).toBeGreaterThan(0.95);
  });

  it("says “fits” where it does not in under 0.5 % of verdicts", () => {
    const { dangerous, verdicts } = accuracyOf(comparisons);
    expect(dangerous / verdicts).toBeLessThan(0.005);
  });
});
