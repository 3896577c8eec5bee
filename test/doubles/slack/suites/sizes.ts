import { describe, expect, it } from "vitest";
import { checkView } from "#test/doubles/slack/block-rules";
import type { Json } from "#test/doubles/slack/json";
import { checkMessage } from "#test/doubles/slack/message-rules";
import {
  blockShapes,
  elementShapes,
  inlineShapes,
  type Kind,
  limit,
  objectShapes,
  type Shape,
} from "#test/doubles/slack/rules";
import { checkKind, checkShape, Judgement } from "#test/doubles/slack/shape";
import type { Violation } from "#test/doubles/slack/violation";

const text = (size: number) => "x".repeat(size);
const times = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at));
const plain = (said: string): Json => ({ type: "plain_text", text: said });
const mrkdwn = (said: string): Json => ({ type: "mrkdwn", text: said });
const option = (at: number): Json => ({ text: plain(`o${at}`), value: `${at}` });
const button = (more: Json = {}): Json => ({
  type: "button",
  text: plain("Answer"),
  action_id: "a",
  ...more,
});
const section = (said: string): Json => ({ type: "section", text: mrkdwn(said) });
const actions = (...elements: readonly Json[]): Json => ({ type: "actions", elements });
const input = (element: Json): Json => ({ type: "input", label: plain("Answer"), element });

const posted = (...blocks: readonly Json[]) => checkMessage({ text: "t", blocks });
const modal = (more: Json) =>
  checkView({ type: "modal", title: plain("Form"), submit: plain("Send"), blocks: [], ...more }, "modal");
const inModal = (...blocks: readonly Json[]) => modal({ blocks });
const home = (...blocks: readonly Json[]) => checkView({ type: "home", blocks }, "home");
const menu = (more: Json): Json =>
  actions({ type: "static_select", action_id: "m", options: [option(1)], ...more });

const errors = (violations: readonly Violation[]) => violations.map(({ error }) => error);

/** The largest size that Slack takes, by hand from its pages: the table must say the same. */
const largest: readonly (readonly [string, number, (size: number) => readonly Violation[]])[] = [
  ["blocks of a message", 50, (size) => posted(...times(size, () => ({ type: "divider" })))],
  ["blocks of a modal", 100, (size) => inModal(...times(size, () => ({ type: "divider" })))],
  ["blocks of a home", 100, (size) => home(...times(size, () => ({ type: "divider" })))],
  ["the text of a section", 3000, (size) => posted(section(text(size)))],
  ["fields of a section", 10, (size) => posted({ type: "section", fields: times(size, () => mrkdwn("f")) })],
  ["a field of a section", 2000, (size) => posted({ type: "section", fields: [mrkdwn(text(size))] })],
  ["a header", 150, (size) => posted({ type: "header", text: plain(text(size)) })],
  ["the label of a button", 75, (size) => posted(actions(button({ text: plain(text(size)) })))],
  ["the value of a button", 2000, (size) => posted(actions(button({ value: text(size) })))],
  ["an action id", 255, (size) => posted(actions(button({ action_id: text(size) })))],
  ["a block id", 255, (size) => posted({ type: "divider", block_id: text(size) })],
  [
    "elements of a row of actions",
    25,
    (size) => posted(actions(...times(size, (at) => button({ action_id: `a${at}` })))),
  ],
  [
    "elements of a context",
    10,
    (size) => posted({ type: "context", elements: times(size, () => mrkdwn("c")) }),
  ],
  ["options of a select", 100, (size) => posted(menu({ options: times(size, option) }))],
  [
    "the text of an option",
    75,
    (size) => posted(menu({ options: [{ text: plain(text(size)), value: "v" }] })),
  ],
  [
    "the value of an option",
    150,
    (size) => posted(menu({ options: [{ text: plain("o"), value: text(size) }] })),
  ],
  ["a placeholder", 150, (size) => posted(menu({ placeholder: plain(text(size)) }))],
  ["the title of a modal", 24, (size) => modal({ title: plain(text(size)) })],
  ["the submit button of a modal", 24, (size) => modal({ submit: plain(text(size)) })],
  ["the close button of a modal", 24, (size) => modal({ close: plain(text(size)) })],
  ["private metadata", 3000, (size) => modal({ private_metadata: text(size) })],
  ["a callback id", 255, (size) => modal({ callback_id: text(size) })],
  [
    "the label of an input",
    2000,
    (size) => inModal({ ...input({ type: "plain_text_input", action_id: "t" }), label: plain(text(size)) }),
  ],
  [
    "max_length of an input",
    3000,
    (size) => inModal(input({ type: "plain_text_input", action_id: "t", max_length: size })),
  ],
  [
    "the alt text of a picture",
    2000,
    (size) => posted({ type: "image", image_url: "https://x.test/a.png", alt_text: text(size) }),
  ],
  [
    "rows of a table",
    100,
    (size) => posted({ type: "table", rows: times(size, () => [{ type: "raw_text", text: "c" }]) }),
  ],
  [
    "columns of a table",
    20,
    (size) => posted({ type: "table", rows: [times(size, () => ({ type: "raw_text", text: "c" }))] }),
  ],
  ["the text of a message", 4000, (size) => checkMessage({ text: text(size) })],
  ["all text in one block", 12_000, (size) => posted({ type: "markdown", text: text(size) })],
];

/** A value of this kind, of the size given where it has one. */
function example(kind: Kind, size?: number): unknown {
  switch (kind.is) {
    case "boolean":
      return true;
    case "date":
      return "2026-11-26";
    case "time":
      return "09:30";
    case "string":
      return text(size ?? Math.max(1, kind.min));
    case "integer":
      return size ?? kind.min;
    case "url":
      return `https://x.test/${text((size ?? 20) - 15)}`;
    case "one of":
      return kind.values[0];
    case "text":
      return { type: "plain_text", text: text(size ?? 1) };
    case "text or image":
      return { type: "mrkdwn", text: text(size ?? 1) };
    case "list":
      return times(size ?? Math.max(1, kind.min), (at) => told(example(kind.of), at));
    case "object":
      return made(shapeOf(objectShapes, kind.of));
    case "element":
      return { type: kind.of[0], ...made(shapeOf(elementShapes, kind.of[0] ?? "")) };
    case "inline":
      return { type: kind.of[0], ...made(shapeOf(inlineShapes, kind.of[0] ?? "")) };
    case "cell":
      return { type: "raw_text", text: "c" };
  }
}

/** Each of several is told apart from the others. */
const told = (value: unknown, at: number): unknown =>
  typeof value === "object" && value !== null && "value" in value ? { ...value, value: `${at}` } : value;

function shapeOf(shapes: ReadonlyMap<string, Shape>, name: string): Shape {
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`the table has no ${name}`);
  return shape;
}

/** The smallest object of a shape. */
function made({ fields, needs, oneOf, anyOf }: Shape): Json {
  const names = [...needs, ...oneOf.slice(0, 1), ...(needs.length === 0 ? anyOf.slice(0, 1) : [])];
  return Object.fromEntries(names.map((name) => [name, example(fields[name] ?? { is: "boolean" })]));
}

/** Sizes of a kind that may not be passed. */
const most = (kind: Kind): number | null => ("max" in kind ? kind.max : null);

describe("sizes in the Slack double", () => {
  it.each(largest)("are judged as Slack does: %s, %i at most", (_what, size, check) => {
    expect(check(size)).toEqual([]);
    expect(check(size + 1)).not.toEqual([]);
  });

  it("hold for every field of the table, at its edge and one past it", () => {
    const tables = [blockShapes, elementShapes, inlineShapes, objectShapes];
    const edges = tables.flatMap((shapes) =>
      [...shapes].flatMap(([name, shape]) =>
        Object.entries(shape.fields).flatMap(([field, kind]) => {
          const size = most(kind);
          return size === null || size > 100_000 ? [] : [{ name, field, kind, size }];
        }),
      ),
    );
    expect(edges.length).toBeGreaterThan(100);
    const wrong = edges.filter(({ name, field, kind, size }) => {
      const breaks = (value: unknown) => {
        const judgement = new Judgement("invalid_blocks");
        checkKind(judgement, `/${name}/${field}`, value, kind);
        return judgement.violations.length > 0;
      };
      return breaks(example(kind, size)) || !breaks(example(kind, size + 1));
    });
    expect(wrong).toEqual([]);
  });

  it("leave the smallest object of every shape whole, and refuse it without what it needs", () => {
    for (const shapes of [blockShapes, elementShapes, inlineShapes, objectShapes])
      for (const [name, shape] of shapes) {
        const judged = (value: Json) => {
          const judgement = new Judgement("invalid_blocks");
          checkShape(judgement, "", value, shape);
          return judgement.violations;
        };
        const whole = made(shape);
        expect(judged(whole), name).toEqual([]);
        expect(judged({ ...whole, stranger: 1 }), name).not.toEqual([]);
        for (const need of shape.needs) expect(judged({ ...whole, [need]: undefined }), need).not.toEqual([]);
      }
  });

  it("end a message near 13,200 characters over all its blocks, sooner where it has many", () => {
    const filled = (count: number, size: number) => posted(...times(count, () => section(text(size))));
    expect(errors(filled(5, 2600))).toEqual(["msg_blocks_too_long"]);
    expect(filled(5, 2570)).toEqual([]);
    expect(errors(filled(45, 252))).toEqual(["msg_blocks_too_long"]);
    expect(filled(50, 190)).toEqual([]);
    expect(limit("blocksTotal")).toBe(13_172);
  });

  it("name where they were broken, as Slack does", () => {
    expect(posted(section("x"), section(text(3001)))).toEqual([
      { path: "/blocks/1/text/text", error: "invalid_blocks", message: "must be less than 3001 characters" },
    ]);
  });
});

describe("blocks in the Slack double", () => {
  const refused = (violations: readonly Violation[], words: string) =>
    expect(violations.map(({ message }) => message).join("; ")).toContain(words);

  it("stand only where Slack draws them", () => {
    expect(posted({ type: "markdown", text: "**x**" })).toEqual([]);
    refused(inModal({ type: "markdown", text: "**x**" }), "unsupported block in a modal");
    refused(
      home({ type: "table", rows: [[{ type: "raw_text", text: "c" }]] }),
      "unsupported block in a home",
    );
    refused(posted({ type: "carousel", elements: [] }), "unsupported block in a message");
    refused(posted(actions({ type: "plain_text_input", action_id: "t" })), "unsupported type");
  });

  it("hold plain text where Slack draws no marks", () => {
    refused(posted({ type: "header", text: mrkdwn("*x*") }), "must be plain_text");
    refused(posted(actions(button({ text: mrkdwn("*x*") }))), "must be plain_text");
    refused(posted({ type: "section", text: plain("") }), "more than 0 characters");
    refused(posted(section("  ")), "more than white space");
    refused(posted({ type: "section", text: { type: "plain_text", text: "x", verbatim: true } }), "verbatim");
  });

  it("know no fields but their own", () => {
    refused(posted({ type: "divider", color: "red" }), "invalid additional property: color");
    refused(posted(actions(button({ tooltip: "x" }))), "invalid additional property: tooltip");
    refused(modal({ footer: "x" }), "invalid additional property: footer");
  });

  it("have ids that are told apart", () => {
    refused(posted({ type: "divider", block_id: "b" }, { type: "divider", block_id: "b" }), "used twice");
    refused(posted(actions(button(), button())), "must be unique inside their block");
    refused(posted(menu({ options: [option(1), option(1)] })), "must be unique in their menu");
    expect(posted(actions(button()), actions(button()))).toEqual([]);
  });

  it("begin a menu only with what it offers", () => {
    expect(posted(menu({ initial_option: option(1) }))).toEqual([]);
    refused(posted(menu({ initial_option: option(2) })), "exactly one of the options");
    refused(posted(menu({ option_groups: [{ label: plain("g"), options: [option(1)] }] })), "exactly one of");
  });

  it("ask in a modal only where it can be sent", () => {
    const asks = input({ type: "plain_text_input", action_id: "t" });
    expect(inModal(asks)).toEqual([]);
    refused(
      checkView({ type: "modal", title: plain("Form"), blocks: [asks] }, "modal"),
      "missing required field: submit",
    );
    refused(
      inModal(input({ type: "plain_text_input", action_id: "t", max_length: 5, initial_value: "123456" })),
      "must not be longer",
    );
  });

  it("hold one table a message, and rich text of known pieces", () => {
    const table = { type: "table", rows: [[{ type: "raw_text", text: "c" }]] };
    expect(errors(posted(table, table))).toEqual(["only_one_table_allowed"]);
    const rich = (...elements: readonly Json[]) =>
      posted({ type: "rich_text", elements: [{ type: "rich_text_section", elements }] });
    expect(rich({ type: "text", text: "x", style: { bold: true } })).toEqual([]);
    refused(rich({ type: "script", text: "x" }), "unsupported type: script");
    refused(rich({ type: "text", text: "" }), "more than 0 characters");
    refused(rich({ type: "link", url: "javascript:x" }), "must be a URL");
  });

  it("come with metadata of Slack's form", () => {
    const with_ = (metadata: unknown) => errors(checkMessage({ text: "t", metadata }));
    expect(with_({ event_type: "daily_post", event_payload: { key: "k" } })).toEqual([]);
    expect(with_({ event_type: "daily_post" })).toEqual(["invalid_metadata_format"]);
    expect(with_({ event_type: "x", event_payload: {}, more: 1 })).toEqual(["invalid_metadata_format"]);
    expect(with_({ event_type: "x", event_payload: { text: text(8000) } })).toEqual(["metadata_too_large"]);
  });
});
