import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync("docs/threat-model.md", "utf8");
const rows = page.split("\n").filter((line) => /^\| (?!threat|---)/.test(line) && !line.startsWith("|---"));
const shown = rows.map((row) => {
  const [, file = "", title = ""] = /\| `(test\/[^`]+\.ts)` › "([^"]+)" \|$/.exec(row) ?? [];
  return { row, file, title };
});

describe("The threat model", () => {
  it("names for each threat a test that is there, by its file and its words", () => {
    expect(shown.length).toBeGreaterThan(24);
    const wrong = shown.filter(
      ({ file, title }) => !existsSync(file) || !readFileSync(file, "utf8").includes(title),
    );
    expect(wrong.map(({ row }) => row)).toEqual([]);
  });

  it("is what SECURITY.md leads to", () => {
    expect(readFileSync("SECURITY.md", "utf8")).toContain("](docs/threat-model.md)");
  });
});
