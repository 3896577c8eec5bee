import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Names on standard error each module of a judge, or of metrics, that is loaded. */
const watch = `import { registerHooks } from "node:module";
import { writeSync } from "node:fs";
registerHooks({ load(url, context, next) {
  if (/src\\/judge\\/|node_modules\\/(ai|@ai-sdk|prom-client)\\//.test(url)) writeSync(2, "loaded " + url + "\\n");
  return next(url, context);
} });`;

function modulesLoaded(environment: Readonly<Record<string, string>>): number {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-loading-"));
  const { stderr, status } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(watch)}`, "src/main.ts", "--terminal"],
    {
      cwd: root,
      input: "/help\n",
      encoding: "utf8",
      env: { ...process.env, REHEARSAL_DATA: folder, ...environment },
    },
  );
  rmSync(folder, { recursive: true, force: true });
  expect(status, stderr).toBe(0);
  return stderr.split("\n").filter((line) => line.startsWith("loaded ")).length;
}

describe("The libraries of a judge and of metrics", () => {
  it("are loaded by those who set one, and by nobody else", () => {
    expect(modulesLoaded({})).toBe(0);
    const set = {
      REHEARSAL_JUDGE_URL: "http://127.0.0.1:9/v1",
      REHEARSAL_JUDGE_KEY: "any",
      REHEARSAL_JUDGE_MODEL: "any",
    };
    expect(modulesLoaded(set)).toBeGreaterThan(5);
  });
});
