import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gradeLocally } from "#core/scoring/local-grader";
import type { CompiledRubric } from "#core/scoring/rubric";
import { parseLabelled } from "#test/core/scoring/report";
import { compileAll, questions } from "#test/core/scoring/rubrics";
import { root } from "#test/e2e/conversation";
import type { Figure } from "./figure.ts";

const SHORT = 150;
const LENGTH = 1_500;
const LONG = 15_000;
const MEGABYTE = 1_048_576;

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(share * times.length))] ??
  0;

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** All that the content and the labelled answers say, no sentence twice: repetitions are left out by the grader. */
function manyWords(): string {
  const answers = parseLabelled(
    readFileSync(new URL("../fixtures/answers/graded.jsonl", import.meta.url), "utf8"),
  ).map(({ text }) => text);
  const ours = questions.flatMap(({ points, modelAnswer }) => [
    ...points.flatMap(({ statement, hint }) => [statement.zh, statement.en, hint.zh, hint.en]),
    modelAnswer.zh,
    modelAnswer.en,
  ]);
  return [...new Set([...answers, ...ours])].join("\n");
}

/** Texts that nobody writes by hand, each as long as a small book. */
const hostile: Readonly<Record<string, string>> = {
  "one word": "batch ".repeat(MEGABYTE / 6),
  "one word without blanks": "batch".repeat(MEGABYTE / 5),
  brackets: "(".repeat(MEGABYTE),
  "open tags": "<".repeat(MEGABYTE),
  "mark-up": "**<@|`".repeat(MEGABYTE / 6),
  negations: "不".repeat(MEGABYTE),
  "unseen characters": "\u200b".repeat(MEGABYTE),
  arrows: "1->2".repeat(MEGABYTE / 4),
  "lone surrogates": "\ud83d".repeat(MEGABYTE),
};

/** Grading and compiling in a process of its own, where nothing has been optimised yet. */
function coldCompile(): number {
  const script = `
    import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
    const library = loadLibrary(SHIPPED_CONTENT);
    const start = performance.now();
    for (const { id } of library.questions) library.rubric(id);
    process.stdout.write(String(performance.now() - start));`;
  const words = ["--single-threaded-gc", "--input-type=module", "--eval", script];
  return Number(execFileSync(process.execPath, words, { cwd: root, encoding: "utf8" }));
}

/** What grading costs at the edges: short answers, ten times the length, a megabyte of noise, a cold start. */
export async function benchGradingLimits(): Promise<Figure[]> {
  const rubrics: readonly CompiledRubric[] = [...compileAll().values()];
  const text = manyWords();
  if (text.length < LONG) throw new Error(`there are only ${text.length} characters to grade`);
  const gradeAll = (answer: string) => {
    for (const rubric of rubrics) gradeLocally(answer, rubric, { limit: Number.POSITIVE_INFINITY });
  };
  const shorts = Array.from({ length: 200 }, (_, at) => text.slice(at * 70, at * 70 + SHORT));
  for (const short of shorts) gradeAll(short);
  const times = shorts.flatMap((short) =>
    rubrics.flatMap((rubric) => [0, 1, 2].map(() => time(() => gradeLocally(short, rubric)))),
  );
  const typical: number[] = [];
  const long: number[] = [];
  // In turn, so that both meet the same machine.
  for (let run = 0; run < 40; run += 1) {
    const from = (run % 10) * LENGTH;
    typical.push(time(() => gradeAll(text.slice(from, from + LENGTH))));
    if (run % 2 === 0) long.push(time(() => gradeAll(text.slice(0, LONG))));
  }
  const noise = Object.entries(hostile).map(([name, answer]) => {
    const each = rubrics.map((rubric) => time(() => gradeLocally(answer, rubric)));
    return { name, slowest: Math.max(...each) };
  });
  const worst = noise.reduce((one, other) => (other.slowest > one.slowest ? other : one));
  const cold = quantile(
    Array.from({ length: 5 }, () => coldCompile()),
    0.5,
  );
  return [
    { name: `grading ${SHORT} characters, p99`, value: quantile(times, 0.99), unit: "ms", limit: 1 },
    {
      name: "15,000 characters beside 1,500, without the length cap",
      value: quantile(long, 0.5) / quantile(typical, 0.5),
      unit: "times",
      limit: 12,
    },
    {
      name: `a megabyte of hostile text (slowest: ${worst.name})`,
      value: worst.slowest,
      unit: "ms",
      limit: 50,
    },
    { name: "compiling all rules in a cold process, median of 5", value: cold, unit: "ms", limit: 100 },
  ];
}
