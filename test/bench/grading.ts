import { readFileSync } from "node:fs";
import { compileGlossary } from "#core/scoring/glossary";
import { gradeLocally } from "#core/scoring/local-grader";
import type { CompiledRubric } from "#core/scoring/rubric";
import { parseLabelled } from "#test/core/scoring/report";
import { compileAll, glossaryFiles, questions } from "#test/core/scoring/rubrics";
import type { Figure } from "./figure.ts";

const LENGTH = 1_500;
// The engine is still optimising during the first few hundred answers; a cold process is slower than these figures.
const WARM_UP = 600;
const RUNS = 1_500;

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** The peer: looks for the words of each point's statement, and judges nothing. */
function findKeywords(answer: string, keywords: readonly (readonly string[])[]): number {
  const text = answer.toLowerCase();
  return keywords.filter((words) => words.some((word) => text.includes(word))).length;
}

/** Counts, and touches no memory: what the machine itself adds to something that takes `milliseconds`. */
function idleLoop(milliseconds: number): () => number {
  const count = (rounds: number): number => {
    let sum = 0;
    for (let round = 0; round < rounds; round += 1) sum = (sum * 31 + round) | 0;
    return sum;
  };
  const trial = 5_000_000;
  count(trial);
  const start = performance.now();
  count(trial);
  const rounds = Math.round((trial * milliseconds) / (performance.now() - start));
  return () => count(rounds);
}

interface Timed {
  readonly work: number[];
  readonly beside: number[];
}

const sorted = (times: readonly number[]): number[] => times.toSorted((one, other) => one - other);

/** Times `work` on every answer in turn, and `beside` after each, so that both meet the same machine. */
function timeAll(
  answers: readonly string[],
  work: (answer: string, at: number) => void,
  beside: () => void = () => {},
): Timed {
  for (let run = 0; run < WARM_UP; run += 1) work(answers[run % answers.length] ?? "", run);
  const times = { work: [] as number[], beside: [] as number[] };
  for (let run = 0; run < RUNS; run += 1) {
    const answer = answers[run % answers.length] ?? "";
    const start = performance.now();
    work(answer, run);
    const middle = performance.now();
    beside();
    times.work.push(middle - start);
    times.beside.push(performance.now() - middle);
  }
  return { work: sorted(times.work), beside: sorted(times.beside) };
}

/** How long grading an answer of 1,500 characters takes, and compiling all rubrics; the peer in the same run. */
export async function benchGrading(): Promise<Figure[]> {
  const labelled = parseLabelled(
    readFileSync(new URL("../fixtures/answers/graded.jsonl", import.meta.url), "utf8"),
  );
  const texts = questions.map((question) => {
    const own = labelled.filter((answer) => answer.question === question.id);
    return own
      .map((answer) => answer.text)
      .join("\n")
      .slice(0, LENGTH);
  });
  const rubrics: CompiledRubric[] = [...compileAll().values()];
  const gradeOne = (answer: string, at: number): void => {
    const rubric = rubrics[at % rubrics.length];
    if (rubric !== undefined) gradeLocally(answer, rubric);
  };
  const typical = quantile(timeAll(texts, gradeOne).work, 0.5);
  const { work: local, beside: idle } = timeAll(texts, gradeOne, idleLoop(typical));
  const keywords = questions.map((question) =>
    question.points.map((point) =>
      point.statement.en
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((word) => word.length > 5),
    ),
  );
  const { work: peer } = timeAll(texts, (answer, at) => {
    findKeywords(answer, keywords[at % keywords.length] ?? []);
  });
  const compile: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const start = performance.now();
    compileAll(compileGlossary(glossaryFiles));
    compile.push(performance.now() - start);
  }
  compile.sort((one, other) => one - other);
  return [
    { name: "grading 1,500 characters, p50", value: quantile(local, 0.5), unit: "ms", limit: 2 },
    { name: "grading 1,500 characters, p99", value: quantile(local, 0.99), unit: "ms", limit: 5 },
    {
      name: `p99 beside an empty loop as long as the p50 (its own p99: ${quantile(idle, 0.99).toFixed(2)} ms)`,
      value: quantile(local, 0.99) / quantile(idle, 0.99),
      unit: "times",
      limit: 2,
    },
    {
      name: "grading beside a bare keyword search, p50",
      value: quantile(local, 0.5) / Math.max(0.001, quantile(peer, 0.5)),
      unit: "times",
      limit: 200,
    },
    {
      name: "compiling the glossary and five rubrics, median",
      value: quantile(compile, 0.5),
      unit: "ms",
      limit: 50,
    },
  ];
}
