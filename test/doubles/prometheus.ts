import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { freePort } from "#test/doubles/redis/ports";

/** The folder with what operators give their own Prometheus. */
export const DEPLOYED = resolve(import.meta.dirname, "../../deploy/prometheus");
const START_MS = 60_000;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** What promtool says; it ends with 0 where it has nothing against. */
export function promtool(words: readonly string[], input?: string): { status: number | null; says: string } {
  const run = spawnSync("promtool", words, {
    cwd: DEPLOYED,
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  });
  if (run.error !== undefined) throw run.error;
  return { status: run.status, says: run.stdout + run.stderr };
}

const configSchema = z.looseObject({
  global: z.looseObject({ scrape_interval: z.string(), evaluation_interval: z.string() }),
  rule_files: z.array(z.string()),
  scrape_configs: z.array(
    z.looseObject({
      job_name: z.string(),
      static_configs: z.array(z.looseObject({ targets: z.array(z.string()) })),
    }),
  ),
});

const vectorSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

export interface RunningPrometheus {
  /** What an expression is worth now; one row for each set of labels. */
  query(expression: string): Promise<z.infer<typeof vectorSchema>["data"]["result"]>;
  /** Asks again and again until the expression has a value that will do. */
  until(expression: string, isGood: (value: number) => boolean): Promise<number>;
  api(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** The deployed configuration and rules with another target, and a clock that a test can wait for. */
export async function startPrometheus(target: string): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-prometheus-"));
  const config = configSchema.parse(parse(readFileSync(join(DEPLOYED, "prometheus.yml"), "utf8")));
  const file = join(folder, "prometheus.yml");
  writeFileSync(
    file,
    stringify({
      ...config,
      global: { ...config.global, scrape_interval: "250ms", evaluation_interval: "250ms" },
      rule_files: config.rule_files.map((name) => join(DEPLOYED, name)),
      scrape_configs: config.scrape_configs.map((job) => ({
        ...job,
        static_configs: [{ targets: [target] }],
      })),
    }),
  );
  const port = await freePort();
  const child = spawn(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  running.add(child);
  let complaint = "";
  child.stderr.on("data", (data) => {
    complaint += String(data);
  });
  const gone = new Promise<void>((done) => {
    child.once("exit", () => {
      running.delete(child);
      done();
    });
    child.once("error", (error) => {
      complaint += error.message;
      running.delete(child);
      done();
    });
  });
  const api = async (path: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.headers.get("content-type")?.includes("json") === true ? response.json() : null;
  };
  const end = Date.now() + START_MS;
  while (
    !(await api("/-/ready").then(
      () => true,
      () => false,
    ))
  ) {
    if (!running.has(child) || Date.now() > end) {
      child.kill("SIGKILL");
      throw new Error(`prometheus did not start: ${complaint}`);
    }
    await sleep(25);
  }
  const query: RunningPrometheus["query"] = async (expression) =>
    vectorSchema.parse(await api(`/api/v1/query?query=${encodeURIComponent(expression)}`)).data.result;
  return {
    api,
    query,
    until: async (expression, isGood) => {
      const last = Date.now() + START_MS;
      for (;;) {
        const [first] = await query(expression);
        const value = Number(first?.value[1] ?? Number.NaN);
        if (isGood(value)) return value;
        if (Date.now() > last) throw new Error(`${expression} stays ${value}`);
        await sleep(50);
      }
    },
    stop: async () => {
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
