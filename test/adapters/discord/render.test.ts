import { describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Block, Reply } from "#core/reply";
import { renderReply } from "#src/adapters/discord/render";
import { drawn, privately } from "./drawn.ts";

const publicly = (...blocks: Block[]): Reply => ({ ...privately(...blocks), visibility: "public" });

const said: Block = { kind: "text", text: "It fits." };

describe("a reply as a Discord message", () => {
  it("is a plain sentence where it is one, without a card around it", () => {
    const message = drawn({ kind: "text", text: "No round is open here." });
    expect(message.content).toBe("No round is open here.");
    expect(message.embeds).toEqual([]);
  });

  it("is for the member's eyes only unless the reply is public", () => {
    const [hidden] = renderReply(privately(said), { locale: "en" });
    const [open] = renderReply(publicly(said), { locale: "en" });
    expect([hidden?.ephemeral, open?.ephemeral]).toEqual([true, false]);
  });

  it("carries every property, so that an edit leaves nothing of the message before", () => {
    const { files, keep, embed, ...body } = drawn(said);
    expect(Object.keys(body).toSorted()).toEqual([
      "allowed_mentions",
      "attachments",
      "components",
      "content",
      "embeds",
    ]);
  });

  it("takes its first heading as the card's title, and its colour from the score", () => {
    const high = drawn({ kind: "heading", text: "Score 92 / 100", score: 92 }, said);
    const low = drawn({ kind: "heading", text: "Score 8 / 100", score: 8 }, said);
    expect(high.embed?.title).toBe("Score 92 / 100");
    expect(high.embed?.description).toBe("▰▰▰▰▰▰▰▰▰▱\n\nIt fits.");
    expect(high.embed?.color).not.toBe(low.embed?.color);
  });

  it("sets key points apart, with the member's words as quotations", () => {
    const { embed } = drawn({
      kind: "verdicts",
      answer: "mix *old* data",
      rows: [
        { verdict: "hit", label: "Hit", title: "Replay", quotes: ["mix *old* data"], source: "From §3" },
        {
          verdict: "miss",
          label: "Not mentioned yet",
          title: "key point 2",
          quotes: [],
          note: "Hint: layers",
        },
      ],
    });
    expect(embed?.description).toBe(
      [
        "✅ **Hit: Replay**",
        "> “mix \\*old\\* data”",
        "-# From §3",
        "",
        "⬜ **Not mentioned yet: key point 2**",
        "Hint: layers",
      ].join("\n"),
    );
  });

  it("gives a deadline as an instant that every reader sees in their own zone", () => {
    const { embed } = drawn({ kind: "heading", text: "Today" }, said, {
      kind: "deadline",
      label: "Open until",
      at: 1_800_000_000_000,
    });
    expect(embed?.fields).toEqual([
      { name: "Open until", value: "<t:1800000000:f>\n<t:1800000000:R>", inline: true },
    ]);
  });

  it("keeps the columns of a table straight whatever width a Chinese character has", () => {
    const { embed } = drawn({
      kind: "table",
      columns: [
        { label: "部分", align: "left" },
        { label: "GiB", align: "right" },
      ],
      rows: [
        ["权重", "14.2"],
        ["KV 缓存", "0.9"],
        ["激活值和临时张量", "3.25"],
      ],
    });
    const lines = (embed?.description ?? "").split("\n").slice(1, -1);
    const wide = (line: string) => line.match(/[\u3000\p{sc=Han}]/gu)?.length ?? 0;
    expect(lines).toHaveLength(4);
    // As many wide characters and as many narrow ones in every line: straight in any font.
    expect(new Set(lines.map(wide)).size).toBe(1);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  });

  it("lets the last column of a wide table go on below itself, and reads many columns downwards", () => {
    const wrapped = drawn({
      kind: "table",
      columns: [
        { label: "Score", align: "right" },
        { label: "Question", align: "left" },
      ],
      rows: [["53", "What is catastrophic forgetting, and how do you keep a model from it?"]],
    });
    expect(wrapped.embed?.description).toContain(
      "   53  What is catastrophic forgetting, and\n       how do you keep",
    );
    const downwards = drawn({
      kind: "table",
      columns: Array.from({ length: 14 }, (_, at) => ({ label: `11/${at + 10}`, align: "right" as const })),
      rows: [Array.from({ length: 14 }, () => "●")],
    });
    expect(downwards.embed?.description).toMatch(/^\*\*11\/10\*\* {2}●\n\*\*11\/11\*\* {2}●\n/);
  });

  it("attaches a picture under the text before it, with the same in words for who cannot see it", () => {
    const { embeds, attachments, files } = drawn(
      { kind: "heading", text: "Memory" },
      { kind: "picture", png: new Uint8Array([137, 80]), alt: "16.9 GiB: weights 14.2, rest 2.7." },
      { kind: "note", text: "Measured." },
      { kind: "text", text: "After." },
    );
    expect(attachments).toEqual([
      { id: "0", filename: "picture-1.png", description: "16.9 GiB: weights 14.2, rest 2.7." },
    ]);
    expect(files[0]?.data).toEqual(Buffer.from([137, 80]));
    expect(embeds.map(({ image }) => image?.url)).toEqual(["attachment://picture-1.png", undefined]);
  });

  it("leaves out what the picture says as well where that would not read well beside it", () => {
    const columns = Array.from({ length: 14 }, () => ({ label: "11/25", align: "right" as const }));
    const picture: Block = { kind: "picture", png: new Uint8Array([1]), alt: "A calendar." };
    const table: Block = { kind: "table", columns, rows: [columns.map(() => "●")], repeats: "picture" };
    expect(JSON.stringify(drawn(picture, table).embeds)).not.toContain("11/25");
    expect(JSON.stringify(drawn(table).embeds)).toContain("11/25");
  });

  it("attaches a file under a name that Discord keeps", () => {
    const { files, attachments } = drawn({ kind: "file", name: "../我的 data.json", content: "{}" });
    expect(attachments.map(({ filename }) => filename)).toEqual(["data.json"]);
    expect(files[0]?.data.toString()).toBe("{}");
  });

  it("parts a file that is too large for one message", () => {
    const content = "显存".repeat(2_000_000);
    const messages = renderReply(privately({ kind: "file", name: "all.txt", content }), { locale: "en" });
    const files = messages.flatMap((message) => message.files);
    expect(files.map(({ name }) => name)).toEqual(["1-of-2-all.txt", "2-of-2-all.txt"]);
    expect(messages.map((message) => message.files.length)).toEqual([1, 1]);
    expect(files.map(({ data }) => data.toString()).join("")).toBe(content);
  });

  it("names members by their ids without notifying them, and reads no mention in anything else", () => {
    const [message] = renderReply(
      publicly({
        kind: "members",
        label: "Kept it",
        members: ["123456789012345678", "<@1>"].map((id) => memberIdSchema.parse(id)),
      }),
      { locale: "en" },
    );
    expect(message?.body.embeds[0]?.description).toBe("**Kept it** <@123456789012345678> \\<\\@1>");
    expect(message?.body.allowed_mentions).toEqual({ parse: [] });
  });
});
