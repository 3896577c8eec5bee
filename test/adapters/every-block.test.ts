import { describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Block, Reply } from "#core/reply";
import { renderReply as onDiscord } from "#src/adapters/discord/render";
import { uploaded } from "#src/adapters/slack/files";
import { renderReply as onSlack } from "#src/adapters/slack/render";
import { checkMessage as checkOnDiscord } from "#test/doubles/discord/message-rules";
import { checkMessage as checkOnSlack } from "#test/doubles/slack/message-rules";

const action = { command: "quiz", options: {} };
const form = {
  title: "form title",
  submit: "form submit",
  action,
  fields: [{ option: "text", label: "field", placeholder: "", multiline: true, maxLength: 100 }],
};
const member = memberIdSchema.parse("123456789012345678");

/** Every kind that a reply can hold, and what must be seen or pressed of it on every platform. */
const samples: { readonly [Kind in Block["kind"]]: readonly [Extract<Block, { kind: Kind }>, ...string[]] } =
  {
    heading: [{ kind: "heading", text: "heading words", score: 50 }, "heading words", "▰▰▰▰▰▱▱▱▱▱"],
    text: [{ kind: "text", text: "text words" }, "text words"],
    note: [{ kind: "note", text: "note words" }, "note words"],
    fields: [
      { kind: "fields", fields: [{ label: "field label", value: "field value" }] },
      "field label",
      "field value",
    ],
    verdicts: [
      {
        kind: "verdicts",
        answer: "quoted words",
        rows: [
          {
            verdict: "partial",
            label: "verdict label",
            title: "point title",
            quotes: ["quoted words"],
            note: "verdict note",
            erratum: "erratum words",
            source: "source words",
          },
        ],
      },
      "🟡",
      "verdict label",
      "point title",
      "quoted words",
      "verdict note",
      "📌 erratum words",
      "source words",
    ],
    table: [
      {
        kind: "table",
        columns: [
          { label: "column one", align: "left" },
          { label: "column two", align: "right" },
        ],
        rows: [["cell one", "cell two"]],
        links: { column: 0, actions: [action] },
      },
      "column one",
      "column two",
      "cell one",
      "cell two",
    ],
    list: [{ kind: "list", ordered: true, items: ["item one", "item two"] }, "item one", "item two"],
    code: [{ kind: "code", text: "code words" }, "code words"],
    deadline: [
      { kind: "deadline", label: "deadline label", at: 1_800_000_000_000 },
      "deadline label",
      "1800000000",
    ],
    picture: [{ kind: "picture", png: new Uint8Array([1]), alt: "picture words" }, "picture words"],
    file: [{ kind: "file", name: "name.txt", content: "file words" }, "name.txt"],
    buttons: [
      { kind: "buttons", buttons: [{ label: "button label", action, style: "primary" }] },
      "button label",
      '[\\"run\\",\\"quiz\\",{}]',
    ],
    choices: [
      {
        kind: "choices",
        label: "menu label",
        option: "topic",
        action,
        multiple: false,
        choices: [{ value: "choice-value", label: "choice label", selected: false }],
      },
      "menu label",
      "choice label",
      "choice-value",
      '[\\"choice\\",\\"quiz\\",{},\\"topic\\",false]',
    ],
    quote: [
      { kind: "quote", label: "quote label", text: "quote words", by: member },
      "quote label",
      "quote words",
    ],
    members: [{ kind: "members", label: "members label", members: [member] }, "members label"],
    form: [{ kind: "form", form }, "form submit", '[\\"form\\",\\"quiz\\",{}]'],
  };

const reply = (block: Block): Reply => ({
  visibility: "public",
  placement: "new",
  blocks: [{ kind: "text", text: "first" }, block],
});

const kinds = Object.entries(samples);
const names = new Map([["123456789012345678", "Ann"]]);

describe("every kind of block in a reply", () => {
  it.each(kinds)("%s is drawn whole on Discord", (_, [block, ...seen]) => {
    const messages = onDiscord(reply(block), { locale: "en" });
    for (const { body, files } of messages) {
      const facts = files.map(({ name, data }) => ({ name, size: data.length }));
      expect(checkOnDiscord(JSON.parse(JSON.stringify(body)), "post", facts)).toEqual([]);
    }
    const drawn = JSON.stringify(messages.map(({ body }) => body));
    for (const words of seen) expect(drawn).toContain(words);
  });

  it.each(kinds)("%s is drawn whole on Slack", (kind, [block, ...seen]) => {
    const messages = onSlack(reply(block), { locale: "en", names });
    for (const { text, blocks } of messages) {
      const sent = uploaded(blocks, ["F0123456"]);
      expect(checkOnSlack(JSON.parse(JSON.stringify({ text, blocks: sent })))).toEqual([]);
    }
    const files = messages.flatMap((message) => message.files.map(({ name }) => name));
    const drawn = JSON.stringify([messages.map(({ blocks }) => blocks), files]);
    for (const words of seen) expect(drawn).toContain(words);
    if (kind === "members" || kind === "quote") expect(drawn).toContain("Ann");
  });
});
