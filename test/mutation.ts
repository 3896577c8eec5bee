import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

/**
 * Changes the grader in thousands of small ways and counts how many the tests notice: the mutation score of
 * `src/core/scoring`, file by file.
 *
 * Stryker is installed into a folder of its own beside a copy of the project, so that `npm ci` stays small. What only
 * runs while the rules are compiled, before any test begins, is left out of the score and counted apart.
 */
const STRYKER = ["@stryker-mutator/core@10.1.1", "@stryker-mutator/vitest-runner@10.1.1"];
const USAGE = "npm run mutation -- [FILE]... [--every 1] [--minutes 25] [--at-least 80] [--survivors 15]\n";
const root = resolve(import.meta.dirname, "..");
const copy = join(tmpdir(), "rehearsal-mutation");
const SCORING = "src/core/scoring";
/** They grade every answer many times over; what only they would notice counts as not noticed. */
const SLOW = ["properties.test.ts", "properties-company.test.ts", "hybrid-properties.test.ts"];
const COPIED = ["src", "commands", "content", "test", "package.json", "package-lock.json", ".npmrc"];

const mutantSchema = z.object({
  mutatorName: z.string(),
  replacement: z.string().optional(),
  status: z.string(),
  location: z.object({ start: z.object({ line: z.number(), column: z.number() }) }),
});
const reportSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.string(), mutants: z.array(mutantSchema) })),
});

interface Tally {
  readonly file: string;
  readonly noticed: number;
  readonly survived: number;
  readonly ignored: number;
  /** Where and what, for each mutant that no test noticed. */
  readonly survivors: readonly string[];
}

/** Lays the project out anew beside Stryker, which is installed once. */
function prepare(): void {
  mkdirSync(copy, { recursive: true });
  for (const name of COPIED) {
    rmSync(join(copy, name), { recursive: true, force: true });
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  if (!existsSync(join(copy, "node_modules/@stryker-mutator/vitest-runner/package.json"))) {
    cpSync(join(root, "node_modules"), join(copy, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const install = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...STRYKER];
    const { status, stderr } = spawnSync("npm", install, { cwd: copy, encoding: "utf8", timeout: 300_000 });
    if (status !== 0) throw new Error(`Stryker could not be installed: ${stderr}`);
  }
  // Few runs of every property and always the same, or a mutant would be noticed one day and not the next.
  writeFileSync(
    join(copy, "few-runs.ts"),
    'import fc from "fast-check";\nfc.configureGlobal({ numRuns: 12, seed: 1 });\n',
  );
  writeFileSync(
    join(copy, "vitest.config.ts"),
    `export default { test: ${JSON.stringify({
      include: ["test/core/scoring/**/*.test.ts"],
      exclude: SLOW.map((name) => `test/core/scoring/${name}`),
      setupFiles: ["./few-runs.ts"],
      testTimeout: 30_000,
    })} };\n`,
  );
}

function settings(places: readonly string[]): string {
  return JSON.stringify({
    mutate: places,
    testRunner: "vitest",
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    concurrency: availableParallelism(),
    reporters: ["json"],
    // TypeScript 7 has no programming interface, which Stryker would rewrite the file's paths with.
    tsconfigFile: "no-such-tsconfig.json",
    checkers: [],
    // Beside the time that the tests took before: a change that never ends should not cost a minute.
    timeoutFactor: 1.2,
    timeoutMS: 4_000,
    allowEmpty: true,
  });
}

/**
 * @param places files, or lines of files
 * @returns undefined where the time ran out first
 */
function mutate(places: readonly string[], milliseconds: number): Tally[] | undefined {
  const config = join(copy, "stryker.config.json");
  const report = join(copy, "reports/mutation/mutation.json");
  rmSync(report, { force: true });
  writeFileSync(config, settings(places));
  const stryker = join(copy, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const run = spawnSync(process.execPath, [stryker, "run", config], {
    cwd: copy,
    encoding: "utf8",
    timeout: Math.floor(milliseconds),
    // Stryker ends its workers when it is asked to stop, not when it is killed.
    killSignal: "SIGINT",
  });
  if (run.error !== undefined || run.signal !== null) return undefined;
  if (run.status !== 0)
    throw new Error(`Stryker failed on ${places[0]}:\n${run.stdout.slice(-2_000)}${run.stderr}`);
  const { files } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  return Object.entries(files).map(([path, file]) => tallyOf(basename(path), file));
}

type ReportedFile = z.infer<typeof reportSchema>["files"][string];

function tallyOf(file: string, { source, mutants }: ReportedFile): Tally {
  const lines = source.split("\n");
  const having = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status));
  const survived = having("Survived", "NoCoverage");
  return {
    file,
    noticed: having("Killed", "Timeout").length,
    survived: survived.length,
    ignored: having("Ignored").length,
    survivors: survived.map(({ location: { start }, mutatorName, replacement = "", status }) => {
      const unseen = status === "NoCoverage" ? ", no test comes by" : "";
      const line = lines[start.line - 1]?.trim() ?? "";
      const change = replacement.replaceAll("\n", " ").slice(0, 80);
      return `${file}:${start.line}:${start.column} ${mutatorName}${unseen}: ${line}  ⟶  ${change}`;
    }),
  };
}

/** Every so many lines of the files: an estimate, for when there is no time for all of them. */
function sampleOf(files: readonly string[], every: number): string[] {
  let line = 0;
  return files.flatMap((file) => {
    const size = readFileSync(join(root, SCORING, file), "utf8").split("\n").length;
    return Array.from({ length: size }, (_, at) => at + 1).flatMap((at) => {
      line += 1;
      return line % every === 0 ? [`${SCORING}/${file}:${at}-${at}`] : [];
    });
  });
}

const share = (noticed: number, survived: number): number =>
  (100 * noticed) / Math.max(1, noticed + survived);

const lineOf = ({ file, noticed, survived, ignored }: Omit<Tally, "survivors">): string =>
  `${file.padEnd(24)} ${share(noticed, survived).toFixed(1).padStart(5)} %  ${String(noticed).padStart(5)} noticed  ${String(survived).padStart(4)} not  ${String(ignored).padStart(4)} only at start`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      every: { type: "string", default: "1" },
      minutes: { type: "string", default: "25" },
      "at-least": { type: "string", default: "80" },
      survivors: { type: "string", default: "15" },
    },
  });
  const known = readdirSync(join(root, SCORING)).filter((name) => name.endsWith(".ts"));
  const files = positionals.length === 0 ? known : positionals.map((name) => name.replace(/^.*\//, ""));
  const strange = files.find((name) => !known.includes(name));
  if (strange !== undefined) throw new TypeError(`${SCORING} has no file ${strange}`);
  const deadline = performance.now() + Number(values.minutes) * 60_000;
  prepare();
  const every = Number(values.every);
  const batches =
    every > 1
      ? [{ name: `every ${every}th line`, places: sampleOf(files, every) }]
      : files.map((name) => ({ name, places: [`${SCORING}/${name}`] }));
  const tallies: Tally[] = [];
  const left: string[] = [];
  for (const { name, places } of batches) {
    const remaining = deadline - performance.now();
    const found = remaining > 10_000 ? mutate(places, remaining) : undefined;
    if (found === undefined) left.push(name);
    for (const tally of found ?? []) {
      tallies.push(tally);
      process.stdout.write(`${lineOf(tally)}\n`);
      for (const survivor of tally.survivors.slice(0, Number(values.survivors))) {
        process.stdout.write(`    ${survivor}\n`);
      }
    }
  }
  const sum = (key: "noticed" | "survived" | "ignored") =>
    tallies.reduce((total, one) => total + one[key], 0);
  const whole = {
    file: "all of these",
    noticed: sum("noticed"),
    survived: sum("survived"),
    ignored: sum("ignored"),
  };
  if (tallies.length > 0) process.stdout.write(`${lineOf(whole)}\n`);
  if (left.length > 0) process.stdout.write(`no time was left for ${left.join(", ")}\n`);
  return share(whole.noticed, whole.survived) >= Number(values["at-least"]) && left.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
