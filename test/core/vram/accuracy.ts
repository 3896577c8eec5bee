import { GIB } from "#core/vram/bytes";
import type { Measurement, ModelCatalogue } from "#core/vram/catalogue";
import type { Components } from "#core/vram/components";
import { estimate } from "#core/vram/estimate";
import { type Card, usableGib, verdictFor } from "#core/vram/gpus";
import { roleOf } from "./families.ts";

/** The card sizes that verdicts are judged over. */
const judgedCards: readonly Card[] = [8, 12, 16, 24, 32, 40, 48, 80].map((gib) => ({
  name: `${gib} GB`,
  gib,
  total: null,
}));

/** What somebody's method says of one run. */
export interface Judged {
  /** (estimated − measured) / measured. */
  readonly signedError: number;
  readonly inside: boolean;
  /** Card sizes on which it would be said to fit although the measured figure does not. */
  readonly dangerous: number;
  /** Card sizes on which the verdict is right. */
  readonly right: number;
}

/** One published run beside what the estimator says about it. */
export interface Comparison extends Judged {
  readonly run: Measurement;
  readonly estimatedGib: number;
  readonly components: Components;
}

/** Judges a figure against the measured one. */
export function judge(
  run: Measurement,
  gib: number,
  interval: { readonly low: number; readonly high: number },
): Judged {
  const measured = run.measured_gib_per_gpu;
  const verdicts = judgedCards.map((card) => ({
    said: verdictFor(gib, card) === "fits",
    true: measured <= usableGib(card),
  }));
  return {
    signedError: gib / measured - 1,
    inside: measured >= interval.low && measured <= interval.high,
    dangerous: verdicts.filter((verdict) => verdict.said && !verdict.true).length,
    right: verdicts.filter((verdict) => verdict.said === verdict.true).length,
  };
}

/** Every run: those of the shared file, and those found afterwards. */
export function compareWithMeasured(catalogue: ModelCatalogue): Comparison[] {
  return [...catalogue.measurements, ...catalogue.aside].map((run) => {
    const { peakBytes, interval, components } = estimate(run, catalogue);
    const estimatedGib = peakBytes / GIB;
    const range = { low: interval.lowBytes / GIB, high: interval.highBytes / GIB };
    return { run, estimatedGib, components, ...judge(run, estimatedGib, range) };
  });
}

export const isTrainingRun = ({ run }: Pick<Comparison, "run">): boolean => run.method !== "inference";

/** No constant and no rule was chosen while looking at this run. */
export const isHeldOut = ({ run }: Pick<Comparison, "run">): boolean => roleOf(run).role === "held out";

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
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export function accuracyOf(runs: readonly Judged[]): Accuracy {
  const errors = runs.map(({ signedError }) => Math.abs(signedError));
  const total = (value: (judged: Judged) => number): number =>
    runs.reduce((sum, judged) => sum + value(judged), 0);
  const verdicts = runs.length * judgedCards.length;
  return {
    runs: runs.length,
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    signed: total(({ signedError }) => signedError) / runs.length,
    insideShare: total(({ inside }) => (inside ? 1 : 0)) / runs.length,
    dangerous: total(({ dangerous }) => dangerous),
    verdicts,
    rightShare: total(({ right }) => right) / verdicts,
  };
}

/** Mean over families of each family's median: a family of forty runs counts as much as one of four. */
export function macroMedian(comparisons: readonly Comparison[]): number {
  const groups = Map.groupBy(comparisons, ({ run }) => roleOf(run).family);
  const medians = [...groups.values()].map((group) => accuracyOf(group).median);
  return medians.reduce((sum, median) => sum + median, 0) / medians.length;
}
