import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { estimate } from "#core/vram/estimate";
import { commonCards } from "#core/vram/gpus";
import { largestFor } from "#core/vram/largest";
import { estimateReport } from "#core/vram/report";
import { loadModels } from "#src/content/models";
import { compareWithMeasured } from "#test/core/vram/accuracy";
import type { Figure } from "./figure.ts";

const CONTENT = join(import.meta.dirname, "../../content");
const LINES = 500;

const elapsed = (work: () => unknown): number => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};

/** Milliseconds of one round of many, the slow ones included. */
function p95(work: (index: number) => unknown): number {
  const times = Array.from({ length: LINES }, (_, index) => elapsed(() => work(index)));
  return times.sort((left, right) => left - right)[Math.floor(LINES * 0.95)] ?? Number.NaN;
}

/** How long /vram takes: the catalogue at start-up, the first answer, one estimate, one search, and one line of many. */
export async function benchEstimating(): Promise<Figure[]> {
  const catalogue = loadModels(CONTENT);
  const opening = elapsed(() => loadModels(CONTENT));
  const runs = catalogue.measurements;
  const first = elapsed(() => runs[0] && estimateReport(runs[0], loadModels(CONTENT)));
  compareWithMeasured(catalogue);
  const runAt = (index: number) => runs[index % runs.length] ?? {};
  const settled = runs.map((run) => estimate(run, catalogue).settled.settings);
  const card = commonCards(catalogue).at(-1);
  const search = (index: number): void => {
    const settings = settled[index % settled.length];
    if (settings !== undefined && card !== undefined) largestFor(settings, card);
  };
  const one = p95((index) => estimate(runAt(index), catalogue));
  const answer = p95((index) => estimateReport(runAt(index), catalogue));
  return [
    { name: "vram: opening the catalogue at start-up", value: opening, unit: "ms", limit: 20 },
    { name: "vram: first answer", value: first, unit: "ms", limit: 200 },
    { name: "vram: one estimate, 95th percentile", value: one, unit: "ms", limit: 1 },
    {
      name: "vram: search over batch and length, 95th percentile",
      value: p95(search),
      unit: "ms",
      limit: 20,
    },
    { name: "vram: one answer, 95th percentile", value: answer, unit: "ms", limit: 10 },
  ];
}
