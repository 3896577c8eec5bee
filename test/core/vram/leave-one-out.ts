import { GIB } from "#core/vram/bytes";
import type { Measurement, ModelCatalogue } from "#core/vram/catalogue";
import { estimate } from "#core/vram/estimate";
import { quantile } from "./accuracy.ts";
import { roleOf } from "./families.ts";

/** The constants that published runs chose, and that can be chosen again without one of them. */
interface Constants {
  /** GiB of context and workspaces. */
  readonly add: number;
  /** Share by which short-lived memory fragments. */
  readonly fragments: number;
  /** On the bytes per logit of transformers' loss. */
  readonly logits: number;
}

interface Row {
  readonly family: string;
  readonly measured: number;
  readonly live: number;
  readonly shortLived: number;
  readonly logits: number;
  readonly gauged: boolean;
  /** Its batches vary in length: judged, but without a say in what even batches need. */
  readonly varied: boolean;
}

export interface LeftOut {
  readonly family: string;
  readonly runs: number;
  readonly constants: Constants;
  readonly median: number;
  readonly p90: number;
}

/** A single run has no say: it would weigh as much as forty. */
const FEWEST = 3;

const steps = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);

const grid: readonly Constants[] = steps(0, 1.4, 0.1).flatMap((add) =>
  steps(0, 0.14, 0.02).flatMap((fragments) =>
    steps(0.7, 1.3, 0.1).map((logits) => ({ add, fragments, logits })),
  ),
);

function rowOf(run: Measurement, catalogue: ModelCatalogue): Row {
  // The live bytes without any of the constants; varied lengths count as even ones, so that their factor has no say.
  const { components } = estimate({ ...run, metric: "allocated", packing: true }, catalogue);
  const { activations, logits, overhead } = components;
  const live = Object.values(components).reduce((sum, bytes) => sum + bytes, 0);
  return {
    family: roleOf(run).family,
    measured: run.measured_gib_per_gpu,
    live: live / GIB,
    shortLived: (activations + logits + overhead) / GIB,
    logits: logits / GIB,
    gauged: run.metric !== "allocated",
    varied: run.packing === false,
  };
}

function errorOf(row: Row, { add, fragments, logits }: Constants): number {
  const more = row.logits * (logits - 1);
  const gauge = row.gauged ? add + fragments * (row.shortLived + more) : 0;
  return Math.abs((row.live + more + gauge) / row.measured - 1);
}

/** Mean over families of the median error. */
function lossOf(families: ReadonlyMap<string, readonly Row[]>, constants: Constants): number {
  let sum = 0;
  for (const rows of families.values()) {
    sum += quantile(
      rows.map((row) => errorOf(row, constants)),
      0.5,
    );
  }
  return sum / families.size;
}

/** Chooses the constants anew without each family in turn, and judges them on the family left out. */
export function leaveOneOut(catalogue: ModelCatalogue): LeftOut[] {
  const runs = [...catalogue.measurements, ...catalogue.aside].filter(
    ({ method, framework }) => method !== "inference" && (framework === "hf" || framework === "deepspeed"),
  );
  const families = Map.groupBy(
    runs.map((run) => rowOf(run, catalogue)),
    ({ family }) => family,
  );
  return [...families].map(([family, rows]) => {
    const others = new Map(
      [...families].filter(
        ([name, [row, ...more]]) => name !== family && row?.varied !== true && more.length + 1 >= FEWEST,
      ),
    );
    const losses = grid.map((constants) => lossOf(others, constants));
    const constants = grid[losses.indexOf(Math.min(...losses))] ?? { add: 0, fragments: 0, logits: 1 };
    const errors = rows.map((row) => errorOf(row, constants));
    return {
      family,
      runs: rows.length,
      constants,
      median: quantile(errors, 0.5),
      p90: quantile(errors, 0.9),
    };
  });
}
