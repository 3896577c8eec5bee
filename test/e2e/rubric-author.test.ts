import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ContentFolder } from "#test/content/folder";
import { root } from "#test/e2e/conversation";

const rehearsal = (args: readonly string[], input = "") =>
  spawnSync(process.execPath, ["--import", "./src/require-node-24.js", "src/cli.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C" },
    input,
    encoding: "utf8",
  });

const RULES = "sample/warm-up.rubric.json";

/** The sample content with rules that keep what their examples promise. */
function soundContent(): ContentFolder {
  const folder = new ContentFolder();
  const rules = JSON.parse(folder.read(RULES)) as { points: object[] };
  const [early, adam] = rules.points;
  const points = [
    { ...early, contradictable: false, claims: ["learning-rate"] },
    { ...adam, contradictable: false },
  ];
  folder.write(RULES, JSON.stringify({ ...rules, points }, null, 2));
  return folder;
}

describe("rehearsal rubric lint", () => {
  it("says nothing and ends with 0 where the rules do what they should", () => {
    const run = rehearsal(["rubric", "lint", "--pack", soundContent().dir]);
    expect(run).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  it("prints a line for each finding, with its place, what it is and how to mend it, and ends with 1", () => {
    const folder = soundContent();
    folder.replace(RULES, '"a high learning rate diverges"', '"nothing of the kind"');
    const run = rehearsal(["rubric", "lint", "--pack", folder.dir]);
    expect(run.status).toBe(1);
    expect(run.stderr).toBe("");
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    const [place = "", said = ""] = lines[0]?.split("  ") ?? [];
    const [file, line, column] = place.split(":");
    expect(file).toBe(folder.path(RULES));
    expect(
      folder
        .read(RULES)
        .split("\n")
        [Number(line) - 1]?.slice(Number(column) - 1),
    ).toMatch(/^"nothing of the kind"/);
    expect(said).toMatch(/^warm-up warm-up-early: “nothing of the kind” gets miss, not hit; .*--explain/);
  });

  it("looks at the glossary of the content it was given, and not at Rehearsal's own", () => {
    const folder = soundContent();
    folder.replace("glossary/words.json", '["warmup"]', '["warmup", "Learning Rate"]');
    const all = rehearsal(["rubric", "lint", "--pack", folder.dir]);
    expect(all.stdout).toMatch(
      /words\.json:\d+:\d+ {2}“learning rate” names both learning-rate and warmup; /,
    );
    const packOnly = rehearsal(["rubric", "lint", "--pack", folder.path("sample")]);
    expect(packOnly.stdout).not.toContain("glossary");
  });

  it("prints the same as one object for scripts", () => {
    const folder = soundContent();
    folder.replace(RULES, '"a high learning rate diverges"', '"nothing of the kind"');
    const run = rehearsal(["rubric", "lint", "--json", "--pack", folder.dir]);
    expect(run.status).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      findings: [
        { question: "warm-up", point: "warm-up-early", what: "“nothing of the kind” gets miss, not hit" },
      ],
    });
  });

  it("refuses content that does not load, with its place", () => {
    const folder = soundContent();
    folder.replace(RULES, '"claims"', '"claim"');
    const run = rehearsal(["rubric", "lint", "--pack", folder.dir]);
    expect(run.status).toBe(1);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(/warm-up\.rubric\.json:\d+:\d+ the key "claim" is not known here/);
  });

  it.each([[["rubric"]], [["rubric", "polish"]], [["rubric", "lint", "--jsonl"]]])(
    "takes %j for wrong usage",
    (args) => {
      const run = rehearsal(args);
      expect(run.status).toBe(2);
      expect(run.stderr).toContain("rehearsal rubric lint");
    },
  );
});

describe("rehearsal grade --explain", () => {
  it("tells of each point which words and which rule decided", () => {
    const run = rehearsal(["grade", "--explain", "--question", "q5-oom"], "减小 batch size");
    expect(run.status).toBe(0);
    expect(run.stdout).toContain("Clauses and the words found in them");
    expect(run.stdout).toMatch(/→ for .* batch-size:down/);
  });

  it("is for people and for answers, and says so", () => {
    for (const args of [
      ["grade", "--explain", "--json", "--question", "q5-oom"],
      ["oom", "--explain"],
    ]) {
      const run = rehearsal(args);
      expect(run.status).toBe(2);
      expect(run.stderr).toContain("--explain");
    }
  });

  it("refuses a question that there is not", () => {
    const run = rehearsal(["grade", "--explain", "--question", "q9"], "x");
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("q5-oom");
  });
});
