import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MemberId, memberIdSchema } from "#core/ids";
import type { Block } from "#core/reply";
import { plainText } from "#src/adapters/chat/plain-text";
import { uploaded } from "#src/adapters/slack/files";
import { membersIn, renderReply } from "#src/adapters/slack/render";
import { hostile } from "#test/adapters/hostile";
import { drawn, markupIn, objectsIn, privately, wordsIn } from "./drawn.ts";

const said: Block = { kind: "text", text: "It fits." };
const ann: MemberId = memberIdSchema.parse("U0123456");

describe("a reply as a Slack message", () => {
  it("is for the member's eyes only unless the reply is public", () => {
    const [hidden] = renderReply(privately(said), { locale: "en" });
    const [open] = renderReply({ ...privately(said), visibility: "public" }, { locale: "en" });
    expect([hidden?.ephemeral, open?.ephemeral]).toEqual([true, false]);
  });

  it("draws a sentence as rich text, in which nothing is markup", () => {
    const { blocks, text } = drawn({ kind: "text", text: "*not bold* <!channel> & :smile:" });
    expect(blocks).toEqual([
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [{ type: "text", text: "*not bold* <!channel> & :smile:" }],
          },
        ],
      },
    ]);
    expect(text).toBe("*not bold* &lt;!channel&gt; &amp; :smile:");
  });

  it("is drawn as exactly what was written, whatever that is made of", () => {
    fc.assert(
      fc.property(hostile(), (written) => {
        const shown = plainText(written);
        fc.pre(shown !== "");
        const [block] = drawn({ kind: "text", text: written }).blocks;
        const texts = objectsIn(block).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
        expect(texts.join("")).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });

  it("takes a heading as a header, with ten marks for a score", () => {
    const { blocks } = drawn({ kind: "heading", text: "Score 53 / 100", score: 53 }, said);
    expect(blocks[0]).toEqual({
      type: "header",
      text: { type: "plain_text", text: "Score 53 / 100", emoji: false },
    });
    expect(wordsIn(blocks)).toContain("▰▰▰▰▰▱▱▱▱▱");
  });

  it("sets key points apart, with the member's words as quotations and the source in small print", () => {
    const { blocks } = drawn({
      kind: "verdicts",
      answer: "mix *old* data",
      rows: [
        { verdict: "hit", label: "Hit", title: "Replay", quotes: ["mix *old* data"], source: "From §3" },
        { verdict: "miss", label: "Not mentioned yet", title: "key point 2", quotes: [], note: "Hint" },
      ],
    });
    expect(blocks.map(({ type }) => type)).toEqual(["rich_text", "context", "rich_text"]);
    expect(blocks[0]).toMatchObject({
      elements: [
        {
          type: "rich_text_section",
          elements: [{ text: "✅ " }, { text: "Hit: Replay", style: { bold: true } }],
        },
        { type: "rich_text_quote", elements: [{ text: "“mix *old* data”" }] },
      ],
    });
    expect(blocks[1]).toMatchObject({ elements: [{ type: "plain_text", text: "From §3" }] });
  });

  it("gives a deadline as an instant that every reader sees in their own zone", () => {
    const { blocks, text } = drawn({ kind: "deadline", label: "Open until", at: 1_800_000_000_000 });
    const instant = "<!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>";
    expect(markupIn(blocks)).toEqual([`⏳ *Open until* ${instant}`]);
    expect(text).toBe(`Open until ${instant}`);
  });

  it("keeps a label that would be read as markup out of the markup", () => {
    const { blocks } = drawn({ kind: "deadline", label: "*Open* <!here>", at: 1_800_000_000_000 });
    expect(markupIn(blocks)).toEqual(["<!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>"]);
    expect(wordsIn(blocks)).toContain("*Open* <!here>");
  });

  it("draws fields in two columns, and below each other where their text means something to Slack", () => {
    const fields = (value: string): Block => ({
      kind: "fields",
      fields: [
        { label: "Streak", value },
        { label: "Longest", value: "5 days" },
      ],
    });
    expect(drawn(fields("3 days")).blocks).toMatchObject([
      { type: "section", fields: [{ text: "*Streak*\n3 days" }, { text: "*Longest*\n5 days" }] },
    ]);
    expect(drawn(fields("max_length=2048")).blocks.map(({ type }) => type)).toEqual(["rich_text"]);
    expect(markupIn(drawn(fields("max_length=2048")).blocks)).toEqual([]);
  });

  it("shows pictures where they stand, under the ids that their uploads got", () => {
    const picture = (alt: string): Block => ({ kind: "picture", png: new Uint8Array([137, 80]), alt });
    const { blocks, files, text } = drawn(said, picture("16.9 GiB."), said, picture("A calendar."));
    expect(files.map(({ kind, alt }) => [kind, alt])).toEqual([
      ["picture", "16.9 GiB."],
      ["picture", "A calendar."],
    ]);
    expect(text).toContain("16.9 GiB.");
    const sent = uploaded(blocks, ["F1", "F2"]);
    expect(sent.filter(({ type }) => type === "image")).toEqual([
      { type: "image", slack_file: { id: "F1" }, alt_text: "16.9 GiB." },
      { type: "image", slack_file: { id: "F2" }, alt_text: "A calendar." },
    ]);
  });

  it("says in words what a picture shows that could not be uploaded", () => {
    const { blocks } = drawn(said, { kind: "picture", png: new Uint8Array([1]), alt: "16.9 GiB." });
    const sent = uploaded(blocks, [null]);
    expect(sent.some(({ type }) => type === "image")).toBe(false);
    expect(wordsIn(sent)).toContain("16.9 GiB.");
    expect(uploaded(blocks, [])).toEqual(sent);
  });

  it("names members without mentioning them, and leaves out whose name is not known", () => {
    const reply = privately(
      { kind: "members", label: "Kept it", members: [ann, memberIdSchema.parse("U7777777")] },
      { kind: "quote", label: "95 of 100", text: "It forgets.", by: ann },
    );
    expect(membersIn(reply)).toEqual(["U0123456", "U7777777"]);
    const [message] = renderReply(reply, { locale: "en", names: new Map([["U0123456", "<!here> Ann"]]) });
    const words = wordsIn(message?.blocks ?? []);
    expect(words).toContain("Kept it\n <!here> Ann");
    expect(words).toContain(" · <!here> Ann");
    expect(words).not.toContain("U7777777");
    expect(markupIn(message?.blocks ?? [])).toEqual([]);
    expect(message?.text).toContain("&lt;!here&gt; Ann");
  });

  it("leaves out what a picture beside it says as a strip, and puts a longer table last", () => {
    const picture: Block = { kind: "picture", png: new Uint8Array([1]), alt: "A calendar." };
    const table = (rows: string[][]): Block => ({
      kind: "table",
      columns: [
        { label: "day", align: "left" },
        { label: "mark", align: "left" },
      ],
      rows,
      repeats: "picture",
    });
    expect(wordsIn(drawn(picture, table([["Mon", "●"]])).blocks)).not.toContain("●");
    const both = drawn(
      picture,
      table([
        ["Mon", "●"],
        ["Tue", "×"],
      ]),
      said,
      {
        kind: "buttons",
        buttons: [{ label: "Why?", action: { command: "streak", options: {} }, style: "secondary" }],
      },
    );
    expect(both.blocks.map(({ type }) => type)).toEqual(["image", "rich_text", "rich_text", "actions"]);
    expect(wordsIn(both.blocks.slice(2, 3))).toContain("×");
  });

  it("attaches a file under a name that is kept as it is", () => {
    const { files, blocks } = drawn({ kind: "file", name: "../我的 data.json", content: "{}" });
    expect(files.map(({ kind, name, data }) => [kind, name, data.toString()])).toEqual([
      ["text", "data.json", "{}"],
    ]);
    expect(blocks.length).toBeGreaterThan(0);
  });

  it("numbers a list on where it is longer than one block", () => {
    const items = Array.from({ length: 80 }, (_, at) => `item number ${at + 1} `.repeat(6));
    const { blocks } = drawn({ kind: "list", ordered: true, items });
    const words = wordsIn(blocks);
    expect(words).toContain("1. item number 1 ");
    expect(words).toContain("80. item number 80 ");
  });
});
