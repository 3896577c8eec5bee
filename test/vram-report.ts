import { join } from "node:path";
import { GIB } from "#core/vram/bytes";
import { estimate } from "#core/vram/estimate";
import { loadModels } from "#src/content/models";
import {
  accuracyOf,
  type Comparison,
  compareWithMeasured,
  isHeldOut,
  isTrainingRun,
  type Judged,
  judge,
  macroMedian,
} from "#test/core/vram/accuracy";
import { calculated, calculators } from "#test/core/vram/calculators";
import { roleOf } from "#test/core/vram/families";
import { leaveOneOut } from "#test/core/vram/leave-one-out";

// Prints how near /vram comes to the published runs: `npm run vram:report`, with `--runs` line by line.
const catalogue = loadModels(join(import.meta.dirname, "../content"));
const comparisons = compareWithMeasured(catalogue);
const print = (line = ""): void => {
  process.stdout.write(`${line}\n`);
};
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Errors of a family before a rule was taken over from it: median, 90th percentile, inside of all. */
const before: Readonly<Record<string, string>> = {
  "Qwen README: inference": "5.7 %  19.1 %  21/26",
  "Qwen2.5 benchmark: int8, AWQ": "1.6 %   4.5 %  48/51",
  "Qwen2.5 benchmark: AWQ (loading)": "0.6 %  18.6 %  24/27",
  "Qwen2 benchmark (logits of the prompt)": "43.4 %  88.4 %   5/38",
  "torchtune README: LoRA, QLoRA": "16.0 %  54.2 %   1/7",
  "ms-swift (lengths vary)": "22.7 %  47.5 %  11/63",
  "fitcheck (T4)": "19.1 %  42.6 %  23/84; LoRA under SDPA 0.4 %, 1.0 %, 7/7",
  "Qwen README: 1.8B, 72B, two nodes": "8.0 %  13.9 %  39/42",
  "litgpt config hub": "4.9 %  10.1 %  23/25",
  "Qwen3 benchmark": "3.2 %  16.1 %  39/52",
};

const WIDTH = 54;
const heading = (title: string): void => {
  print();
  print(`${title.padEnd(WIDTH)} runs   median      p90   signed   inside dangerous`);
};

function printGroup(name: string, group: readonly Judged[]): void {
  if (group.length === 0) return;
  const accuracy = accuracyOf(group);
  const figures = [accuracy.median, accuracy.p90, accuracy.signed, accuracy.insideShare];
  print(
    [
      name.slice(0, WIDTH).padEnd(WIDTH),
      String(accuracy.runs).padStart(4),
      ...figures.map((figure) => percent(figure).padStart(8)),
      `${accuracy.dangerous}/${accuracy.verdicts}`.padStart(9),
    ].join(" "),
  );
}

const training = comparisons.filter(isTrainingRun);
const inference = comparisons.filter((comparison) => !isTrainingRun(comparison));
const states = ({ run }: Comparison): boolean => run.metric === "allocated" || run.metric === "reserved";

heading("By family");
for (const role of ["held out", "seen", "fitted"] as const) {
  for (const [name, kind] of [
    ["training", training],
    ["inference", inference],
  ] as const) {
    const group = kind.filter(({ run }) => roleOf(run).role === role);
    for (const [family, runs] of Map.groupBy(group, ({ run }) => roleOf(run).family)) {
      printGroup(`${role} · ${name} · ${family}`, runs);
    }
  }
}

heading("Together");
printGroup("training, held out", training.filter(isHeldOut));
printGroup("training, held out, metric stated", training.filter(isHeldOut).filter(states));
printGroup("training, all", training);
for (const method of ["full", "lora", "qlora"]) {
  printGroup(
    `  ${method}`,
    training.filter(({ run }) => run.method === method),
  );
}
printGroup("inference, held out", inference.filter(isHeldOut));
printGroup(
  "inference, held out, Qwen2.5 only",
  inference.filter(isHeldOut).filter(({ run }) => run.source.includes("a912d23")),
);
printGroup("inference, all", inference);
printGroup("everything", comparisons);
print(
  `mean over held-out families of the median: training ${percent(macroMedian(training.filter(isHeldOut)))}, inference ${percent(macroMedian(inference.filter(isHeldOut)))}`,
);

const showsNoPeak = ({ run }: Comparison): boolean => roleOf(run).family === "Qwen3 benchmark";
const bySteady = ({ run }: Comparison): Judged => {
  const { steadyBytes, interval } = estimate(run, catalogue);
  return judge(run, steadyBytes / GIB, { low: interval.lowBytes / GIB, high: interval.highBytes / GIB });
};
heading("The Qwen3 table shows weights and cache, no peak: against those");
printGroup("Qwen3, what stays in service", inference.filter(showsNoPeak).map(bySteady));
printGroup(
  "inference, held out, each by what its table shows",
  inference
    .filter(isHeldOut)
    .map((comparison) => (showsNoPeak(comparison) ? bySteady(comparison) : comparison)),
);

print();
print(`${"Before a rule was taken over".padEnd(WIDTH)} median, p90, inside`);
for (const [family, errors] of Object.entries(before)) print(`${family.padEnd(WIDTH)} ${errors}`);

print();
print(
  `${"Gauge and bytes per logit chosen without the family".padEnd(WIDTH)} runs   median      p90   chosen`,
);
for (const { family, runs, median, p90, constants } of leaveOneOut(catalogue)) {
  const { add, fragments, logits } = constants;
  print(
    `${family.padEnd(WIDTH)} ${String(runs).padStart(4)} ${percent(median).padStart(8)} ${percent(p90).padStart(8)}   + ${add.toFixed(1)} GiB, ${percent(fragments)}, logits × ${logits.toFixed(1)}`,
  );
}

/** A calculator beside /vram, on the lines that it says something about. */
function printBeside(title: string, group: readonly Comparison[]): void {
  heading(`Calculators: ${title}`);
  printGroup("/vram", group);
  for (const calculator of calculators) {
    const theirs: Judged[] = [];
    const ours: Comparison[] = [];
    for (const comparison of group) {
      const gib = calculated(calculator, comparison.run, catalogue);
      if (gib === null) continue;
      theirs.push(judge(comparison.run, gib, { low: gib, high: gib }));
      ours.push(comparison);
    }
    printGroup(calculator.name, theirs);
    if (ours.length > 0 && ours.length < group.length) printGroup("  /vram on those lines", ours);
  }
}
printBeside("training, held out", training.filter(isHeldOut));
printBeside("training, all", training);
printBeside("inference, held out", inference.filter(isHeldOut));
for (const { name, source } of calculators) print(`  ${name}: ${source}`);

const line = ({ run, estimatedGib, signedError, inside }: Comparison): string => {
  const figures = [run.measured_gib_per_gpu.toFixed(2), estimatedGib.toFixed(2), percent(signedError)];
  return `${run.id.slice(0, WIDTH).padEnd(WIDTH)} ${figures.map((figure) => figure.padStart(9)).join(" ")}${inside ? "" : "  outside"}  ${roleOf(run).role}`;
};
const byError = [...comparisons].sort(
  (left, right) => Math.abs(right.signedError) - Math.abs(left.signedError),
);
print();
print(`${"The ten worst lines".padEnd(WIDTH)}  measured estimated     error`);
for (const comparison of byError.slice(0, 10)) print(line(comparison));
print();
print(`${"The ten worst that were held out".padEnd(WIDTH)}  measured estimated     error`);
for (const comparison of byError.filter(isHeldOut).slice(0, 10)) print(line(comparison));

if (process.argv.includes("--runs")) {
  print();
  for (const comparison of comparisons) print(line(comparison));
}
