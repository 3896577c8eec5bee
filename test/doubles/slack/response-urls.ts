import type { Front } from "./front.ts";
import { requirePictures } from "./pictures.ts";
import { addMessage, changeMessage, judgeContent } from "./posting.ts";
import type { Captured } from "./records.ts";
import { SlackRefusal } from "./refusal.ts";

const known = new Set([
  "text",
  "blocks",
  "attachments",
  "response_type",
  "replace_original",
  "delete_original",
  "thread_ts",
  "metadata",
  "unfurl_links",
  "unfurl_media",
  "mrkdwn",
]);

/** Does what a message to a response URL says; throws as the service answers. */
export async function answerResponseUrl(front: Front, captured: Captured): Promise<void> {
  const { method: path, body } = captured;
  const found = front.interactions.url(path);
  if (found === null) throw new SlackRefusal("no_service", {}, 404);
  const { url, error } = found;
  if (error !== "") throw new SlackRefusal(error, {}, 404);
  const { state } = url;
  const room = front.world.rooms.get(state.channelId ?? "");
  if (room === undefined || room.deleted) throw new SlackRefusal("channel_not_found", {}, 404);
  if (room.archived) throw new SlackRefusal("channel_is_archived", {}, 410);
  const stranger = Object.keys(body).find((name) => !known.has(name));
  if (stranger !== undefined) throw new SlackRefusal("invalid_payload", { argument: stranger }, 400);
  url.uses += 1;
  const source = state.source === null ? undefined : front.messages.get(room.id, state.source.ts);
  if (body.delete_original === true) {
    if (source === undefined) throw new SlackRefusal("message_not_found", {}, 404);
    front.messages.remove(source);
    return;
  }
  try {
    captured.violations = judgeContent(body, body.response_type === "in_channel");
    requirePictures(front, body.blocks, "/blocks");
  } catch (cause) {
    if (!(cause instanceof SlackRefusal)) throw cause;
    // As seen in slackapi/java-slack-sdk#1349.
    throw new SlackRefusal(cause.error, cause.extra, 404, cause.violations);
  }
  if (body.replace_original === true) {
    if (source === undefined) throw new SlackRefusal("message_not_found", {}, 404);
    changeMessage(front, room, source, body);
    front.interactions.link(state, source);
    front.waiting.changed();
    return;
  }
  const visibleTo = body.response_type === "in_channel" ? null : state.memberId;
  front.interactions.link(state, addMessage(front, room, body, { visibleTo, authorId: null }));
  front.waiting.changed();
}
