import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Reply } from "#core/reply";
import { renderForm } from "#src/adapters/discord/form";
import { type DiscordMessage, renderReply } from "#src/adapters/discord/render";
import { readMarkdown } from "#src/adapters/local/page/client/discord-markdown";
import { form, reply } from "#test/adapters/hostile-replies";
import { checkMessage } from "#test/doubles/discord/message-rules";
import { checkModal } from "#test/doubles/discord/modal-rules";
import { openapiJudge } from "#test/doubles/discord/openapi";

const judge = openapiJudge();

/** What the strict table and Discord's own description find in a message. */
const faultsOf = ({ body, files }: DiscordMessage) => {
  const facts = files.map(({ name, data }) => ({ name, size: data.length }));
  const sent = JSON.parse(JSON.stringify(body));
  return [
    ...checkMessage(sent, "post", facts),
    ...checkMessage({ ...sent, flags: 64 }, "reply", facts),
    ...checkMessage(sent, "edit", facts),
    ...judge("POST", "/channels/1/messages", sent),
    ...judge("PATCH", "/channels/1/messages/1", sent),
  ];
};

/** Every text of a message that Discord reads as markdown. */
const markdownOf = ({ body }: DiscordMessage): string[] => [
  body.content,
  ...body.embeds.flatMap(({ title = "", description = "", fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]),
];

const wordsOf = (messages: readonly DiscordMessage[]): string =>
  messages
    .flatMap(({ body }) => [
      ...markdownOf({ body, files: [], keep: [], ephemeral: true }),
      ...body.embeds.map(({ footer }) => footer?.text ?? ""),
    ])
    .join("\n");

const blocksOf = (...blocks: Block[]): Reply => ({ visibility: "private", placement: "new", blocks });

describe("a reply on Discord, whatever a member wrote", () => {
  it("never passes a limit of the platform", () => {
    fc.assert(
      fc.property(reply, fc.constantFrom("zh" as const, "en" as const), (given, locale) => {
        const messages = renderReply(given, { locale });
        expect(messages.length).toBeGreaterThan(0);
        for (const message of messages) expect(faultsOf(message)).toEqual([]);
        for (const { text } of messages[0]?.keep ?? []) expect(text.length).toBeLessThanOrEqual(20_000);
      }),
      { numRuns: 250 },
    );
  });

  it("mentions nobody but those it names by their ids, and links nowhere", () => {
    fc.assert(
      fc.property(reply, (given) => {
        for (const message of renderReply(given, { locale: "en" })) {
          expect(message.body.allowed_mentions).toEqual({ parse: [] });
          for (const markdown of markdownOf(message)) {
            const pieces = readMarkdown(markdown).flatMap(({ of }) => of);
            for (const piece of pieces) {
              if (piece.kind === "mention") expect(piece.text).toBe("<@123456789012345678>");
              else expect(["text", "bold", "time"]).toContain(piece.kind);
            }
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it("never passes a limit in a form", () => {
    fc.assert(
      fc.property(form, (given) => {
        const { modal } = renderForm(given);
        const sent = JSON.parse(JSON.stringify(modal));
        expect(checkModal(sent)).toEqual([]);
        expect(judge("POST", "/interactions/1/token/callback", { type: 9, data: sent })).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["one paragraph", (words: string[]) => blocksOf({ kind: "text", text: words.join(" ") })],
    ["a paragraph without blanks", (words: string[]) => blocksOf({ kind: "text", text: words.join("，") })],
    ["many lines", (words: string[]) => blocksOf({ kind: "text", text: words.join("\n") })],
    ["a pasted log", (words: string[]) => blocksOf({ kind: "code", text: words.join("\n") })],
    ["a list", (words: string[]) => blocksOf({ kind: "list", ordered: true, items: words })],
    [
      "a table",
      (words: string[]) =>
        blocksOf({
          kind: "table",
          columns: [
            { label: "模型", align: "left" },
            { label: "GiB", align: "right" },
          ],
          rows: words.map((word) => [word, "1"]),
        }),
    ],
    ["notes", (words: string[]) => blocksOf(...words.map((text): Block => ({ kind: "note", text })))],
    [
      "fields",
      (words: string[]) =>
        blocksOf({ kind: "fields", fields: words.map((word) => ({ label: word, value: word })) }),
    ],
    [
      "verdicts",
      (words: string[]) =>
        blocksOf({
          kind: "verdicts",
          rows: words.map((word) => ({
            verdict: "hit",
            label: "Hit",
            title: word,
            quotes: ["混入一部分旧数据一起训练"],
          })),
        }),
    ],
    ["a quote", (words: string[]) => blocksOf({ kind: "quote", label: "Answer", text: words.join(" ") })],
  ])("loses no word of %s that is too long for one message", (_, replyOf) => {
    const words = Array.from({ length: 1500 }, (__, at) => `w${at}w`);
    const messages = renderReply(replyOf(words), { locale: "zh" });
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) expect(faultsOf(message)).toEqual([]);
    const said = wordsOf(messages);
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
  });

  it("parts what is too long where a sentence ends", () => {
    const text = "这是一句完整的话，说的是显存为什么会不够。".repeat(600);
    const messages = renderReply(blocksOf({ kind: "text", text }), { locale: "zh" });
    for (const { body } of messages) {
      for (const { description = "" } of body.embeds) expect(description).toMatch(/。$/u);
    }
  });

  it("keeps a key point whole where the message ends within it", () => {
    const rows = Array.from({ length: 30 }, (_, at) => ({
      verdict: "hit" as const,
      label: "Hit",
      title: `point ${at}`,
      quotes: ["word ".repeat(50)],
      note: `the end of ${at}.`,
    }));
    const messages = renderReply(blocksOf({ kind: "verdicts", answer: "word", rows }), { locale: "en" });
    expect(messages.length).toBeGreaterThan(1);
    for (const { body } of messages) {
      for (const { description = "" } of body.embeds) {
        expect(description).toMatch(/^✅ \*\*Hit: point \d+\*\*/u);
        expect(description).toMatch(/the end of \d+\.$/u);
      }
    }
  });

  it("says a table's heading again where the table goes on", () => {
    const rows = Array.from({ length: 300 }, (_, at) => [`card ${at}`, "24.0"]);
    const columns = [
      { label: "card", align: "left" as const },
      { label: "GiB", align: "right" as const },
    ];
    const messages = renderReply(blocksOf({ kind: "table", columns, rows }), { locale: "en" });
    const described = messages.flatMap(({ body }) => body.embeds.map(({ description = "" }) => description));
    expect(described.length).toBeGreaterThan(1);
    for (const description of described) expect(description).toMatch(/^```\ncard +GiB\n/u);
  });
});
