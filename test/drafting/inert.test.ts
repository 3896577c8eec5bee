import { describe, expect, it } from "vitest";
import { withoutMentions } from "#src/drafting/mentions";
import { draftOf, saidIn } from "./said.ts";

const QUORUM = "\n\n## What is a quorum?\n\nMore than half of the replicas agree.\n";

describe("A mention in a document", () => {
  it.each([
    ["everybody", "Ping @everyone with the incident number.", "Ping ＠everyone with the incident number."],
    [
      "a member of Discord",
      "The bot answers <@!123456> in the thread.",
      "The bot answers ＠123456 in the thread.",
    ],
    ["a role", "The server notifies <@&42> by its role.", "The server notifies ＠42 by its role."],
    ["a member of Slack", "The server notifies <@U12AB|ana> once.", "The server notifies ＠U12AB once."],
    [
      "a channel of Slack",
      "The server notifies <!channel> and @here.",
      "The server notifies ＠channel and ＠here.",
    ],
    ["a group in Chinese", "服务器用 @所有人 通知成员。", "服务器用 ＠所有人 通知成员。"],
    ["somebody in HTML letters", "The server notifies &lt;@77&gt; once.", "The server notifies ＠77 once."],
  ])("of %s loses no question, and mentions nobody in the draft", async (_kind, answer, statement) => {
    for (const name of ["a.md", "a.html"]) {
      const text =
        name === "a.md"
          ? `## How do you notify a team?\n\n${answer}${QUORUM}`
          : `<html><body><h2>How do you notify a team?</h2><p>${answer.replace(/<(?=[@!])/gu, "&lt;")}</p><h2>What is a quorum?</h2><p>More than half of the replicas agree.</p></body></html>`;
      expect((await saidIn(name, text))[0], name).toEqual(["How do you notify a team?", [statement]]);
    }
  });

  it("in a question or a card is none either", async () => {
    expect(
      await saidIn(
        "a.csv",
        "question,answer\nWhen is @here right?,It notifies @everyone who is <@9> online.\n",
      ),
    ).toEqual([["When is ＠here right?", ["It notifies ＠everyone who is ＠9 online."]]]);
  });

  it("is no address and no decorator", () => {
    for (const text of ["mail team@example.org", "@team.cached wraps it", "@allocator", "a <b> c"])
      expect(withoutMentions(text)).toBe(text);
  });
});

describe("Zero bytes and other controls", () => {
  it.each([
    ["a.md", "## What is\0 a lease?\n\nA lock that ends unless it\u0001 is renewed.\n"],
    [
      "a.csv",
      "question,answer\nWhat is\0 a lease?,A lock that ends unless it\u0001 is renewed.\nWhat is a quorum?,More than half agree.\n",
    ],
    [
      "a.html",
      "<html><body><h2>What is\0 a lease?</h2><p>A lock that\0 ends unless it is renewed.</p></body></html>",
    ],
  ])("in %s stand in no question and no statement", async (name, text) => {
    const [first] = await saidIn(name, text);
    expect(first).toEqual(["What is a lease?", ["A lock that ends unless it is renewed."]]);
  });
});

describe("Scripts and styles", () => {
  const spoils = /alert|track|color|margin|window|hidden words/u;

  it.each([
    ["in one line", 'A lock that ends. <script>alert("a lease")</script>\n'],
    [
      "over several lines",
      "A lock that ends.\n\n<style>\n.lease { color: red }\n\np { margin: 0 }\n</style>\n",
    ],
    [
      "in capitals, with attributes",
      'A lock that ends.\n<SCRIPT async src="x">\ntrack("the lease")\n</SCRIPT >\n',
    ],
    ["that are never closed", 'A lock that ends.\n\n<script>\ntrack("the lease");\n\nalert(1);\n'],
    ["that are never closed in their line", "A lock that ends.<style>.lease { color: red\n"],
    [
      "before others that are",
      "A lock that ends.\n\n<script>\nalert(2)\n\nIt has a term that the store knows.\n\n<script>track(1)</script>\n",
    ],
    ["in a comment", "A lock that ends.\n\n<!-- hidden words\nof the author -->\n"],
  ])("%s give no words, and take none from what stands behind them", async (_kind, text) => {
    const draft = await draftOf("a.md", `## What is a lease?\n\n${text}${QUORUM}`);
    expect(draft.questions.map(({ title }) => title)).toEqual(["What is a lease?", "What is a quorum?"]);
    const said = draft.questions.flatMap(({ points }) =>
      points.map(({ title, statement }) => title + statement),
    );
    expect(said.join("\n")).toContain("A lock that ends");
    expect(said.join("\n")).toContain("More than half");
    expect(said.join("\n")).not.toMatch(spoils);
  });

  it("in the cells of a table give no words", async () => {
    const text =
      "question,answer\nWhat is a lease?,A lock that ends.<script>alert('a lease')</script>\nWhat is a quorum?,<p>More than half agree.</p><style>.quorum { color: red }\n";
    expect(await saidIn("a.csv", text)).toEqual([
      ["What is a lease?", ["A lock that ends."]],
      ["What is a quorum?", ["More than half agree."]],
    ]);
  });

  it("that an answer speaks of stay in it", async () => {
    const text = `## What is XSS?\n\nA page runs \`<script>\` tags that a member wrote.\nA <script> tag in an answer is text, and the server escapes it.${QUORUM}`;
    const said = (await saidIn("a.md", text)).flatMap(([, statements]) => statements).join(" ");
    expect(said).toContain("tags that a member wrote");
    expect(said).toContain("tag in an answer is text");
    expect(said).toContain("More than half");
  });
});
