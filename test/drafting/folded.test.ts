import { describe, expect, it } from "vitest";
import { importDocument } from "#src/drafting/formats/format";

describe("A page whose answers fold out", () => {
  it("asks what stands above them", async () => {
    const page = ["What does a mask do?", "Why are there several heads?", "How is attention scaled?"]
      .map(
        (title, at) =>
          `<h3>${title}</h3><details><summary>${at === 2 ? "Show answer" : "Answer"}</summary><p>It hides later tokens from earlier ones in layer ${at}.</p></details>`,
      )
      .join("");
    const { draft } = await importDocument(
      "fold.html",
      Buffer.from(`<html><body><main>${page}</main></body></html>`),
    );
    expect(draft.questions.map(({ title, scorable }) => [title, scorable])).toEqual([
      ["What does a mask do?", true],
      ["Why are there several heads?", true],
      ["How is attention scaled?", true],
    ]);
  });
});

describe("A list of two thousand steps", () => {
  it("is read as far as anybody would go down", async () => {
    const list = Array.from(
      { length: 2000 },
      (_, at) => `${"  ".repeat(at)}- entry ${at} keeps the cache warm`,
    ).join("\n");
    const { draft } = await importDocument(
      "deep.md",
      Buffer.from(`## 1. What is a cache?\n\nIt keeps what is read often.\n${list}\n`),
    );
    expect(draft.questions.map(({ title }) => title)).toEqual(["What is a cache?"]);
    expect(draft.questions[0]?.points.length).toBeGreaterThan(0);
  });
});
