import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Command } from "#core/command";
import type { Block, Form } from "#core/reply";
import { keyIn, readPressed } from "#src/adapters/chat/pressed";
import { pickedValues, pressedText } from "#src/adapters/slack/action-id";
import { blockOf, renderForm, sentView } from "#src/adapters/slack/modal";
import { optionsJson, suggestedBy } from "#src/adapters/slack/modal-choices";
import { optionsForm, submittedOptions } from "#src/adapters/slack/modal-options";
import { drawn, objectsIn, privately } from "./drawn.ts";

const said: Block = { kind: "text", text: "It fits." };
const action = { command: "answer", options: { round: "2026-11-26@C0123456" } };

const commandNamed = (name: string): Command => {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

interface Acting {
  type: string;
  action_id: string;
  value?: string;
  options?: { text: { text: string }; value: string }[];
}

const elementsIn = (...blocks: Block[]): Acting[] =>
  objectsIn(drawn(said, ...blocks).blocks).filter(
    (each): each is Record<string, unknown> & Acting => typeof each.action_id === "string",
  );

describe("what can be pressed under a Slack message", () => {
  it("says what a button does in its value, so that it works after a restart and in another process", () => {
    const [button] = elementsIn({
      kind: "buttons",
      buttons: [
        { label: "Answer", action, style: "primary" },
        { label: "Answer", action, style: "secondary" },
      ],
    });
    expect(button).toMatchObject({ type: "button", style: "primary", text: { text: "Answer" } });
    if (button === undefined) throw new Error("no button");
    expect(readPressed(pressedText(button))).toEqual({ kind: "run", action });
  });

  it("keeps what is too long for a value under a key, the same one every time", () => {
    const long = { command: "oom", options: { text: "CUDA out of memory ".repeat(200) } };
    const block: Block = { kind: "buttons", buttons: [{ label: "Again", action: long, style: "danger" }] };
    const [first, second] = [drawn(said, block), drawn(said, block)];
    const [button] = elementsIn(block);
    const [kept] = first.keep;
    expect(keyIn(pressedText(button ?? { action_id: "" }))).toBe(kept?.key);
    expect(readPressed(kept?.text ?? "")).toEqual({ kind: "run", action: long });
    expect(second.keep).toEqual(first.keep);
  });

  it("offers choices as a menu beside its label, whose id says what picking does", () => {
    const settings = { command: "settings", options: {} };
    const [menu] = elementsIn({
      kind: "choices",
      label: "Language",
      option: "language",
      action: settings,
      multiple: false,
      choices: [
        { value: "zh", label: "中文", selected: false },
        { value: "en", label: "English", selected: true },
      ],
    });
    expect(menu).toMatchObject({ type: "static_select", initial_option: { value: "en" } });
    expect(readPressed(pressedText(menu ?? { action_id: "" }))).toEqual({
      kind: "choice",
      action: settings,
      option: "language",
      multiple: false,
    });
  });

  it("offers the workspace's own channels, and members where others have roles", () => {
    const menu = (from: "channels" | "roles", selected: string) =>
      elementsIn({
        kind: "choices",
        label: "Where",
        option: "where",
        action: { command: "settings", options: {} },
        multiple: from === "roles",
        from,
        choices: [
          { value: selected, label: "", selected: true },
          { value: "<!here>", label: "", selected: true },
        ],
      })[0];
    expect(menu("channels", "C0123456")).toMatchObject({
      type: "conversations_select",
      initial_conversation: "C0123456",
      filter: { include: ["public", "private"] },
    });
    expect(menu("roles", "U0123456")).toMatchObject({
      type: "multi_users_select",
      initial_users: ["U0123456"],
    });
  });

  it("offers what a table's rows lead to as a menu", () => {
    const history = (question: string) => ({ command: "history", options: { question } });
    const [menu] = elementsIn({
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
    });
    expect(readPressed(pressedText(menu ?? { action_id: "" }))).toEqual({ kind: "pick" });
    expect(menu?.options?.map(({ text }) => text.text)).toEqual(["What is forgetting?", "Which memory?"]);
    expect(menu?.options?.map(({ value }) => readPressed(value))).toEqual([
      { kind: "run", action: history("q1") },
      { kind: "run", action: history("q2") },
    ]);
  });

  it.each([
    [{ type: "static_select", selected_option: { value: "zh" } }, ["zh"]],
    [{ type: "multi_static_select", selected_options: [{ value: "a" }, { value: "b" }] }, ["a", "b"]],
    [{ type: "conversations_select", selected_conversation: "C1" }, ["C1"]],
    [{ type: "multi_users_select", selected_users: ["U1"] }, ["U1"]],
    [{ type: "static_select", selected_option: null }, []],
    [{ type: "multi_static_select", selected_options: [] }, []],
    ["nothing", []],
    [{ selected_option: { value: 4 } }, []],
  ])("reads what is picked: %j", (element, values) => {
    expect(pickedValues(element)).toEqual(values);
  });
});

describe("a form on Slack", () => {
  const form: Form = {
    title: "Your answer, as you would give it in an interview",
    submit: "Answer",
    action,
    fields: [
      { option: "text", label: "Answer", placeholder: "Type", multiline: true, maxLength: 4000 },
      { option: "note", label: "Note", placeholder: "", multiline: false, maxLength: 80, value: "as before" },
    ],
  };

  it("says in its own words what is to be done with it, and which block takes which option", () => {
    const { view, keep } = renderForm(form, { locale: "en" });
    expect(view.title.text).toBe("Your answer, as you wou…");
    expect(readPressed(view.private_metadata ?? "")).toEqual({ kind: "send", action });
    expect(keep).toEqual([]);
    expect(view.blocks).toMatchObject([
      {
        block_id: blockOf("text"),
        optional: false,
        element: { type: "plain_text_input", multiline: true, max_length: 3000 },
      },
      { block_id: blockOf("note"), optional: true, element: { initial_value: "as before", max_length: 80 } },
    ]);
  });

  it("asks for a command's options with menus where there is something to choose from", () => {
    const vram = commandNamed("vram");
    const asked = optionsForm(vram, "zh");
    if (asked === null) throw new Error("no form");
    const { view } = renderForm(asked, { locale: "zh", command: vram });
    const elements = new Map(
      view.blocks.flatMap((block) =>
        block.type === "input" && "element" in block ? [[block.block_id, block.element]] : [],
      ),
    );
    expect(elements.get("model")).toMatchObject({ type: "external_select", min_query_length: 0 });
    expect(elements.get("gpu")).toMatchObject({ type: "external_select" });
    expect(elements.get("method")).toMatchObject({
      type: "static_select",
      options: expect.arrayContaining([expect.objectContaining({ value: "full" })]),
    });
    expect(elements.get("batch")).toMatchObject({ type: "plain_text_input" });
    expect(elements.get("more")).toMatchObject({ type: "plain_text_input" });
    expect(suggestedBy("vram.model")).toEqual({ command: "vram", option: "model" });
    expect(optionsForm(commandNamed("quiz"), "zh")).toBeNull();
  });

  it("asks for a time zone with a menu that searches as one types", () => {
    const settings = commandNamed("settings");
    const asked = settings.form?.({ step: "zone", ask: true }, "en") ?? null;
    if (asked === null) throw new Error("no form");
    const { view } = renderForm(asked, { locale: "en", command: settings });
    expect(view.blocks).toMatchObject([
      { block_id: "zone", element: { type: "external_select", action_id: "settings.zone" } },
    ]);
    const typed = {
      zone: { "settings.zone": { type: "external_select", selected_option: { value: "Asia/Tokyo" } } },
    };
    expect(submittedOptions(settings, typed)).toEqual({ zone: "Asia/Tokyo" });
  });

  it("gives what was filled in as the command's schema takes it", () => {
    const vram = commandNamed("vram");
    const state = {
      model: { "vram.model": { type: "external_select", selected_option: { value: "qwen2.5-7b" } } },
      method: { "vram.method": { type: "static_select", selected_option: { value: "qlora" } } },
      batch: { "vram.batch": { type: "plain_text_input", value: "4" } },
      seq: { "vram.seq": { type: "plain_text_input", value: "2k" } },
      gpu: { "vram.gpu": { type: "external_select", selected_option: null } },
      more: { "vram.more": { type: "plain_text_input", value: "optimizer=adamw-8bit no-flash" } },
    };
    const options = submittedOptions(vram, state);
    expect(options).toEqual({
      model: "qwen2.5-7b",
      method: "qlora",
      batch: 4,
      seq: 2048,
      optimizer: "adamw-8bit",
      flash_attn: false,
    });
    expect(vram.options.safeParse(options).success).toBe(true);
  });

  it("names the part in the last field that it does not know", () => {
    const more = (value: string) => ({ more: { "vram.more": { type: "plain_text_input", value } } });
    expect(() => submittedOptions(commandNamed("vram"), more("optimzier=adamw"))).toThrow("refused");
  });

  it("offers what was typed beside what was found for it, each value once", () => {
    const found = [{ value: "qwen2.5-7b", label: "qwen2.5-7b · 7.62B" }];
    expect(optionsJson(found, "7b", "en").options.map(({ value }) => value)).toEqual(["qwen2.5-7b", "7b"]);
    expect(optionsJson(found, "Qwen2.5-7B", "en").options).toHaveLength(1);
    expect(optionsJson([], "", "en").options).toEqual([]);
  });

  it("turns into the score when it was sent, or not where the score is longer than a window", () => {
    const told = sentView(privately({ kind: "heading", text: "Score 53 / 100", score: 53 }, said), {
      locale: "en",
      title: "Result",
    });
    expect(told?.view).toMatchObject({ type: "modal", title: { text: "Result" }, close: { text: "Close" } });
    expect(told?.view.submit).toBeUndefined();
    const rows = Array.from({ length: 120 }, (): Block => ({ kind: "note", text: "word" }));
    expect(sentView(privately(...rows), { locale: "en", title: "Result" })).toBeNull();
    const file: Block = { kind: "file", name: "a.txt", content: "x" };
    expect(sentView(privately(said, file), { locale: "en", title: "Result" })).toBeNull();
  });
});
