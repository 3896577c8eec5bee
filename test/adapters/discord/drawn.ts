import type { Block, Reply } from "#core/reply";
import { renderReply } from "#src/adapters/discord/render";

export const privately = (...blocks: Block[]): Reply => ({
  visibility: "private",
  placement: "new",
  blocks,
});

/** The only message of a reply of such blocks. */
export function drawn(...blocks: Block[]) {
  const [message, ...more] = renderReply(privately(...blocks), { locale: "en" });
  if (message === undefined || more.length > 0) throw new Error("not one message");
  return { ...message.body, files: message.files, keep: message.keep, embed: message.body.embeds[0] };
}
