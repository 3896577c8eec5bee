import fc from "fast-check";
import { memberIdSchema } from "#core/ids";
import type { Action, Block, Form, Reply } from "#core/reply";
import { hostile } from "./hostile.ts";

/** Sometimes a word, sometimes pages. */
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: hostile(6) },
  { weight: 2, arbitrary: hostile(60) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostile(8), fc.integer({ min: 1, max: 400 }))
      .map(([piece, times]) => piece.repeat(times).slice(0, 9000)),
  },
);

const action: fc.Arbitrary<Action> = fc.record({
  command: fc.constantFrom("answer", "hint", "history", "settings"),
  options: fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(hostile(4), fc.integer(), fc.boolean())),
});

const member = fc.oneof(
  fc.constant("123456789012345678"),
  hostile(3).map((name) => name || "x"),
);
const members = member.map((id) => memberIdSchema.parse(id.slice(0, 200)));

export const form: fc.Arbitrary<Form> = fc.record({
  title: text,
  submit: text,
  action,
  fields: fc.uniqueArray(
    fc.record(
      {
        option: fc.stringMatching(/^[a-z_]{1,20}$/),
        label: text,
        placeholder: text,
        multiline: fc.boolean(),
        maxLength: fc.integer({ min: 1, max: 9000 }),
        value: text,
      },
      { requiredKeys: ["option", "label", "placeholder", "multiline", "maxLength"] },
    ),
    { minLength: 1, maxLength: 5, selector: ({ option }) => option },
  ),
});

const span = fc.constantFrom("hit", "partial", "contradict", "miss");

const verdicts: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant("verdicts"),
  answer: text,
  rows: fc.array(
    fc.record(
      {
        verdict: span,
        label: text,
        title: text,
        quotes: fc.array(text, { maxLength: 3 }),
        note: text,
        erratum: text,
        source: text,
      },
      { requiredKeys: ["verdict", "label", "quotes"] },
    ),
    { maxLength: 8 },
  ),
});

const table: fc.Arbitrary<Block> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.boolean())
  .chain(([width, height, linked, repeats]) =>
    fc.record({
      kind: fc.constant("table"),
      columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left", "right") }), {
        minLength: width,
        maxLength: width,
      }),
      rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
      ...(linked
        ? {
            links: fc.record({
              column: fc.constant(0),
              actions: fc.array(fc.option(action), { minLength: height, maxLength: height }),
            }),
          }
        : {}),
      ...(repeats ? { repeats: fc.constantFrom("picture" as const, "links" as const) } : {}),
    }),
  );

const choices: fc.Arbitrary<Block> = fc.record(
  {
    kind: fc.constant("choices"),
    label: text,
    option: fc.stringMatching(/^[a-z_]{1,20}$/),
    action,
    choices: fc.array(
      fc.record({
        value: fc.oneof(text, fc.constant("123456789012345678")),
        label: text,
        selected: fc.boolean(),
      }),
      { maxLength: 60 },
    ),
    multiple: fc.boolean(),
    from: fc.constantFrom("channels", "roles"),
  },
  { requiredKeys: ["kind", "label", "option", "action", "choices", "multiple"] },
);

const instant = fc.integer({ min: 0, max: 4e12 });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record(
    { kind: fc.constant("heading" as const), text, score: fc.integer({ min: 0, max: 100 }) },
    { requiredKeys: ["kind", "text"] },
  ),
  fc.record({ kind: fc.constant("text" as const), text }),
  fc.record({ kind: fc.constant("note" as const), text }),
  fc.record({
    kind: fc.constant("fields" as const),
    fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 6 }),
  }),
  verdicts,
  table,
  fc.record({
    kind: fc.constant("list" as const),
    ordered: fc.boolean(),
    items: fc.array(text, { maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant("code" as const), text }),
  fc.record({ kind: fc.constant("deadline" as const), label: text, at: instant }),
  fc.record({
    kind: fc.constant("picture" as const),
    png: fc.constant(new Uint8Array([1, 2, 3])),
    alt: text,
  }),
  fc.record({ kind: fc.constant("file" as const), name: text, content: text }),
  fc.record({
    kind: fc.constant("buttons" as const),
    buttons: fc.array(
      fc.record({ label: text, action, style: fc.constantFrom("primary", "secondary", "danger") }),
      { maxLength: 12 },
    ),
  }),
  choices,
  fc.record(
    { kind: fc.constant("quote" as const), label: text, text, by: members },
    { requiredKeys: ["kind", "label", "text"] },
  ),
  fc.record({
    kind: fc.constant("members" as const),
    label: text,
    members: fc.array(members, { maxLength: 300 }),
  }),
  fc.record({ kind: fc.constant("form" as const), form }),
);

/** A reply of any blocks, in which every text is hostile and some are far too long. */
export const reply: fc.Arbitrary<Reply> = fc.record({
  visibility: fc.constantFrom("private", "public"),
  placement: fc.constantFrom("new", "edit"),
  blocks: fc.array(block, { maxLength: 10 }),
});
