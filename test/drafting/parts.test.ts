import { describe, expect, it } from "vitest";
import { foundPoint } from "#core/draft/found";
import { rubricFileSchema } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import { mergeToBudget } from "#src/drafting/budget";
import { openDrafting } from "#src/drafting/drafting";
import { draftFiles } from "#src/drafting/files";
import type { DraftPoint } from "#src/drafting/points";
import { draftOf } from "#test/drafting/said";

const glossary = loadGlossary();

const pointOf = (statement: string, line: number): DraftPoint => ({
  title: statement.slice(0, 20),
  statement,
  lines: [line, line],
  aliases: [],
  weight: 2,
  section: null,
});

/** An answer with more entries than a question has points. */
const LONG = `## How is a training run kept stable?

${[
  "Warm up the learning rate over the first steps.",
  "Clip the norm of the gradient.",
  "Keep the master weights in full precision.",
  "Skip steps whose loss is not finite.",
  "Shuffle the documents before every epoch.",
  "Watch the norm of each layer.",
  "Save a checkpoint every hour.",
  "Lower the learning rate after a spike.",
  "Filter documents that are far too long.",
  "Use a smaller epsilon in the optimizer.",
  "Normalise queries and keys before attention.",
  "Restart from the checkpoint before the spike.",
]
  .map((entry) => `- ${entry}`)
  .join("\n")}
`;

describe("A point that was joined to keep to the number of points", () => {
  it("knows the entries that it was joined out of, in their order; the others have no parts", async () => {
    const { questions } = await draftOf("a.md", LONG);
    const points = questions[0]?.points ?? [];
    expect(points).toHaveLength(10);
    const joined = points.filter(({ parts }) => parts !== undefined);
    expect(joined.flatMap(({ parts = [] }) => parts).length).toBe(12 - 10 + joined.length);
    for (const { parts = [], statement } of joined) expect(parts.join(" ")).toBe(statement);
  });

  it("has the parts of what it was joined out of, however often it was joined", () => {
    const points = Array.from({ length: 85 }, (_, at) => pointOf(`Entry ${at} says this.`, at + 1));
    const merged = mergeToBudget(points);
    expect(merged.flatMap(({ parts = [] }) => parts)).toEqual(points.map(({ statement }) => statement));
  });

  it("has no part that its statement had no room for, and none twice", () => {
    const entries = Array.from({ length: 11 }, (_, at) =>
      pointOf(`${at} ${"long ".repeat(150)}end.`, at + 1),
    );
    for (const { statement, parts = [] } of mergeToBudget(entries))
      for (const part of parts) expect(statement).toContain(part);
    const same = Array.from({ length: 11 }, (_, at) => pointOf("The same entry.", at + 1));
    expect(mergeToBudget(same).filter(({ parts }) => parts !== undefined)).toEqual([]);
  });

  it("has them in its rules, which a point of one entry has not", async () => {
    const { questions } = await draftOf("a.md", LONG);
    const [question] = questions;
    if (question === undefined) throw new Error("there is no question");
    const { rubric } = draftFiles("q", "doc", question, glossary);
    expect(rubric.points.map((point) => point.parts)).toEqual(question.points.map(({ parts }) => parts));
    expect(rubric.points.filter((point) => "parts" in point).length).toBeGreaterThan(0);
    expect(rubricFileSchema.parse(JSON.parse(JSON.stringify(rubric)))).toEqual(rubric);
  });

  it("keeps them through an import in chat, into the rules that its answers are graded by", async () => {
    const { questions } = await draftOf("a.md", LONG);
    const found = questions[0]?.points.find(({ parts }) => parts !== undefined);
    if (found === undefined) throw new Error("no point was joined");
    const kept = foundPoint("p", found);
    expect(kept.parts).toEqual(found.parts);
    const rules = await openDrafting(() => glossary).rules("q", "How?", [
      { ...found, id: "p", parts: kept.parts },
    ]);
    expect(rules.points[0]?.parts).toEqual(found.parts);
  });
});
