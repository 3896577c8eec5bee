import { emit } from "./events.ts";
import type { Front } from "./front.ts";
import type { Delivery } from "./handles.ts";
import type { Json } from "./json.ts";
import { fileJson, messageJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import { type Room, workspaceById } from "./world.ts";

const kinds: Readonly<Record<Room["kind"], string>> = { public: "channel", private: "group", im: "im" };
const names: Readonly<Record<Room["kind"], string>> = { public: "channels", private: "groups", im: "im" };

const plainText = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The text as its composer made it: mentions as elements, the rest as it was typed. */
const inlineOf = (text: string): readonly Json[] =>
  text
    .split(/(<@[A-Z0-9]{1,30}>)/)
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith("<@")
        ? { type: "user", user_id: part.slice(2, -1) }
        : { type: "text", text: plainText(part) },
    );

/** A message as an event tells of it: a member's as it was typed, the app's own with its bot id. */
function eventOf(front: Front, room: Room, message: Message): Json {
  const { authorId, files, threadTs, text, ts } = message;
  const told = { channel: room.id, event_ts: ts, channel_type: kinds[room.kind] };
  const isUpload = files.length > 0 ? { subtype: "file_share" } : {};
  if (authorId === null) {
    const workspace = workspaceById(front.world, room.workspaceId);
    return { ...messageJson(workspace, front.world.appId, message), ...isUpload, ...told };
  }
  return {
    type: "message",
    ...isUpload,
    ...(files.length > 0 ? { files: files.map((file) => fileJson(file, authorId)) } : {}),
    user: authorId,
    client_msg_id: front.nextId("msg-"),
    text,
    team: room.workspaceId,
    ts,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    blocks: [
      {
        type: "rich_text",
        block_id: front.nextId("b"),
        elements: [{ type: "rich_text_section", elements: inlineOf(text) }],
      },
    ],
    ...told,
  };
}

/** Tells the app of a message, its own too, as far as it listens and is there to see it. */
export function tellPosted(front: Front, room: Room, message: Message): readonly Delivery[] {
  if (!room.hasBot || message.visibleTo !== null) return [];
  const { botUserId } = workspaceById(front.world, room.workspaceId);
  const event = eventOf(front, room, message);
  const { channel_type: _type, ...mentioned } = event;
  const mentions =
    message.authorId !== null && message.text.includes(`<@${botUserId}`) && room.kind !== "im"
      ? emit(front, room.workspaceId, "app_mention", { ...mentioned, type: "app_mention" })
      : [];
  return [...mentions, ...emit(front, room.workspaceId, `message.${names[room.kind]}`, event)];
}

/** Changes a message, and tells the app what it was and what it is. */
export function tellChanged(
  front: Front,
  room: Room,
  message: Message,
  change: () => void,
): readonly Delivery[] {
  const previous = eventOf(front, room, message);
  change();
  if (!room.hasBot || message.visibleTo !== null) return [];
  const ts = message.editedTs ?? message.ts;
  const user = message.authorId ?? workspaceById(front.world, room.workspaceId).botUserId;
  return emit(front, room.workspaceId, `message.${names[room.kind]}`, {
    type: "message",
    subtype: "message_changed",
    hidden: true,
    channel: room.id,
    ts,
    event_ts: ts,
    channel_type: kinds[room.kind],
    message: { ...eventOf(front, room, message), edited: { user, ts } },
    previous_message: previous,
  });
}
