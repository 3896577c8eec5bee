import { join } from "node:path";
import { loadModels } from "#src/content/models";
import {
  accuracyOf,
  type Comparison,
  compareWithMeasured,
  macroMedian,
  shapedConstants,
  sourceOf,
} from "#test/core/vram/accuracy";

// Prints how near /vram comes to the published runs: `node test/vram-report.ts`, with `--runs` line by line.
const comparisons = compareWithMeasured(loadModels(join(import.meta.dirname, "../content")));
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function printGroup(name: string, group: readonly Comparison[]): void {
  if (group.length === 0) return;
  const accuracy = accuracyOf(group);
  print(
    [
      name.slice(0, 62).padEnd(62),
      String(accuracy.runs).padStart(4),
      percent(accuracy.median).padStart(8),
      percent(accuracy.p90).padStart(8),
      percent(accuracy.signed).padStart(8),
      percent(accuracy.insideShare).padStart(8),
      `${accuracy.dangerous}/${accuracy.verdicts}`.padStart(9),
    ].join(" "),
  );
}

const isTrainingRun = ({ run }: Comparison): boolean => run.method !== "inference";
const training = comparisons.filter(isTrainingRun);
const inference = comparisons.filter((comparison) => !isTrainingRun(comparison));

print(`${"".padEnd(62)} runs   median      p90   signed   inside dangerous`);
printGroup("training", training);
printGroup("inference", inference);
for (const method of ["full", "lora", "qlora"]) {
  printGroup(
    method,
    comparisons.filter(({ run }) => run.method === method),
  );
}
printGroup(
  "training, metric stated",
  training.filter(({ run }) => run.metric === "allocated"),
);
printGroup(
  "training, metric not stated",
  training.filter(({ run }) => run.metric !== "allocated"),
);
print("");
for (const [source, group] of Map.groupBy(comparisons, sourceOf)) {
  for (const [method, runs] of Map.groupBy(group, ({ run }) => run.method))
    printGroup(`${source}: ${method}`, runs);
}
print("");
printGroup("training, runs that shaped constants", training.filter(shapedConstants));
printGroup(
  "training, runs that did not",
  training.filter((comparison) => !shapedConstants(comparison)),
);
printGroup("inference, runs that shaped constants", inference.filter(shapedConstants));
printGroup(
  "inference, runs that did not",
  inference.filter((comparison) => !shapedConstants(comparison)),
);
print(
  `mean over sources of the median error: training ${percent(macroMedian(training))}, inference ${percent(macroMedian(inference))}`,
);

if (process.argv.includes("--runs")) {
  print("");
  for (const { run, estimatedGib, signedError, inside } of comparisons) {
    const figures = [run.measured_gib_per_gpu.toFixed(2), estimatedGib.toFixed(2), percent(signedError)];
    print(
      `${run.id.padEnd(36)} ${figures.map((figure) => figure.padStart(9)).join(" ")}${inside ? "" : "  outside"}`,
    );
  }
}
