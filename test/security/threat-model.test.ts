import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync("docs/threat-model.md", "utf8");
const rows = page.split("\n").filter((line) => /^\| (?!threat|---)/.test(line) && !line.startsWith("|---"));
/** The last cell of a row: tests, each with a few words before it where they are needed. */
const NAMED = /(?:^|; )(?:[a-z ]+ )?`(test\/[^`]+\.ts)` › "([^"]+)"/g;
const shown = rows.map((row) => {
  const cell = row.split(" | ").at(-1)?.replace(/ \|$/, "") ?? "";
  const tests = [...cell.matchAll(NAMED)].map(([, file = "", title = ""]) => ({ file, title }));
  // What the pattern leaves over names something that nobody would look for.
  return { row, tests, rest: cell.replace(NAMED, "") };
});

/** A title stands in its file as a whole, not as a part of another. */
const isThere = ({ file, title }: { readonly file: string; readonly title: string }): boolean =>
  existsSync(file) && readFileSync(file, "utf8").includes(`"${title}"`);

describe("The threat model", () => {
  it("names for each threat tests that are there, by their files and their words", () => {
    expect(shown.length).toBeGreaterThan(24);
    const wrong = shown.filter(
      ({ tests, rest }) => tests.length === 0 || rest !== "" || !tests.every((test) => isThere(test)),
    );
    expect(wrong.map(({ row }) => row)).toEqual([]);
  });

  it("is what SECURITY.md leads to", () => {
    expect(readFileSync("SECURITY.md", "utf8")).toContain("](docs/threat-model.md)");
  });
});
