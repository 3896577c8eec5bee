import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Reply } from "#core/reply";
import { renderHome } from "#src/adapters/slack/home";
import { renderForm, sentView, waitingView } from "#src/adapters/slack/modal";
import { renderReply } from "#src/adapters/slack/render";
import { form, reply } from "#test/adapters/hostile-replies";
import { checkView } from "#test/doubles/slack/block-rules";
import { checkManners, checkMessage } from "#test/doubles/slack/message-rules";
import { markupIn, objectsIn, privately, wordsIn } from "./drawn.ts";

const sent = (value: unknown) => JSON.parse(JSON.stringify(value));

/** What the strict table finds in the messages of a reply. */
const faultsOf = (given: Reply, locale: "zh" | "en") =>
  renderReply(given, { locale }).flatMap(({ text, blocks }) => {
    const body = sent({ text, blocks });
    return [...checkMessage(body), ...checkManners(body)];
  });

/** Our own markup: a label in bold that holds no markup, and the instant of a deadline. */
const ours =
  /^(?:⏳ )?(?:\*[^*_~`<>&]+\*)?[ \n]?(?:<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\d-]+ [\d:]+ UTC>|[^*_~`<>&]*)$/u;

/** What names a member, a channel, a group or everybody, or leads somewhere, as an element of rich text. */
const acting = new Set(["user", "usergroup", "channel", "broadcast", "team", "link", "emoji", "color"]);

describe("a reply on Slack, whatever a member wrote", () => {
  it("never passes a limit of the platform", () => {
    fc.assert(
      fc.property(reply, fc.constantFrom("zh" as const, "en" as const), (given, locale) => {
        expect(faultsOf(given, locale)).toEqual([]);
        const messages = renderReply(given, { locale });
        expect(messages.length).toBeGreaterThan(0);
        for (const { blocks } of messages) expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
        for (const { text } of messages[0]?.keep ?? []) expect(text.length).toBeLessThanOrEqual(20_000);
      }),
      { numRuns: 200 },
    );
  });

  it("mentions nobody, links nowhere and formats nothing", () => {
    fc.assert(
      fc.property(reply, (given) => {
        for (const { text, blocks } of renderReply(given, { locale: "en" })) {
          for (const markup of markupIn(blocks)) expect(markup).toMatch(ours);
          for (const { type, url } of objectsIn(blocks)) {
            expect(acting).not.toContain(type);
            expect(url).toBeUndefined();
          }
          const controls = text.replaceAll(/<!date\^\d+\^[^<>|]*\|[^<>|]*>/gu, "");
          expect(controls).not.toMatch(/[<>]/u);
          expect(controls.replaceAll(/&(?:amp|lt|gt);/gu, "")).not.toContain("&");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never passes a limit in a form, in what it turns into, and on the Home tab", () => {
    fc.assert(
      fc.property(form, reply, (given, result) => {
        expect(checkView(sent(renderForm(given, { locale: "en" }).view), "modal")).toEqual([]);
        const told = sentView(result, { locale: "zh", title: given.title });
        if (told !== null) expect(checkView(sent(told.view), "modal")).toEqual([]);
        expect(checkView(sent(renderHome(result, { locale: "zh" }).view), "home")).toEqual([]);
        expect(checkView(sent(waitingView({ locale: "zh", title: given.title })), "modal")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("parts an item of a list that is longer than one element may be", () => {
    const result = privately({ kind: "list", ordered: false, items: ["梯".repeat(3500), "short"] });
    const told = sentView(result, { locale: "zh", title: "t" });
    expect(told === null ? null : checkView(sent(told.view), "modal")).toEqual([]);
  });

  it.each([
    ["one paragraph", (words: string[]) => privately({ kind: "text", text: words.join(" ") })],
    ["a paragraph without blanks", (words: string[]) => privately({ kind: "text", text: words.join("，") })],
    ["many lines", (words: string[]) => privately({ kind: "text", text: words.join("\n") })],
    ["a pasted log", (words: string[]) => privately({ kind: "code", text: words.join("\n") })],
    ["a list", (words: string[]) => privately({ kind: "list", ordered: true, items: words })],
    [
      "a table",
      (words: string[]) =>
        privately({
          kind: "table",
          columns: [
            { label: "模型", align: "left" },
            { label: "GiB", align: "right" },
          ],
          rows: words.map((word) => [word, "1"]),
        }),
    ],
    ["notes", (words: string[]) => privately(...words.map((text): Block => ({ kind: "note", text })))],
    [
      "fields",
      (words: string[]) =>
        privately({ kind: "fields", fields: words.map((word) => ({ label: word, value: word })) }),
    ],
    [
      "verdicts",
      (words: string[]) =>
        privately({
          kind: "verdicts",
          rows: words.map((word) => ({
            verdict: "hit",
            label: "Hit",
            title: word,
            quotes: ["混入一部分旧数据一起训练"],
          })),
        }),
    ],
    ["a quote", (words: string[]) => privately({ kind: "quote", label: "Answer", text: words.join(" ") })],
  ])("loses no word of %s that is too long for one message", (_, replyOf) => {
    const words = Array.from({ length: 2500 }, (__, at) => `w${at}w`);
    const given = replyOf(words);
    const messages = renderReply(given, { locale: "zh" });
    expect(messages.length).toBeGreaterThan(1);
    expect(faultsOf(given, "zh")).toEqual([]);
    const said = messages.map(({ blocks }) => wordsIn(blocks)).join("\n");
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
  });

  it("cuts what is read aloud before an instant or an escape, never within", () => {
    for (let length = 3880; length < 4000; length += 1) {
      const given = privately(
        { kind: "text", text: "w".repeat(length) },
        { kind: "deadline", at: 1_000_000_000_000, label: "Closes" },
        { kind: "text", text: "&".repeat(40) },
      );
      const [message] = renderReply(given, { locale: "en" });
      const words = message?.text.replaceAll(/<!date\^\d+\^[^<>|]*\|[^<>|]*>/gu, "") ?? "<";
      expect(words).not.toMatch(/[<>]/u);
      expect(words.replaceAll("&amp;", "")).not.toContain("&");
    }
  });

  it("parts what is too long where a sentence ends", () => {
    const text = "这是一句完整的话，说的是显存为什么会不够。".repeat(600);
    for (const { blocks } of renderReply(privately({ kind: "text", text }), { locale: "zh" })) {
      for (const block of blocks) expect(wordsIn([block])).toMatch(/。$/u);
    }
  });

  it("keeps a key point whole where a message ends, and a heading with what it is over", () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({
      verdict: "hit" as const,
      label: "Hit",
      title: `point ${at}`,
      quotes: ["word ".repeat(50)],
      note: `the end of ${at}.`,
    }));
    const heading: Block = { kind: "heading", text: "Over it" };
    const given = privately(heading, { kind: "verdicts", answer: "word", rows }, heading, {
      kind: "text",
      text: "below",
    });
    const messages = renderReply(given, { locale: "en" });
    expect(messages.length).toBeGreaterThan(1);
    for (const { blocks } of messages) {
      expect(wordsIn(blocks.slice(0, 1))).toMatch(/^(?:✅|Over it)/u);
      expect(wordsIn(blocks.slice(-1))).toMatch(/(?:the end of \d+\.|below)$/u);
    }
  });
});
