import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { freePort } from "#test/doubles/redis/ports";
import { root, textOf } from "./schemas.ts";

/** Nobody: no file is theirs. */
const NOBODY = 65_534;
const PATIENCE_MS = 60_000;

/** A folder with what the image has, and beside it what a container mounts. */
export interface Tree {
  readonly path: string;
  /** The one folder that may be written. */
  readonly data: string;
  /** The Node that the image has. */
  readonly node: string;
  remove(): void;
}

/** Links files and folders into a folder instead of copying them, where both are on one file system. */
const linkInto = (from: readonly string[], folder: string): void => {
  mkdirSync(folder, { recursive: true });
  if (spawnSync("cp", ["-al", ...from, folder], { stdio: "ignore" }).status !== 0)
    execFileSync("cp", ["-a", ...from, folder]);
};

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/** Packages that run, as the lock file tells; of packages within packages the outer one brings the inner ones. */
const packagesThatRun = (): string[] =>
  Object.entries(lockSchema.parse(JSON.parse(textOf("package-lock.json"))).packages)
    .filter(([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf("node_modules/") === 0 && existsSync(join(root, path)));

/** @param install puts the packages that run into a folder; by default those of this checkout are taken */
export const makeTree = (install?: (folder: string) => void): Tree => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-image-"));
  chmodSync(folder, 0o755);
  const path = join(folder, "app");
  const data = join(folder, "data");
  mkdirSync(path, { mode: 0o755 });
  mkdirSync(data, { mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(data, NOBODY, NOBODY);
  for (const part of ["package.json", "LICENSE", "commands", "content", "src"])
    cpSync(join(root, part), join(path, part), { recursive: true });
  if (install !== undefined) install(path);
  else
    for (const [scope, packages] of Map.groupBy(packagesThatRun(), dirname))
      linkInto(
        packages.map((one) => join(root, one)),
        join(path, scope),
      );
  linkInto([process.execPath], folder);
  const node = join(folder, basename(process.execPath));
  return { path, data, node, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** How a command is run as somebody who owns nothing, on a tree that nobody can write, as far as this machine lets us. */
const confined = (tree: Tree, words: readonly string[]): readonly string[] => {
  if (process.getuid?.() !== 0) return words;
  const asNobody = [
    "setpriv",
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    "--clear-groups",
    "--no-new-privs",
    ...words,
  ];
  if (spawnSync("unshare", ["-m", "true"]).status !== 0) return asNobody;
  const mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  return ["unshare", "-m", "sh", "-c", mount, tree.path, ...asNobody];
};

const environmentOf = (tree: Tree, more: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH ?? "",
  NODE_ENV: "production",
  // Not even for temporary files: what needs them would show.
  TMPDIR: join(tree.path, "none"),
  REHEARSAL_DATA: tree.data,
  REHEARSAL_LOCALE: "en",
  REHEARSAL_PORT: "0",
  ...more,
});

/** The words behind an instruction of the Dockerfile, with the Node of the tree. */
export const wordsOf = (tree: Tree, instruction: "CMD" | "HEALTHCHECK"): readonly string[] => {
  const line =
    textOf("Dockerfile")
      .split("\n")
      .find((one) => one.startsWith(`${instruction} `)) ?? "";
  const [, ...words] = z.array(z.string()).parse(JSON.parse(line.slice(line.indexOf("["))));
  return [tree.node, ...words];
};

/** Runs a command in the tree to its end. */
export const runIn = (tree: Tree, words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  const [program = "", ...rest] = confined(tree, words);
  const { stdout, stderr, status } = spawnSync(program, rest, {
    cwd: tree.path,
    encoding: "utf8",
    env: environmentOf(tree, more),
  });
  return { stdout, stderr, status };
};

export interface RunningBot {
  readonly port: number;
  /** The user that it runs as; null where the system does not tell. */
  readonly user: number | null;
  /** Milliseconds from the start until it was ready. */
  readonly readyMs: number;
  readonly child: ChildProcess;
  ask(path: string): Promise<number | null>;
  /** Asks it to end; gives its exit code and what it wrote on standard error. */
  end(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** Starts what the image starts, and waits until it is ready. */
export const startIn = async (tree: Tree): Promise<RunningBot> => {
  const port = await freePort();
  const [program = "", ...rest] = confined(tree, wordsOf(tree, "CMD"));
  const from = performance.now();
  const child = spawn(program, rest, {
    cwd: tree.path,
    env: environmentOf(tree, { REHEARSAL_HEALTH_PORT: String(port) }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  const ended = once(child, "exit");
  const ask = (path: string): Promise<number | null> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => null,
    );
  for (const until = Date.now() + PATIENCE_MS; (await ask("/readyz")) !== 200; await sleep(50))
    if (Date.now() > until || child.exitCode !== null) {
      child.kill("SIGKILL");
      throw new Error(`it did not become ready: ${stderr}`);
    }
  const status = `/proc/${child.pid}/status`;
  const uid = existsSync(status) ? /^Uid:\s+(\d+)/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return {
    port,
    user: uid === undefined ? null : Number(uid),
    readyMs: performance.now() - from,
    child,
    ask,
    end: async () => {
      child.kill("SIGTERM");
      const [code] = await ended;
      return { code: code as number | null, stderr };
    },
  };
};
