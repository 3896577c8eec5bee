import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { TOKEN } from "#test/setup/fake-discord";
import { APP_TOKEN, BOT_TOKEN } from "#test/setup/fake-slack";
import { PrintedSecrets } from "./printed-secrets.ts";

const root = resolve(import.meta.dirname, "../..");

const foundIn = (...pieces: readonly string[]): number => {
  const printed = new PrintedSecrets();
  for (const piece of pieces) printed.read(piece);
  return printed.found.length;
};

describe("What a run prints", () => {
  it.each([
    ["a bot's token on Discord", TOKEN],
    ["a bot's token on Slack", BOT_TOKEN],
    ["an app's token on Slack", APP_TOKEN],
  ])("may hold a token in no line, be it in two pieces: %s", (_, token) => {
    expect(foundIn(`fine\nsent with ${token}\nfine\n`)).toBe(1);
    expect(foundIn(`fine\nsent with ${token.slice(0, 9)}`, `${token.slice(9)} and so on\n`)).toBe(1);
  });

  it("may speak of tokens", () => {
    expect(foundIn("a Slack bot token has the wrong form\n", "123 passed, 0 failed, 0 skipped\n")).toBe(0);
  });

  it("fails the run where a test prints one, although the test itself passes", () => {
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-printed-"));
    writeFileSync(
      join(folder, "one.test.ts"),
      `import { it } from "vitest";\nit("passes", () => console.log(${JSON.stringify(BOT_TOKEN)}));\n`,
    );
    const run = (...more: readonly string[]) =>
      spawnSync(
        process.execPath,
        [
          join(root, "node_modules/vitest/vitest.mjs"),
          "run",
          "--root",
          folder,
          `--reporter=${join(root, "test/closing-line.ts")}`,
          ...more,
        ],
        { encoding: "utf8" },
      );
    const { status, stdout } = run();
    expect(stdout).toContain("1 passed, 1 failed, 0 skipped");
    expect(status).toBe(1);
    rmSync(folder, { recursive: true });
  }, 60_000);
});
