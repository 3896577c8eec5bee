import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importDocuments } from "#src/cli/import";
import type { Call, Verb } from "#src/cli/verb";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-cli-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const prepared = (words: string, out: string | undefined): Promise<Verb> => {
  const call: Call = { locale: "en", words, question: undefined, pack: undefined, out, explain: false };
  return importDocuments.prepare(call);
};

const TEXT =
  "## What is a lease?\n\nA lock that ends unless it is renewed.\n\n## Why a quorum?\n\n## What is a cache?\n\nA copy of data in memory.\n";

describe("What import reports", () => {
  it("names the id of each question that it has written, for scripts and for people", async () => {
    writeFileSync(join(folder, "locks.md"), TEXT);
    const out = join(folder, "pack");
    const verb = await prepared(join(folder, "locks.md"), out);
    const { questions } = await verb.answerText("");
    expect(questions).toMatchObject([
      { title: "What is a lease?", lines: [1, 3], scorable: true, id: "locks-q1" },
      { title: "Why a quorum?", scorable: false },
      { title: "What is a cache?", scorable: true, id: "locks-q3" },
    ]);
    // Nobody can score the second, and it was not written.
    expect(JSON.stringify(questions).match(/"id":/gu)).toHaveLength(2);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(["locks-q1.json", "locks-q3.json"]));
    const shown = await verb.show("");
    expect(shown).toContain("1–3  What is a lease?  [locks-q1]");
    expect(shown).toContain("What is a cache?  [locks-q3]");
    expect(shown).not.toContain("locks-q2");
  });

  it("keeps its fields where nothing is written", async () => {
    writeFileSync(join(folder, "locks.md"), TEXT);
    const answer = await (await prepared(join(folder, "locks.md"), undefined)).answerText("");
    expect(Object.keys(answer)).toEqual(["questions", "dropped", "warnings"]);
    expect(JSON.stringify(answer)).not.toContain('"id"');
  });

  it("names what lay beside the documents and was left alone, which is no fault", async () => {
    writeFileSync(join(folder, "locks.md"), TEXT);
    writeFileSync(join(folder, "copy.md"), TEXT);
    writeFileSync(join(folder, "..evil.md"), TEXT);
    const verb = await prepared(folder, undefined);
    expect(await verb.answerText("")).toMatchObject({
      skipped: [{ file: "..evil.md" }, { file: "locks.md", reason: expect.stringContaining("“copy.md”") }],
    });
    expect(await verb.show("")).toMatch(/\.\.evil\.md: left alone\..*\n\nlocks\.md: left alone\./u);
    expect(verb.foundFault?.()).toBe(false);
  });
});
