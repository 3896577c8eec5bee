import type { Locale } from "#core/language";
import type { Services } from "#core/services";
import type { DrawnMessage } from "#src/adapters/local/page/client/preview-wire";
import type { Preview } from "#src/adapters/local/page/preview";
import { type SlackFile, uploaded } from "#src/adapters/slack/files";
import { renderHome } from "#src/adapters/slack/home";
import { slashCommandOf, studyLine } from "#src/adapters/slack/manifest";
import { renderForm } from "#src/adapters/slack/modal";
import { optionsJson } from "#src/adapters/slack/modal-choices";
import { optionsForm, submittedOptions } from "#src/adapters/slack/modal-options";
import { renderReply } from "#src/adapters/slack/render";
import { typedLine } from "#src/adapters/slack/typed-line";
import { ChatPreview, dataUrl, type Platform } from "./chat-preview.ts";
import { namesIn } from "./day.ts";
import { Sandbox } from "./sandbox.ts";

/** Blocks with their pictures, each under the id that its file has here. */
function pictured(
  {
    text,
    blocks,
    files,
  }: { text: string; blocks: Parameters<typeof uploaded>[0]; files: readonly SlackFile[] },
  ephemeral: boolean,
): DrawnMessage {
  let pictures = 0;
  const named = files.map((file) => {
    if (file.kind === "text") return file;
    pictures += 1;
    return { ...file, name: `${pictures}.png` };
  });
  const ids = named.flatMap(({ kind, name }) => (kind === "picture" ? [name] : []));
  return {
    body: { text, blocks: uploaded(blocks, ids) },
    files: named.map(({ name, data }) => ({ name, url: dataUrl(name, data) })),
    ephemeral,
  };
}

const contextIn = (locale: Locale) => ({ locale, names: new Map(Object.entries(namesIn(locale))) });

const platformFor = ({ commands }: Services): Platform => ({
  messages(reply, locale) {
    const messages = renderReply(reply, contextIn(locale));
    return {
      drawn: messages.map((message) => pictured(message, message.ephemeral)),
      keep: messages.flatMap(({ keep }) => keep),
    };
  },
  form(form, command, locale) {
    const { view, keep } = renderForm(form, { locale, command });
    return { drawn: view, keep };
  },
  page(reply, locale) {
    const { view, files, keep } = renderHome(reply, contextIn(locale));
    return { drawn: pictured({ text: "", blocks: view.blocks, files }, false), keep };
  },
  opening: optionsForm,
  typed(line) {
    const [, slash, text = ""] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(line) ?? [];
    if (slash === undefined) return null;
    const name = slashCommandOf(slash, "", commands) ?? slash.slice(1);
    const meant = name === "study" ? studyLine(text) : { command: name, text };
    const known = commands.find((command) => command.name === meant.command);
    return { command: meant.command, text: typedLine(meant.text, known) };
  },
  offered: (completions, typed, locale) =>
    optionsJson(completions, typed, locale).options.map(({ text, value = "" }) => ({
      label: text.text,
      value,
    })),
  filled(command, fields) {
    if (command === undefined) return fields;
    const values = Object.entries(fields).map(([option, value]) => [
      option,
      { [option]: { type: "plain_text_input", value: value === "" ? null : value } },
    ]);
    return submittedOptions(command, Object.fromEntries(values));
  },
});

/** @returns the preview, and what ends it with everything that was tried in it */
export async function openSlackPreview(
  services: Services,
): Promise<{ readonly preview: Preview; close(): Promise<void> }> {
  const sandbox = await Sandbox.open(services);
  return { preview: new ChatPreview(platformFor(services), sandbox), close: () => sandbox.close() };
}
