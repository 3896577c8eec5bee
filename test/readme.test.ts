import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { commandsJson } from "#src/adapters/discord/register";
import { renderReply } from "#src/adapters/local/render";
import { environmentSchema } from "#src/config";
import { openTeam } from "#test/doubles/team";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The lines of the fenced block under a heading. */
function blockUnder(heading: string): string[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading));
  return (/```[a-z]*\n([\s\S]*?)```/.exec(section ?? "")?.[1] ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

/** Rows of the table under a heading, cell by cell, without its head. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** Paths in the drawn tree: `src/core/` for a folder, `biome.json` for a file. */
function drawnPaths(): string[] {
  const open: string[] = [];
  return blockUnder("The tree").flatMap((line) => {
    const drawn = /^((?:│ {3}| {4})*)(?:├── |└── )(\S+)/u.exec(line);
    if (drawn === null) return [];
    open.length = (drawn[1] ?? "").length / 4;
    open.push(drawn[2] ?? "");
    return [open.join("")];
  });
}

const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((file) => existsSync(join(root, file)));

const foldersBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && tracked.some((file) => file.startsWith(`${folder}/${entry.name}/`)),
    )
    .map((entry) => `${folder}/${entry.name}/`);

describe("The README's exchange", () => {
  it("is what the terminal prints for that answer today", async () => {
    const [typed = "", ...printed] = blockUnder("What it looks like");
    const team = await openTeam();
    const reply = await team.ask("answer", typed.replace(/^> /, ""));
    await team.stop();
    const look = { width: 100, colour: false, locale: "en", zone: "UTC" } as const;
    const lines = renderReply(reply, look).split("\n");
    for (const line of printed.filter((line) => line !== "…")) expect(lines).toContain(line);
    expect(printed.length).toBeGreaterThan(10);
  });
});

describe("The README's tree", () => {
  it("names only what is there", () => {
    for (const path of drawnPaths()) expect(existsSync(join(root, path)), path).toBe(true);
    expect(drawnPaths().length).toBeGreaterThan(20);
  });

  it("names everything at the top and every room of the source", () => {
    const top = new Set(tracked.map((file) => (file.includes("/") ? `${file.split("/")[0]}/` : file)));
    // What only tools read needs no line of its own.
    const unnamed = new Set([".gitignore", ".npmrc", ".nvmrc", "package-lock.json", "LICENSE"]);
    const drawn = new Set(drawnPaths());
    for (const entry of top) if (!unnamed.has(entry)) expect(drawn, entry).toContain(entry);
    for (const folder of [
      ...foldersBelow("src"),
      ...foldersBelow("src/core"),
      ...foldersBelow("content"),
      ...foldersBelow("test"),
    ]) {
      expect(drawn, folder).toContain(folder);
    }
  });
});

describe("The README's commands", () => {
  it("are the real ones, in the order of help, with what they do", () => {
    const rows = tableUnder("Commands").map(([name, does]) => [name, does]);
    expect(rows).toEqual(commands.map(({ name, summary }) => [`\`/${name}\``, summary.en]));
  });
});

describe("The README's set-up on Discord", () => {
  it("counts the commands that it registers", () => {
    const registered = commandsJson(commands, (text) => text).filter(({ type = 1 }) => type === 1);
    expect(readme).toContain(`✔ ${registered.length} commands and one entry in the menu of messages`);
  });
});

describe("The README's settings", () => {
  it("are the variables that are read, and .env.example lists the same", () => {
    const variables = Object.keys(environmentSchema.shape);
    expect(tableUnder("Settings").map(([name]) => name)).toEqual(variables.map((name) => `\`${name}\``));
    const example = readFileSync(join(root, ".env.example"), "utf8");
    expect([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)).toEqual(variables);
    for (const name of variables) expect(example).toMatch(new RegExp(`^# .+\\n${name}=`, "m"));
  });
});

describe("The README's lines", () => {
  it("are scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const [, script] of readme.matchAll(/npm run (?:-s )?([a-z:]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm ci && npm test");
  });

  it("link to files that are there", () => {
    for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
      expect(existsSync(join(root, target ?? "")), target).toBe(true);
  });
});
