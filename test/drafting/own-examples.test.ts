import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintRubrics } from "#core/scoring/lint";
import { loadGlossary, readSources, SHIPPED_CONTENT } from "#src/content/library";
import type { DraftQuestion } from "#src/drafting/draft";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";
import { draftOf } from "#test/drafting/said";

const glossary = loadGlossary();
const files = readSources(SHIPPED_CONTENT).glossary.map(({ value }) => value);

/** What the lint calls a fault of a question as it is drafted. */
function faultsOf(draft: DraftQuestion): readonly string[] {
  const { question, rubric } = draftFiles("q", "doc", draft, glossary);
  return lintRubrics([{ question, rubric }], files).flatMap(({ lack, what }) =>
    lack === undefined ? [what] : [],
  );
}

const faultsIn = async (text: string): Promise<readonly string[]> =>
  (await draftOf("a.md", text)).questions.filter(({ scorable }) => scorable).flatMap(faultsOf);

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
    expect(await faultsIn(text)).toEqual([]);
  });

  it("get it where the title is the statement, which would be said twice", async () => {
    const text = asked(
      "What did HTTP/2 add over HTTP/1.1?",
      "Several streams share one connection.",
      "Headers are compressed by a table that both sides keep.",
      "The server orders what it sends by weight.",
    );
    expect(await faultsIn(text)).toEqual([]);
  });

  it("get it where a point says what is not so, in whatever form of the word", async () => {
    const text = asked(
      "What does attention cost for a sequence of length n?",
      "Every token is compared with every other, which is quadratic in n.",
      "FlashAttention avoids storing that matrix and works through it in tiles, which makes the memory linear.",
      "Hardly any room is wasted by fragmentation, so more requests fit into the same card.",
      "A later request with the same prefix skips the prefill of that part.",
    );
    expect(await faultsIn(text)).toEqual([]);
  });

  it("ask for no name that stands in the question, also inside a longer one", async () => {
    const text = asked(
      "层归一化放在前面好还是后面好？",
      "放在前面训练更稳，梯度能沿着残差直接传下去。",
      "放在后面最终效果略好，但要预热。",
      "归一化放错位置，深层网络容易发散。",
    );
    expect(await faultsIn(text)).toEqual([]);
  });

  it("hold for all but a few points of documents that nothing was written for", async () => {
    const root = join(import.meta.dirname, "..", "fixtures", "documents", "held-out");
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(?:md|txt|html|csv|tsv)$/u.test(name),
    );
    let points = 0;
    const faults: string[] = [];
    for (const name of names) {
      const { draft } = await importDocument(name, readFileSync(join(root, name)));
      for (const question of draft.questions.filter(({ scorable }) => scorable)) {
        points += question.points.length;
        faults.push(...faultsOf(question));
      }
    }
    expect(points).toBeGreaterThan(1000);
    // Each point brings two examples. What is left is off the topic for the learnt grader, or asks.
    expect(faults.length / (2 * points), faults.join("\n")).toBeLessThanOrEqual(0.012);
    expect(faults.filter((what) => !what.includes(" gets "))).toEqual([]);
  });
});
