import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const core = "The core imports zod and pure algorithms, nothing else.";
const command = "A command imports the core and zod, nothing else.";
const adapter = "An adapter imports the core and its own SDK, nothing else.";
const part = "This part imports the core and its own library, nothing else.";
const dots = "Outside your own folder write";

/** Where a wrong import is planted, the import, and the sentence that a developer must read. */
const planted: readonly (readonly [file: string, statement: string, sentence: string])[] = [
  ["src/core/planted-static.ts", 'import { readFileSync } from "node:fs";\nreadFileSync;', core],
  ["src/core/planted-dynamic.ts", 'export const later = () => import("pino");', core],
  ["src/core/planted-export.ts", 'export { pino } from "pino";', core],
  ["src/core/scoring/planted-relative.ts", 'export * from "../../store/sqlite/store.ts";', core],
  ["src/core/scoring/planted-alias.ts", 'export * from "#src/store/sqlite/store";', core],
  ["src/core/scoring/planted-parent.ts", 'export * from "../request.ts";', core],
  ["src/core/planted-adapter.ts", 'export * from "#src/adapters/local/render";', core],
  ["commands/planted.ts", 'export * from "node:fs";', command],
  ["commands/planted-store.ts", 'export * from "#src/store/sqlite/store";', command],
  ["commands/planted-dots.ts", 'export * from "../src/main.ts";', command],
  ["src/adapters/local/planted.ts", 'export * from "pino";', adapter],
  ["src/adapters/local/planted-store.ts", 'export * from "#src/store/sqlite/store";', adapter],
  ["src/adapters/local/planted-dots.ts", 'export * from "../../config.ts";', adapter],
  ["src/store/sqlite/planted.ts", 'export * from "get-east-asian-width";', part],
  ["src/store/sqlite/planted-adapter.ts", 'export * from "#src/adapters/local/render";', part],
  ["src/content/planted.ts", 'export * from "#src/adapters/local/render";', part],
  ["src/judge/planted.ts", 'export * from "pino";', part],
  ["src/judge/planted-content.ts", 'export * from "#src/content/library";', part],
  ["src/metrics/planted.ts", 'export * from "pino";', part],
  ["src/core/metrics/planted.ts", 'export * from "prom-client";', core],
  ["test/planted.ts", 'export * from "../src/main.ts";', dots],
];

const root = resolve(import.meta.dirname, "..");
let copy: string;
let report: string;

const lint = (folder: string): string => {
  try {
    return execFileSync(join(root, "node_modules/.bin/biome"), ["lint", "--max-diagnostics=none", "."], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
};

describe("The import rules", () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "rehearsal-imports-"));
    cpSync(join(root, "biome.json"), join(copy, "biome.json"));
    execFileSync("git", ["init", "-q"], { cwd: copy });
    for (const [file, statement] of planted) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), `${statement}\n`);
    }
    report = lint(copy);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(planted)("answer a wrong import in %s with their sentence", (file, _statement, sentence) => {
    const about = report.split(/\n(?=\S+:\d+:\d+ )/u).filter((entry) => entry.startsWith(`${file}:`));
    expect(about.join("\n")).toContain(sentence);
  });

  it("let the right imports pass", () => {
    const right: readonly (readonly [string, string])[] = [
      [
        "src/core/right.ts",
        'export { z } from "zod";\nexport * from "./request.ts";\nexport * from "#core/reply";',
      ],
      ["commands/right.ts", 'export * from "#core/command";'],
      ["src/adapters/local/right.ts", 'export * from "node:readline";\nexport * from "./render.ts";'],
      ["src/judge/right.ts", 'export * from "ai";\nexport * from "@ai-sdk/openai-compatible";'],
      ["src/main.ts", 'export * from "#commands/index";\nexport * from "./store/sqlite/store.ts";'],
    ];
    const clean = mkdtempSync(join(tmpdir(), "rehearsal-imports-"));
    cpSync(join(root, "biome.json"), join(clean, "biome.json"));
    execFileSync("git", ["init", "-q"], { cwd: clean });
    for (const [file, statement] of right) {
      mkdirSync(dirname(join(clean, file)), { recursive: true });
      writeFileSync(join(clean, file), `${statement}\n`);
    }
    const found = lint(clean);
    rmSync(clean, { recursive: true, force: true });
    expect(found).not.toContain("noRestrictedImports");
  });

  it("notice a cycle and a promise that nobody waits for", () => {
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-imports-"));
    cpSync(join(root, "biome.json"), join(folder, "biome.json"));
    execFileSync("git", ["init", "-q"], { cwd: folder });
    mkdirSync(join(folder, "src/core"), { recursive: true });
    writeFileSync(join(folder, "src/core/a.ts"), 'import { b } from "./b.ts";\nexport const a = () => b;\n');
    writeFileSync(
      join(folder, "src/core/b.ts"),
      'import { a } from "./a.ts";\nexport const b = () => a;\nasync function wait(): Promise<void> {}\nwait();\n',
    );
    const found = lint(folder);
    rmSync(folder, { recursive: true, force: true });
    expect(found).toContain("noImportCycles");
    expect(found).toContain("noFloatingPromises");
  });
});
