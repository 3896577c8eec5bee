import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "#test/e2e/conversation";

const guide = readFileSync(join(root, "content/README.md"), "utf8");

/** The lines that the guide for authors tells one to type, in order. */
const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gmu)].flatMap(([, block = ""]) =>
  block.trim().split("\n"),
);

/** A project of its own, so that the walk publishes nothing here. */
const project = mkdtempSync(join(tmpdir(), "rehearsal-author-"));

beforeAll(() => {
  for (const shared of ["package.json", "node_modules", "src", "docs"]) {
    symlinkSync(join(root, shared), join(project, shared));
  }
  cpSync(join(root, "content"), join(project, "content"), { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true }));

const type = (line: string) =>
  spawnSync("sh", ["-c", line], { cwd: project, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });

const typing = (part: string): string =>
  lines.find((line) => line.includes(part)) ?? `echo no line has ${part}; false`;

it("walks a stranger from the sample to a question that is asked, by the lines of content/README.md", () => {
  expect(lines).toHaveLength(8);
  expect(type(typing("cp -r"))).toMatchObject({ status: 0 });
  expect(type(typing("rubric lint"))).toMatchObject({ status: 0, stdout: "", stderr: "" });

  const graded = type(typing("rehearsal -- grade"));
  expect(graded.stdout).toMatch(/^Score 42 \/ 100\n/u);
  expect(graded.stdout).toContain("“方向不变”");
  expect(type(typing("grade:explain")).stdout).toContain("keep-direction");

  expect(type(typing('"status"'))).toMatchObject({ status: 0 });
  expect(type(typing('"draft": true'))).toMatchObject({ status: 0 });
  const early = type(typing("--pack content --question"));
  expect(early).toMatchObject({ status: 1 });
  expect(early.stderr).toContain("grad-clip-why is not published yet: run npm run content:publish");

  const published = type(typing("content:publish"));
  expect(published.stdout).toContain("published: grad-clip-why, gcl-norm, gcl-why");
  const asked: unknown = JSON.parse(type(typing("--pack content --question")).stdout);
  expect(asked).toMatchObject({
    points: expect.arrayContaining([expect.objectContaining({ id: "gcl-unscale", verdict: "hit" })]),
  });
});
