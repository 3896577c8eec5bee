import { describe, expect, it } from "vitest";
import { checkCommand, checkCommands } from "#test/doubles/discord/command-rules";
import type { Json } from "#test/doubles/discord/form";
import { checkMessage, type MessageUse } from "#test/doubles/discord/message-rules";
import { checkModal, checkSuggestions } from "#test/doubles/discord/modal-rules";
import { DiscordRefusal, refusals } from "#test/doubles/discord/refusal";

const row = (...components: readonly Json[]) => ({ type: 1, components });
const press = { type: 2, style: 1, label: "press", custom_id: "a" };
const menu = { type: 3, custom_id: "menu", options: [{ label: "one", value: "1" }] };
const input = { type: 4, style: 1, custom_id: "text", label: "Answer" };
const posted = (body: Json, use: MessageUse = "post") => checkMessage(body, use);
const withComponents = (...components: readonly Json[]) => posted({ content: "x", components });
const modal = (...components: readonly Json[]) =>
  checkModal({ title: "Form", custom_id: "form", components });
const options = (...given: readonly Json[]) =>
  checkCommand({ name: "vram", description: "d", options: given });
const model = { type: 3, name: "model", description: "d" };

describe("a message that Discord refuses", () => {
  const wrong: Readonly<Record<string, () => readonly unknown[]>> = {
    "repeats a custom id": () => withComponents(row(press, press)),
    "puts a button beside a menu": () => withComponents(row(press, menu)),
    "puts a text input into a message": () => withComponents(row(input)),
    "has a button outside a row": () => withComponents(press),
    "has a button without label or emoji": () => withComponents(row({ ...press, label: " " })),
    "has a link with a custom id": () => withComponents(row({ ...press, style: 5, url: "https://a.b" })),
    "has a link that leads to a script": () =>
      withComponents(row({ type: 2, style: 5, label: "go", url: "javascript:alert(1)" })),
    "has a button with a URL": () => withComponents(row({ ...press, url: "https://a.b" })),
    "repeats a value in a menu": () =>
      withComponents(row({ ...menu, options: [menu.options[0], menu.options[0]] })),
    "lets a menu take more values than it has": () => withComponents(row({ ...menu, max_values: 2 })),
    "wants more values than it takes": () => withComponents(row({ ...menu, min_values: 2 })),
    "uses new components without their flag": () => withComponents({ type: 10, content: "x" }),
    "has content beside new components": () =>
      posted({ content: "x", flags: 32_768, components: [{ type: 10, content: "x" }] }),
    "is ephemeral in a channel": () => posted({ content: "x", flags: 64 }),
    "turns ephemeral when edited": () => posted({ content: "x", flags: 64 }, "reply edit"),
    "has an embed field of blanks": () => posted({ embeds: [{ fields: [{ name: "n", value: "  " }] }] }),
    "has an embed of a colour alone": () => posted({ embeds: [{ color: 1 }] }),
    "names users and parses users": () =>
      posted({ content: "x", allowed_mentions: { parse: ["users"], users: ["1"] } }),
    "shows a file that it does not bring": () =>
      posted({ embeds: [{ image: { url: "attachment://a.png" } }] }),
    "defers with content": () => posted({ content: "x" }, "deferral"),
    "defers with another flag": () => posted({ flags: 4096 }, "deferral"),
  };
  it.each(Object.entries(wrong))("%s", (_what, check) => {
    expect(check()).not.toEqual([]);
  });

  it("is none of those where it is as the documentation has it", () => {
    const components = [row(press, { ...press, custom_id: "b" }), row(menu)];
    expect(posted({ content: "x", components, allowed_mentions: { parse: [] }, flags: 4 })).toEqual([]);
    expect(posted({ flags: 64 }, "deferral")).toEqual([]);
    expect(posted({ content: "x", flags: 64 }, "reply")).toEqual([]);
    const picture = { embeds: [{ image: { url: "attachment://a.png" } }] };
    expect(checkMessage(picture, "post", [{ name: "a.png", size: 9 }])).toEqual([]);
    expect(checkMessage(picture, "edit", [], ["a.png"])).toEqual([]);
  });
});

describe("a form that Discord refuses", () => {
  const wrong: Readonly<Record<string, () => readonly unknown[]>> = {
    "has a button in it": () => modal(row(press)),
    "has two inputs in a row": () => modal(row(input, { ...input, custom_id: "b" })),
    "repeats a custom id": () => modal(row(input), row(input)),
    "has an input without a label": () => modal(row({ type: 4, style: 1, custom_id: "text" })),
    "labels a labelled input again": () => modal({ type: 18, label: "Answer", component: input }),
    "wants more characters than it takes": () => modal(row({ ...input, min_length: 10, max_length: 5 })),
    "fills in more than it takes": () => modal(row({ ...input, value: "abc", max_length: 2 })),
    "has no title": () => checkModal({ custom_id: "form", components: [row(input)] }),
  };
  it.each(Object.entries(wrong))("%s", (_what, check) => {
    expect(check()).not.toEqual([]);
  });
});

describe("a registration that Discord refuses", () => {
  const wrong: Readonly<Record<string, () => readonly unknown[]>> = {
    "names a command in capitals": () => checkCommand({ name: "Vram", description: "d" }),
    "has a blank in a name": () => checkCommand({ name: "the vram", description: "d" }),
    "has a blank in a localised name": () =>
      checkCommand({ name: "vram", description: "d", name_localizations: { "zh-CN": "显 存" } }),
    "speaks a language that Discord has not": () =>
      checkCommand({ name: "vram", description: "d", name_localizations: { zh: "显存" } }),
    "has no description": () => checkCommand({ name: "vram" }),
    "describes a message command": () =>
      checkCommand({ type: 3, name: "Diagnose this log", description: "d" }),
    "gives a message command options": () => checkCommand({ type: 3, name: "Diagnose", options: [model] }),
    "asks for an option after one that may be left out": () =>
      options(model, { ...model, name: "gpu", required: true }),
    "names two options alike": () => options(model, model),
    "has choices beside autocomplete": () =>
      options({ ...model, autocomplete: true, choices: [{ name: "a", value: "a" }] }),
    "names two choices alike": () =>
      options({
        ...model,
        choices: [
          { name: "a", value: "a" },
          { name: "a", value: "b" },
        ],
      }),
    "offers a text where a number is wanted": () =>
      options({ ...model, type: 4, choices: [{ name: "a", value: "a" }] }),
    "has options beside subcommands": () => options({ type: 1, name: "time", description: "d" }, model),
    "nests subcommands too deep": () =>
      options({ type: 1, name: "a", description: "d", options: [{ type: 1, name: "b", description: "d" }] }),
    "names two commands alike": () =>
      checkCommands([
        { name: "vram", description: "d" },
        { name: "vram", description: "d" },
      ]),
    "suggests a text for a number": () => checkSuggestions({ choices: [{ name: "a", value: "a" }] }, 4),
    "localises into more languages than there are": () =>
      checkCommand({
        name: "vram",
        description: "d",
        name_localizations: Object.fromEntries(Array.from({ length: 35 }, (_, at) => [`l${at}`, "x"])),
      }),
  };
  it.each(Object.entries(wrong))("%s", (_what, check) => {
    expect(check()).not.toEqual([]);
  });

  it("is none of those where names are in Chinese and options in order", () => {
    const localised = {
      name_localizations: { "zh-CN": "显存", "zh-TW": "顯存" },
      description_localizations: { "zh-CN": "算显存" },
    };
    const required = { ...model, name: "gpu", required: true };
    expect(
      checkCommands([
        { name: "vram", description: "d", ...localised, options: [required, { ...model, ...localised }] },
        { type: 3, name: "Diagnose this log" },
      ]),
    ).toEqual([]);
  });
});

describe("an error of Discord's", () => {
  it("lists what is wrong by the path of the field", () => {
    const refusal = refusals.form([
      { path: "embeds.0.title", code: "BASE_TYPE_MAX_LENGTH", message: "Too long." },
    ]);
    expect(refusal).toBeInstanceOf(DiscordRefusal);
    expect(refusal.body()).toEqual({
      message: "Invalid Form Body",
      code: 50035,
      errors: {
        embeds: { 0: { title: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Too long." }] } } },
      },
    });
  });
});
