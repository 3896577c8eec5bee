import type { types } from "@slack/bolt";
import type { Reply } from "#core/reply";
import type { Kept } from "#src/adapters/chat/pressed";
import type { SlackFile } from "./files.ts";
import { renderBlocks } from "./render.ts";
import type { Context } from "./render-part.ts";

/** A member's Home tab: as much of the reply as a tab holds. */
export function renderHome(
  reply: Reply,
  context: Context,
): {
  readonly view: types.HomeView & { blocks: types.KnownBlock[] };
  readonly files: readonly SlackFile[];
  readonly keep: readonly Kept[];
} {
  const { blocks, files, keep } = renderBlocks(reply, context);
  return { view: { type: "home", blocks: [...blocks] }, files, keep };
}
