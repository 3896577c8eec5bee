import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root, textOf } from "#test/deploy/schemas";
import { makeTree, runIn, startIn, wordsOf } from "#test/deploy/tree";

/**
 * The steps of the Dockerfile without an engine: its installation of packages, then its program as nobody on a tree that
 * cannot be written, its health check, a backup while it runs, a doctor, and the backup restored. Exits with 1 where a
 * step does not do what it should.
 */
const megabytes = (folder: string): number =>
  Number(execFileSync("du", ["-s", "--bytes", folder], { encoding: "utf8" }).split("\t")[0]) / 1e6;

/** Runs what the Dockerfile runs in its first stage. */
const install = (folder: string): void => {
  for (const file of ["package-lock.json", ".npmrc"]) copyFileSync(join(root, file), join(folder, file));
  const [line = ""] = /^RUN (npm ci .*)$/m.exec(textOf("Dockerfile"))?.slice(1) ?? [];
  const [ci = "", prune = ""] = line.split(" && ");
  for (const command of [ci, prune]) {
    const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
    process.stdout.write(
      `deploy: after ${command.slice(0, 40)}…: ${megabytes(join(folder, "node_modules")).toFixed(0)} MB of packages\n`,
    );
  }
};

const failed: string[] = [];
const hold = (what: string, holds: boolean, more = ""): void => {
  if (!holds) failed.push(what);
  process.stdout.write(`deploy: ${what}: ${holds ? "yes" : "NO"}${more === "" ? "" : ` (${more})`}\n`);
};
const countSchema = z.object({ tenants: z.number(), records: z.number() });
const countIn = (text: string) => countSchema.safeParse(JSON.parse(text || "null")).data;

const tree = makeTree(install);
const cli = (...words: string[]) => [
  tree.node,
  "--import",
  "./src/require-node-24.js",
  "src/cli.ts",
  ...words,
];
try {
  process.stdout.write(`deploy: ${megabytes(tree.path).toFixed(0)} MB in all beside Node\n`);
  const bot = await startIn(tree);
  hold(
    "starts as nobody where nothing can be written",
    bot.user !== 0,
    `ready after ${(bot.readyMs / 1000).toFixed(1)} s`,
  );
  const health = { REHEARSAL_HEALTH_PORT: String(bot.port) };
  hold("its health check says so", runIn(tree, wordsOf(tree, "HEALTHCHECK"), health).status === 0);
  const file = join(tree.data, "one.backup");
  const taken = runIn(tree, cli("backup", file, "--json"));
  hold("is backed up while it runs", taken.status === 0, taken.stderr.trim());
  const doctor = runIn(tree, cli("doctor", "--json"));
  hold("the doctor finds nothing", doctor.status === 0, doctor.stderr.trim());
  const from = performance.now();
  const { code, stderr } = await bot.end();
  hold("ends by SIGTERM", code === 0 && stderr === "", `${((performance.now() - from) / 1000).toFixed(1)} s`);
  const other = `sqlite:${join(tree.data, "restored.db")}`;
  const restored = runIn(tree, cli("restore", file, "--to", other, "--json"));
  const counts = [countIn(taken.stdout), countIn(restored.stdout)];
  hold(
    "the backup comes back",
    restored.status === 0 && counts[0] !== undefined && counts[0].records === counts[1]?.records,
    `${counts[1]?.records} records`,
  );
} finally {
  tree.remove();
}
if (failed.length > 0) process.exitCode = 1;
