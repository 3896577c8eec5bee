import { join } from "node:path";
import { performance } from "node:perf_hooks";
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

/** How long /vram takes: opening the catalogue at start-up, the first answer, and one line of many. */
export async function benchEstimating(): Promise<Figure[]> {
  const catalogue = loadModels(CONTENT);
  const opening = elapsed(() => loadModels(CONTENT));
  const runs = catalogue.measurements;
  const first = elapsed(() => runs[0] && estimateReport(runs[0], loadModels(CONTENT)));
  compareWithMeasured(catalogue);
  const times = Array.from({ length: LINES }, (_, index) => {
    const run = runs[index % runs.length];
    return elapsed(() => run && estimateReport(run, catalogue));
  }).sort((left, right) => left - right);
  const p95 = times[Math.floor(LINES * 0.95)] ?? Number.NaN;
  return [
    { name: "vram: opening the catalogue at start-up", value: opening, unit: "ms", limit: 20 },
    { name: "vram: first answer", value: first, unit: "ms", limit: 200 },
    { name: "vram: one answer, 95th percentile", value: p95, unit: "ms", limit: 10 },
  ];
}
