import { describe, expect, it } from "vitest";
import { draftOf, saidIn } from "./said.ts";

const page = (body: string): string => `<!doctype html><html><body>${body}</body></html>`;

const lease: [string, string[]] = ["What is a lease?", ["A lock that ends unless it is renewed."]];

describe("A list of definitions on a page", () => {
  it("gives each term that asks as a question, and what it is as the answer, with its paragraphs and lists", async () => {
    const text = page(`<h1>Locks</h1><dl>
      <dt>What is a lease?</dt><dd>A lock that ends unless it is renewed.</dd>
      <dt>Explain a quorum</dt><dd><p>More than half of the replicas agree.</p><ul><li>Reads overlap with writes.</li><li>One replica may fail.</li></ul></dd>
      <dt>Lease vs lock</dt><dd>A lock is held until it is released.</dd><dd>A lease ends by itself.</dd>
    </dl>`);
    expect(await saidIn("a.html", text)).toEqual([
      lease,
      ["Explain a quorum", ["Reads overlap with writes.", "One replica may fail."]],
      ["Lease vs lock", ["A lock is held until it is released.", "A lease ends by itself."]],
    ]);
  });

  it.each([
    ["without end tags", "<dl><dt>What is a lease?<dd>A lock that ends unless it is renewed.</dl>"],
    [
      "in groups",
      "<dl><div><dt>What is a lease?</dt><dd>A lock that ends unless it is renewed.</dd></div></dl>",
    ],
    [
      "with questions in bold",
      "<dl><dt><b>What is a lease?</b></dt><dd>A lock that ends unless it is renewed.</dd></dl>",
    ],
  ])("is read %s", async (_kind, list) => {
    expect(await saidIn("a.html", page(list))).toEqual([lease]);
  });

  it("below headings that ask gives questions as well, and no term that asks nothing is one", async () => {
    const text = page(`<article><h1>Storage</h1>
<h2>What is caching?</h2><p>A copy of data near whoever reads it.</p>
<h2>FAQ</h2><dl>
<dt>Why is a cache stale?</dt><dd>Its source has changed since the cache was filled.</dd>
<dt>Pages</dt>
<dd>See the wiki of the team for more of them.</dd>
<dt>When does a cache evict?</dt><dd>When its memory is full, the entry that was least recently read goes.</dd></dl></article>`);
    const draft = await draftOf("a.html", text);
    expect(draft.questions.map(({ title }) => title)).toEqual([
      "What is caching?",
      "Why is a cache stale?",
      "When does a cache evict?",
    ]);
    expect(draft.dropped.map(({ reason }) => reason)).toContain("a section that asks nothing");
    expect(JSON.stringify(draft.questions)).not.toContain("wiki");
  });

  it("within an answer gives its terms as key points", async () => {
    const text = page(
      "<h2>What does a lease have?</h2><dl><dt>Owner</dt><dd>Which client holds the lock now.</dd><dt>Term</dt><dd>How many seconds it holds the lock.</dd><dt>Token</dt><dd>A number that grows with each owner.</dd></dl><h2>What is a quorum?</h2><p>More than half of the replicas agree.</p>",
    );
    expect((await draftOf("a.html", text)).questions[0]?.points.map(({ title }) => title)).toEqual([
      "Owner",
      "Term",
      "Token",
    ]);
  });

  it("is read in Markdown as well, several to a line or one to each", async () => {
    const text =
      "# Locks\n\n<dl>\n<dt>What is a lease?</dt>\n<dd>A lock that ends unless it is renewed.</dd>\n<dt>Explain a quorum</dt><dd>More than half of the replicas agree.</dd>\n</dl>\n";
    const draft = await draftOf("a.md", text);
    expect(draft.questions.map(({ lines }) => lines[0])).toEqual([4, 6]);
    expect(await saidIn("a.md", text)).toEqual([
      lease,
      ["Explain a quorum", ["More than half of the replicas agree."]],
    ]);
  });
});
