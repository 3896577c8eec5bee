import type { Services } from "#core/services";
import { renderForm } from "#src/adapters/discord/form";
import { renderReply } from "#src/adapters/discord/render";
import type { Preview } from "#src/adapters/local/page/preview";
import { ChatPreview, dataUrl, type Platform } from "./chat-preview.ts";
import { Sandbox } from "./sandbox.ts";

const discord: Platform = {
  messages(reply, locale) {
    const messages = renderReply(reply, { locale });
    return {
      drawn: messages.map(({ body, files, ephemeral }) => ({
        body,
        ephemeral,
        files: files.map(({ name, data }) => ({ name, url: dataUrl(name, data) })),
      })),
      keep: messages.flatMap(({ keep }) => keep),
    };
  },
  form(form) {
    const { modal, keep } = renderForm(form);
    return { drawn: modal, keep };
  },
  opening: () => null,
  typed(line) {
    const [, command, text = ""] = /^\/([\w-]+)\s*([\s\S]*)$/.exec(line) ?? [];
    return command === undefined ? null : { command, text };
  },
  offered: (completions) => completions,
  filled: (_, fields) => fields,
};

/** @returns the preview, and what ends it with everything that was tried in it */
export async function openDiscordPreview(
  services: Services,
): Promise<{ readonly preview: Preview; close(): Promise<void> }> {
  const sandbox = await Sandbox.open(services);
  return { preview: new ChatPreview(discord, sandbox), close: () => sandbox.close() };
}
