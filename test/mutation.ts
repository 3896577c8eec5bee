import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { randomNumbers } from "#test/schedule/hazards";

/**
 * Changes a part of the product in thousands of small ways and counts how many the tests of that part notice: the mutation
 * score of the grader, or of the rooms that are named, file by file.
 *
 * Stryker is installed into a folder of its own beside a copy of the project, so that `npm ci` stays small. What only
 * runs while the rules are compiled, before any test begins, is left out of the score and counted apart.
 */
const STRYKER = ["@stryker-mutator/core@10.1.1", "@stryker-mutator/vitest-runner@10.1.1"];
const USAGE =
  "npm run mutation -- [ROOM or FILE]... [--every 1] [--samples 0] [--seed 1] [--minutes 25] [--at-least 80] [--survivors 15]\n";
const MOST_RUNS = 60;
const root = resolve(import.meta.dirname, "..");
const copy = join(tmpdir(), "rehearsal-mutation");

/** What is changed together, and the tests that are to notice. */
interface Room {
  /** Folders or files. */
  readonly of: readonly string[];
  readonly tests: readonly string[];
  /** They try everything many times over; what only they would notice counts as not noticed. */
  readonly without?: readonly string[];
}

const GRADER: Room = {
  of: ["src/core/scoring"],
  tests: ["test/core/scoring/**/*.test.ts"],
  without: ["properties", "properties-company", "hybrid-properties"].map(
    (name) => `test/core/scoring/${name}.test.ts`,
  ),
};
const rooms: Readonly<Record<string, Room>> = {
  scoring: GRADER,
  schedule: {
    of: ["src/core/schedule", "src/schedule"],
    tests: ["test/core/schedule/*.test.ts", "test/schedule/*.test.ts", "test/metrics/counting.test.ts"],
    without: ["test/core/schedule/every-zone.test.ts"],
  },
  streak: { of: ["src/core/streak"], tests: ["test/core/streak/*.test.ts", "test/commands/streak.test.ts"] },
  keys: { of: ["src/store/redis/keys.ts"], tests: ["test/store/redis-key*.test.ts"] },
  "plain-text": {
    of: ["src/adapters/chat/plain-text.ts", "src/core/clean-text.ts"],
    tests: ["test/adapters/chat/plain-text.test.ts", "test/core/clean-text.test.ts"],
  },
};
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

/** As many runs as a test that names its number of them has here. */
const fewRuns = (runs: string): number => Math.min(MOST_RUNS, Number(runs.replaceAll("_", "")));

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
  for (const name of readdirSync(join(copy, "test"), { recursive: true, encoding: "utf8" })) {
    const path = join(copy, "test", name);
    if (!name.endsWith(".test.ts")) continue;
    const text = readFileSync(path, "utf8");
    const fewer = text.replace(/numRuns: (\d[\d_]*)/g, (_, runs: string) => `numRuns: ${fewRuns(runs)}`);
    if (fewer !== text) writeFileSync(path, fewer);
  }
  writeFileSync(
    join(copy, "few-runs.ts"),
    'import fc from "fast-check";\nfc.configureGlobal({ numRuns: 12, seed: 1 });\n',
  );
}

/** Has the copy run the tests of a room. */
function furnish({ tests, without = [] }: Room): void {
  const test = { include: tests, exclude: without, setupFiles: ["./few-runs.ts"], testTimeout: 30_000 };
  writeFileSync(join(copy, "vitest.config.ts"), `export default { test: ${JSON.stringify(test)} };\n`);
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

const linesOf = (path: string): string[] => readFileSync(join(root, path), "utf8").split("\n");

/** Every so many lines of the files: an estimate, for when there is no time for all of them. */
function everySo(paths: readonly string[], every: number): string[] {
  let line = 0;
  return paths.flatMap((path) =>
    linesOf(path).flatMap((_, at) => {
      line += 1;
      return line % every === 0 ? [`${path}:${at + 1}-${at + 1}`] : [];
    }),
  );
}

/** So many lines of code of the files, drawn by the seed: the same each time. */
function drawn(paths: readonly string[], samples: number, seed: number): string[] {
  const random = randomNumbers(seed);
  const places = paths.flatMap((path) =>
    linesOf(path).flatMap((line, at) =>
      /^\s*(?:$|\/?\*|\/\/|import\b|[{}()[\],;]+$)/.test(line) ? [] : [`${path}:${at + 1}-${at + 1}`],
    ),
  );
  return places
    .map((place) => ({ place, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, samples)
    .map(({ place }) => place);
}

const pathsOf = ({ of }: Room): string[] =>
  of.flatMap((place) =>
    place.endsWith(".ts")
      ? [place]
      : readdirSync(join(root, place)).flatMap((name) => (name.endsWith(".ts") ? [`${place}/${name}`] : [])),
  );

/** What is run together: lines of files of one room, or a whole file. */
interface Batch {
  readonly name: string;
  readonly room: Room;
  readonly places: readonly string[];
}

interface Sampling {
  readonly every: number;
  readonly samples: number;
  readonly seed: number;
}

/** @throws TypeError where a name is neither a room nor a file of the grader */
function batchesOf(names: readonly string[], { every, samples, seed }: Sampling): Batch[] {
  const named = names.length === 0 ? ["scoring"] : names;
  return named.flatMap((name): Batch[] => {
    const room = rooms[name] ?? GRADER;
    const known = pathsOf(room);
    const file = name.replace(/^.*\//, "");
    const paths = name in rooms ? known : known.filter((path) => basename(path) === file);
    if (paths.length === 0)
      throw new TypeError(`there is no room or file ${name}; rooms are ${Object.keys(rooms).join(", ")}`);
    if (samples > 0)
      return [{ name: `${samples} lines of ${name}`, room, places: drawn(paths, samples, seed) }];
    if (every > 1) return [{ name: `every ${every}th line of ${name}`, room, places: everySo(paths, every) }];
    return paths.map((path) => ({ name: path, room, places: [path] }));
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
      samples: { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
      minutes: { type: "string", default: "25" },
      "at-least": { type: "string", default: "80" },
      survivors: { type: "string", default: "15" },
    },
  });
  const { every, samples, seed } = values;
  const batches = batchesOf(positionals, {
    every: Number(every),
    samples: Number(samples),
    seed: Number(seed),
  });
  const deadline = performance.now() + Number(values.minutes) * 60_000;
  prepare();
  const tallies: Tally[] = [];
  const left: string[] = [];
  for (const { name, room, places } of batches) {
    furnish(room);
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
