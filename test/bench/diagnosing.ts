import { performance } from "node:perf_hooks";
import { diagnose } from "#core/oom/diagnosis";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadRemedies } from "#src/content/remedies";
import { printed } from "#test/core/oom/printed";
import type { Figure } from "./figure.ts";

const ROUNDS = 12;
const MEBI = 1_048_576;

/** Units that keep one rule or another busy for a whole mebi-character. */
const HOSTILE_UNITS = [
  "CUDA out of memory. Tried to allocate ",
  "Free memory on device ",
  "INTERNAL ASSERT FAILED ",
  "OOM when allocating tensor with shape[1,1,1,",
  "Killed\n",
  "显存",
  "1",
  "│ ",
  "12.50 MiB free; ",
];

const millisecondsOf = (work: () => void): number => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};

/** A log of 64 kB as a training run leaves it, with the message in its middle and a stack before it. */
const logOf = (message: string): string => {
  const step = "{'loss': 1.2345, 'grad_norm': 0.567, 'learning_rate': 4.2e-05, 'epoch': 0.31}\n";
  const frame =
    '  File "/opt/conda/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1751, in _call_impl\n';
  const before = step.repeat(400) + frame.repeat(60);
  return (before + message + step.repeat(1_000)).slice(0, 64 * 1024);
};

/** How long a message, a log and the worst of logs take to read. */
export async function benchDiagnosing(): Promise<Figure[]> {
  const remedies = loadRemedies(SHIPPED_CONTENT);
  const models = loadModels(SHIPPED_CONTENT);
  const typical: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { text } of printed) {
      const taken = millisecondsOf(() => diagnose(text, remedies, "en", models));
      // The first rounds compile the patterns.
      if (round >= 2) typical.push(taken);
    }
  }
  typical.sort((a, b) => a - b);
  const hostile = HOSTILE_UNITS.map((unit) => {
    const text = unit.repeat(Math.ceil(MEBI / unit.length)).slice(0, MEBI);
    // The best of three is the one that other programs on the machine disturbed least.
    return Math.min(...[1, 2, 3].map(() => millisecondsOf(() => diagnose(text, remedies, "en", models))));
  });
  const logs = printed.map(({ text }) => {
    const log = logOf(text);
    return Math.min(...[1, 2, 3].map(() => millisecondsOf(() => diagnose(log, remedies, "en", models))));
  });
  return [
    {
      name: "oom: a log of 64 kB with the run read and planned, the slowest of all printed messages",
      value: Math.max(...logs),
      unit: "ms",
      limit: 20,
    },
    {
      name: "oom: a typical message, 99th percentile",
      value: typical[Math.floor(typical.length * 0.99)] ?? Number.NaN,
      unit: "ms",
      limit: 10,
    },
    {
      name: "oom: the worst of nine hostile logs of 1 MB",
      value: Math.max(...hostile),
      unit: "ms",
      limit: 50,
    },
  ];
}
