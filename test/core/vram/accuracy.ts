import { GIB } from "#core/vram/bytes";
import type { Measurement, ModelCatalogue } from "#core/vram/catalogue";
import { estimate } from "#core/vram/estimate";
import { commonCards, usableGib, verdictFor } from "#core/vram/gpus";

/** One published run beside what the estimator says about it. */
export interface Comparison {
  readonly run: Measurement;
  readonly estimatedGib: number;
  /** (estimated − measured) / measured. */
  readonly signedError: number;
  readonly inside: boolean;
  /** Card sizes on which it would be said to fit although the measured figure does not. */
  readonly dangerous: number;
  /** Card sizes on which the verdict is right. */
  readonly right: number;
  readonly cards: number;
}

export function compareWithMeasured(catalogue: ModelCatalogue): Comparison[] {
  const cards = commonCards(catalogue);
  return catalogue.measurements.map((run) => {
    const { peakBytes, interval } = estimate(run, catalogue);
    const measured = run.measured_gib_per_gpu;
    const estimatedGib = peakBytes / GIB;
    const verdicts = cards.map(({ gib }) => ({
      said: verdictFor(estimatedGib, gib) === "fits",
      true: measured <= usableGib(gib),
    }));
    return {
      run,
      estimatedGib,
      signedError: estimatedGib / measured - 1,
      inside: measured * GIB >= interval.lowBytes && measured * GIB <= interval.highBytes,
      dangerous: verdicts.filter((verdict) => verdict.said && !verdict.true).length,
      right: verdicts.filter((verdict) => verdict.said === verdict.true).length,
      cards: cards.length,
    };
  });
}

/** A published table by name: runs of one source are not independent, so figures are also averaged over sources. */
export const sourceOf = ({ run }: Comparison): string => run.source.replace(/ @.*$/, "");

/** Constants were chosen while looking at these sources' runs; the others had no say. */
export const shapedConstants = (comparison: Comparison): boolean => {
  const source = sourceOf(comparison);
  const method = comparison.run.method;
  return (
    source.includes("litgpt") ||
    source.includes("torchtune") ||
    source.includes("LLaMA-Factory") ||
    (source.includes("QwenLM/Qwen README") && method === "qlora") ||
    (source.includes("speed_benchmark") && comparison.run.model.includes("7B"))
  );
};

export interface Accuracy {
  readonly runs: number;
  readonly median: number;
  readonly p90: number;
  readonly signed: number;
  readonly insideShare: number;
  readonly dangerous: number;
  readonly verdicts: number;
  readonly rightShare: number;
}

/** The value below which a share of the sorted numbers lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export function accuracyOf(comparisons: readonly Comparison[]): Accuracy {
  const errors = comparisons.map(({ signedError }) => Math.abs(signedError));
  const total = (value: (comparison: Comparison) => number): number =>
    comparisons.reduce((sum, comparison) => sum + value(comparison), 0);
  const verdicts = total(({ cards }) => cards);
  return {
    runs: comparisons.length,
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    signed: total(({ signedError }) => signedError) / comparisons.length,
    insideShare: total(({ inside }) => (inside ? 1 : 0)) / comparisons.length,
    dangerous: total(({ dangerous }) => dangerous),
    verdicts,
    rightShare: total(({ right }) => right) / verdicts,
  };
}

/** Mean over sources of each source's median: a source of forty runs counts as much as one of four. */
export function macroMedian(comparisons: readonly Comparison[]): number {
  const groups = Map.groupBy(comparisons, sourceOf);
  const medians = [...groups.values()].map((group) => accuracyOf(group).median);
  return medians.reduce((sum, median) => sum + median, 0) / medians.length;
}
