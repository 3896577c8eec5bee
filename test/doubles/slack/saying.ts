import { emit } from "./events.ts";
import type { Front } from "./front.ts";
import type { Delivery, Said, SayOptions, SeenMessage } from "./handles.ts";
import type { Json } from "./json.ts";
import { fileJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import { seenMessage } from "./seen.ts";
import { type Person, type Room, workspaceById } from "./world.ts";

const kinds: Readonly<Record<Room["kind"], string>> = { public: "channel", private: "group", im: "im" };
const names: Readonly<Record<Room["kind"], string>> = { public: "channels", private: "groups", im: "im" };

/** What a person typed, as Slack keeps it; mentions that it made are not what was typed. */
export const escaped = (text: string): string =>
  text
    .split(/(<[@#][A-Z0-9]{1,30}(?:\|[\w-]{1,80})?>)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("");

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

function eventOf(front: Front, room: Room, message: Message): Json {
  const { authorId, files, threadTs, text, ts } = message;
  const user = authorId ?? "";
  return {
    type: "message",
    ...(files.length > 0 ? { subtype: "file_share", files: files.map((file) => fileJson(file, user)) } : {}),
    user,
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
    channel: room.id,
    event_ts: ts,
    channel_type: kinds[room.kind],
  };
}

/** Tells the app of a message, as far as it listens and sees it. */
function tell(front: Front, room: Room, message: Message): readonly Delivery[] {
  if (!room.hasBot) return [];
  const { botUserId } = workspaceById(front.world, room.workspaceId);
  const event = eventOf(front, room, message);
  const { client_msg_id, channel_type: _type, ...mentioned } = event;
  const mention =
    message.text.includes(`<@${botUserId}`) && room.kind !== "im"
      ? emit(front, room.workspaceId, "app_mention", { ...mentioned, client_msg_id, type: "app_mention" })
      : [];
  return [...mention, ...emit(front, room.workspaceId, `message.${names[room.kind]}`, event)];
}

export async function say(
  front: Front,
  person: Person,
  room: Room,
  text: string,
  { files = [], thread }: SayOptions,
): Promise<Said> {
  if (room.archived || room.deleted) throw new Error("nobody can write there any more");
  if (!room.members.has(person.id)) throw new Error(`${person.name} is not in ${room.name}`);
  if (room.kind === "im" && !front.manifest.messagesTab)
    throw new Error("sending messages to this app has been turned off");
  const message = front.messages.add({
    ts: front.nextTs(),
    channelId: room.id,
    threadTs: thread === undefined ? null : (thread.threadTs ?? thread.ts),
    authorId: person.id,
    visibleTo: null,
    files: files.map((file) => front.fileHost.add(front.nextId("F"), person.workspaceId, file)),
    broadcast: false,
    text: escaped(text),
    blocks: [],
    attachments: [],
    metadata: null,
    edits: 0,
    editedTs: null,
  });
  front.waiting.changed();
  const deliveries = tell(front, room, message);
  return { message: seenMessage(front, message), deliveries };
}

/** A member changes a message of theirs: message_changed where the app reads the channel. */
export async function edit(front: Front, person: Person, seen: SeenMessage, text: string): Promise<Said> {
  const message = front.messages.get(seen.channelId, seen.ts);
  const room = front.world.rooms.get(seen.channelId);
  if (message === undefined || room === undefined) throw new Error("the message is no longer there");
  if (message.authorId !== person.id) throw new Error(`${person.name} did not write this message`);
  const previous = eventOf(front, room, message);
  message.text = escaped(text);
  message.edits += 1;
  message.editedTs = front.nextTs();
  front.waiting.changed();
  const deliveries = emit(front, room.workspaceId, `message.${names[room.kind]}`, {
    type: "message",
    subtype: "message_changed",
    channel: room.id,
    ts: message.editedTs,
    event_ts: message.editedTs,
    channel_type: kinds[room.kind],
    message: { ...eventOf(front, room, message), edited: { user: person.id, ts: message.editedTs } },
    previous_message: previous,
  });
  return { message: seenMessage(front, message), deliveries };
}
