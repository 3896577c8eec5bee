import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Verdict } from "#core/scoring/grader";
import { lintRubrics } from "#core/scoring/lint";
import { gradeLocally } from "#core/scoring/local-grader";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import { loadGlossary, readSources, SHIPPED_CONTENT } from "#src/content/library";
import type { DraftQuestion } from "#src/drafting/draft";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";
import { draftOf } from "#test/drafting/said";

const glossary = loadGlossary();
const files = readSources(SHIPPED_CONTENT).glossary.map(({ value }) => value);

interface Tried {
  readonly example: string;
  readonly got: Verdict;
  /** By the rules, the signs and the senses alone: what they earn before anybody asks whether it says the reverse. */
  readonly earns: Verdict;
}

const verdictOn = (example: string, point: string, rubric: CompiledRubric): Verdict =>
  gradeLocally(example, rubric).points.find(({ id }) => id === point)?.verdict ?? "miss";

/** The examples of a question as it is drafted, each as a whole answer. */
function triedOf(draft: DraftQuestion): readonly Tried[] {
  const { question, rubric } = draftFiles("q", "doc", draft, glossary);
  const compiled = compileRubric(question, rubric, glossary);
  const plain = { ...compiled, reversible: undefined };
  return rubric.points.flatMap(({ id, examples }) =>
    examples.hit.map((example) => ({
      example,
      got: verdictOn(example, id, compiled),
      earns: verdictOn(example, id, plain),
    })),
  );
}

const failing = (tried: readonly Tried[], by: "got" | "earns"): readonly string[] =>
  tried.filter((one) => one[by] !== "hit").map((one) => `“${one.example}” gets ${one[by]}`);

const failingIn = async (text: string): Promise<readonly string[]> =>
  (await draftOf("a.md", text)).questions.flatMap((question) =>
    question.scorable ? failing(triedOf(question), "earns") : [],
  );

const asked = (question: string, ...entries: readonly string[]): string =>
  `## ${question}\n\n${entries.map((entry) => `- ${entry}`).join("\n")}\n`;

describe("The examples that a draft brings with it", () => {
  it("get their verdict where a sentence has few little words", async () => {
    const text = asked(
      "Why did the throughput fall overnight?",
      "One slow card holds up all others in every synchronous step.",
      "Thermal throttling after a fan failed.",
      "A small draft model proposes several tokens ahead.",
    );
    expect(await failingIn(text)).toEqual([]);
  });

  it("get it where the title is the statement, which would be said twice", async () => {
    const text = asked(
      "What did HTTP/2 add over HTTP/1.1?",
      "Several streams share one connection.",
      "Headers are compressed by a table that both sides keep.",
      "The server orders what it sends by weight.",
    );
    expect(await failingIn(text)).toEqual([]);
  });

  it("get it where a point says what is not so, in whatever form of the word", async () => {
    const text = asked(
      "What does attention cost for a sequence of length n?",
      "Every token is compared with every other, which is quadratic in n.",
      "FlashAttention avoids storing that matrix and works through it in tiles, which makes the memory linear.",
      "Hardly any room is wasted by fragmentation, so more requests fit into the same card.",
      "A later request with the same prefix skips the prefill of that part.",
    );
    expect(await failingIn(text)).toEqual([]);
  });

  it("ask for no name that stands in the question, also inside a longer one", async () => {
    const text = asked(
      "层归一化放在前面好还是后面好？",
      "放在前面训练更稳，梯度能沿着残差直接传下去。",
      "放在后面最终效果略好，但要预热。",
      "归一化放错位置，深层网络容易发散。",
    );
    const [draft] = (await draftOf("a.md", text)).questions;
    if (draft === undefined) throw new Error("there is no question");
    const found = lintRubrics([draftFiles("q", "doc", draft, glossary)], files);
    expect(found.filter(({ what }) => what.includes("stands in the question"))).toEqual([]);
  });

  it("hold for all but a few points of documents that nothing was written for", async () => {
    const root = join(import.meta.dirname, "..", "fixtures", "documents", "held-out");
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(?:md|txt|html|csv|tsv)$/u.test(name),
    );
    const drafts = await Promise.all(
      names.map(async (name) => (await importDocument(name, readFileSync(join(root, name)))).draft),
    );
    const tried = drafts.flatMap(({ questions }) =>
      questions.flatMap((question) => (question.scorable ? triedOf(question) : [])),
    );
    expect(tried.length).toBeGreaterThan(2500);
    const unearned = failing(tried, "earns");
    expect(unearned.length / tried.length, unearned.join("\n")).toBeLessThanOrEqual(0.018);
    const failed = failing(tried, "got");
    expect(failed.length / tried.length, failed.join("\n")).toBeLessThanOrEqual(0.02);
  });
});
