import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { PrintedSecrets } from "#test/security/printed-secrets";
import { faultNeeds, needs, provide } from "#test/services";

interface FaultRun {
  readonly file: string;
  readonly settings?: readonly string[];
}

/** Every figure of what may go wrong, by its number, with the files that show it. */
const figures: Readonly<Record<string, readonly FaultRun[]>> = {
  R1: [{ file: "redis-flood" }],
  R3: [{ file: "redis-kills" }],
  R4: [{ file: "redis-failovers" }],
  R6: [{ file: "redis-latency" }],
  R7: [{ file: "redis-week" }, { file: "clock-year", settings: ["--n", "20"] }],
  R8: [{ file: "clock-calendar" }],
  R9: [{ file: "clock-downtime" }],
  R10: [{ file: "slack-duplicates" }],
  R12: [{ file: "discord-disconnects" }],
  R13: [{ file: "slack-disconnects" }],
  R14: [{ file: "discord-limits" }],
  R16: [{ file: "redis-rush" }],
  R18: [{ file: "redis-endings" }],
  R19: [{ file: "hostile-strings" }],
  R20: [{ file: "mutated-bodies" }],
  R23: [{ file: "tenancy" }],
  R27: [{ file: "redis-restore" }],
  R28: [{ file: "redis-upgrade" }],
  R29: [{ file: "redis-cluster" }],
  deploy: [{ file: "deploy" }],
};

/**
 * `npm run test:faults` shows all figures, one after the other; `npm run test:faults -- R7 --n 1000` one of them, with
 * what follows given to its files. Exits with 1 where one did not hold.
 */
const [first] = process.argv.slice(2);
if (first === "--help" || first === "-h") {
  process.stdout.write(
    `npm run test:faults -- [FIGURE] [--n …]; figures: ${Object.keys(figures).join(", ")}\n`,
  );
  process.exit(0);
}
const wanted = first === undefined || first.startsWith("-") ? Object.keys(figures) : [first];
const settings = process.argv.slice(first === undefined || first.startsWith("-") ? 2 : 3);
const unknown = wanted.filter((id) => figures[id] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `no such figure: ${unknown.join(", ")}. There are ${Object.keys(figures).join(", ")}.\n`,
  );
  process.exitCode = 2;
}
const printed = new PrintedSecrets();

/** Runs one of the files, and looks through what it and its programs print. */
async function run(words: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, words, { stdio: ["inherit", "pipe", "pipe"] });
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const)
    from.on("data", (piece: Buffer) => {
      printed.read(piece.toString());
      to.write(piece);
    });
  const [status] = await once(child, "close");
  return status;
}

const lacking = provide([...needs, ...faultNeeds], process.env.PATH ?? "", process.getuid?.() === 0);
if (lacking !== null) process.stderr.write(`${lacking}\n`);
const failed: string[] = lacking === null ? [] : wanted;
for (const id of lacking === null ? wanted : [])
  for (const { file, settings: own = [] } of figures[id] ?? []) {
    const startedAt = performance.now();
    const path = fileURLToPath(new URL(`./${file}.ts`, import.meta.url));
    const status = await run([path, ...own, ...settings]);
    const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
    process.stdout.write(`${id} ${file}: ${status === 0 ? "holds" : "DOES NOT HOLD"} (${minutes} min)\n\n`);
    if (status !== 0) failed.push(id);
  }
if (printed.found.length > 0) failed.push("R25 (what only a token holds was printed)");
if (failed.length > 0) {
  process.stdout.write(`did not hold: ${[...new Set(failed)].join(", ")}\n`);
  process.exitCode = 1;
}
