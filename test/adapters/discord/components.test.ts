import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "#core/reply";
import { Keeping, keyIn, readPressed } from "#src/adapters/chat/pressed";
import { renderForm } from "#src/adapters/discord/form";
import { renderReply } from "#src/adapters/discord/render";
import { hostile } from "#test/adapters/hostile";
import { drawn, privately } from "./drawn.ts";

const said: Block = { kind: "text", text: "It fits." };

describe("what can be pressed under a Discord message", () => {
  const action = { command: "answer", options: { round: "discord:123456789012345678/2026-11-26" } };

  it("says what a button does in its id, so that it works after a restart and in another process", () => {
    const { components } = drawn(said, {
      kind: "buttons",
      buttons: [{ label: "Answer", action, style: "primary" }],
    });
    const [button] = components[0]?.components ?? [];
    expect(button).toMatchObject({ type: 2, style: 1, label: "Answer" });
    const id = button !== undefined && "custom_id" in button ? button.custom_id : "";
    expect(readPressed(id)).toEqual({ kind: "run", action });
  });

  it("keeps what is too long for an id under a key, the same one every time", () => {
    const long = { command: "oom", options: { text: "CUDA out of memory ".repeat(20) } };
    const button: Block = {
      kind: "buttons",
      buttons: [{ label: "Again", action: long, style: "secondary" }],
    };
    const [first, second] = [drawn(said, button), drawn(said, button)];
    const pressed = first.components[0]?.components[0];
    const id = pressed !== undefined && "custom_id" in pressed ? pressed.custom_id : "";
    const [kept] = first.keep;
    expect(keyIn(id)).toBe(kept?.key);
    expect(readPressed(kept?.text ?? "")).toEqual({ kind: "run", action: long });
    expect(second.keep).toEqual(first.keep);
  });

  it.each([
    "",
    "x",
    "null",
    "[]",
    '["run"]',
    '["run","answer"]',
    '["run","../etc",{}]',
    '["drop","answer",{}]',
    '["run","answer",[]]',
    '["run","answer",{"__proto__":{"role":"admin"}},0]',
    `["run","answer",{"a":"${"x".repeat(30_000)}"}]`,
    "=AAAAAAAAAAAAAAAAAAAAAA",
  ])("does nothing for an id that is none of ours: %.40s", (id) => {
    expect(readPressed(id)).toBeNull();
  });

  it("takes no option that would change what an object is", () => {
    const pressed = readPressed('["run","answer",{"__proto__":{"role":"admin"},"text":"x"}]');
    expect(pressed).toEqual({ kind: "run", action: { command: "answer", options: { text: "x" } } });
    const options = pressed?.kind === "run" ? pressed.action.options : {};
    expect(Reflect.get(options, "role")).toBeUndefined();
  });

  it("reads back whatever it wrote, kept or not, within Discord's 100 characters", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z][a-z_]{0,11}$/),
          fc.oneof(hostile(5), fc.integer(), fc.boolean()),
        ),
        (options) => {
          const keeping = new Keeping(100);
          const pressed = { kind: "run", action: { command: "answer", options } } as const;
          const id = keeping.id(pressed);
          expect(id.length).toBeLessThanOrEqual(100);
          const key = keyIn(id);
          const text = key === null ? id : (keeping.all.find((kept) => kept.key === key)?.text ?? "");
          expect(readPressed(text)).toEqual(pressed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("gives two buttons that do the same different ids, which mean the same", () => {
    const button = { label: "Hint", action, style: "secondary" as const };
    const { components } = drawn(said, { kind: "buttons", buttons: [button, button] });
    const ids = (components[0]?.components ?? []).map((each) => ("custom_id" in each ? each.custom_id : ""));
    expect(new Set(ids).size).toBe(2);
    expect(ids.map(readPressed)).toEqual([
      { kind: "run", action },
      { kind: "run", action },
    ]);
  });

  it("offers choices as a menu whose closed state still says what it is about", () => {
    const { components } = drawn(said, {
      kind: "choices",
      label: "Language",
      option: "locale",
      action: { command: "settings", options: {} },
      multiple: false,
      choices: [
        { value: "zh", label: "中文", selected: false },
        { value: "en", label: "English", selected: true },
      ],
    });
    expect(components[0]?.components[0]).toMatchObject({
      type: 3,
      placeholder: "Language",
      min_values: 1,
      max_values: 1,
      options: [
        { label: "中文", value: "zh", default: false },
        { label: "Language · English", value: "en", default: true },
      ],
    });
  });

  it("offers the server's own channels and roles where the core asks for those", () => {
    const menu = (from: "channels" | "roles", multiple: boolean) =>
      drawn(said, {
        kind: "choices",
        label: "Where",
        option: "where",
        action: { command: "settings", options: {} },
        multiple,
        from,
        choices: [{ value: "123456789012345678", label: "#study", selected: true }],
      }).components[0]?.components[0];
    expect(menu("channels", false)).toMatchObject({
      type: 8,
      channel_types: [0, 5],
      max_values: 1,
      default_values: [{ id: "123456789012345678", type: "channel" }],
    });
    expect(menu("roles", true)).toMatchObject({ type: 6, min_values: 0, max_values: 25 });
  });

  it("offers what a table's rows lead to as a menu, in place of the sentence that explains it", () => {
    const history = (question: string) => ({ command: "history", options: { question } });
    const { components, embed } = drawn(
      {
        kind: "table",
        columns: [
          { label: "Score", align: "right" },
          { label: "Question", align: "left" },
        ],
        rows: [
          ["53", "What is forgetting?"],
          ["–", "withdrawn"],
          ["70", "Which memory?"],
        ],
        links: { column: 1, actions: [history("q1"), null, history("q2")] },
      },
      { kind: "note", text: "/history q1 shows the evidence.", repeats: "links" },
    );
    const [menu] = components[0]?.components ?? [];
    if (menu === undefined || !("options" in menu)) throw new Error("no menu");
    expect(readPressed(menu.custom_id)).toEqual({ kind: "pick" });
    expect(menu.options.map(({ label }) => label)).toEqual(["What is forgetting?", "Which memory?"]);
    expect(menu.options.map(({ value }) => readPressed(value))).toEqual([
      { kind: "run", action: history("q1") },
      { kind: "run", action: history("q2") },
    ]);
    expect(embed?.description).not.toContain("evidence");
  });

  it("opens a form from a button, and reads the form's own id as what to do with it", () => {
    const form = {
      title: "Your answer, as you would give it in an interview",
      submit: "Answer",
      action,
      fields: [
        { option: "text", label: "Answer", placeholder: "Type", multiline: true, maxLength: 4000 },
        {
          option: "note",
          label: "Note",
          placeholder: "",
          multiline: false,
          maxLength: 80,
          value: "as before",
        },
      ],
    };
    const { components } = drawn(said, { kind: "form", form });
    const [button] = components[0]?.components ?? [];
    const id = button !== undefined && "custom_id" in button ? button.custom_id : "";
    expect(readPressed(id)).toEqual({ kind: "form", action });

    const { modal } = renderForm(form);
    expect(modal.title).toBe("Your answer, as you would give it in an inte…");
    expect(readPressed(modal.custom_id)).toEqual({ kind: "send", action });
    expect(modal.components).toMatchObject([
      { components: [{ custom_id: "text", style: 2, max_length: 4000, required: true }] },
      { components: [{ custom_id: "note", style: 1, value: "as before", required: false }] },
    ]);
  });

  it("puts more rows than a message holds under messages of their own", () => {
    const choices = (at: number): Block => ({
      kind: "choices",
      label: `menu ${at}`,
      option: "x",
      action: { command: "settings", options: { at } },
      multiple: false,
      choices: [{ value: "1", label: "one", selected: false }],
    });
    const messages = renderReply(privately(said, ...Array.from({ length: 7 }, (_, at) => choices(at))), {
      locale: "en",
    });
    expect(messages.map(({ body }) => body.components.length)).toEqual([5, 2]);
  });
});
