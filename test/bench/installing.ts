import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "#test/e2e/conversation";
import type { Figure } from "./figure.ts";

/** The README's two commands in a clone of the last commit, as a newcomer runs them. */
export async function benchInstalling(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-clone-"));
  const clone = join(folder, "rehearsal");
  const seconds = (...words: readonly [string, ...string[]]): number => {
    const begin = performance.now();
    execFileSync(words[0], words.slice(1), { cwd: clone, stdio: "ignore" });
    return (performance.now() - begin) / 1000;
  };
  try {
    execFileSync("git", ["clone", "-q", root, clone]);
    return [
      { name: "npm ci", value: seconds("npm", "ci"), unit: "s", limit: 60 },
      { name: "npm test", value: seconds("npm", "test"), unit: "s", limit: 180 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
