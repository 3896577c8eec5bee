import type { Front } from "./front.ts";
import type { Said, SayOptions, SeenMessage } from "./handles.ts";
import { tellChanged, tellPosted } from "./message-events.ts";
import { seenMessage } from "./seen.ts";
import type { Person, Room } from "./world.ts";

/** What a person typed, as Slack keeps it; mentions that it made are not what was typed. */
export const escaped = (text: string): string =>
  text
    .split(/(<[@#][A-Z0-9]{1,30}(?:\|[\w-]{1,80})?>)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("");

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
  const deliveries = tellPosted(front, room, message);
  return { message: seenMessage(front, message), deliveries };
}

/** A member changes a message of theirs: message_changed where the app reads the channel. */
export async function edit(front: Front, person: Person, seen: SeenMessage, text: string): Promise<Said> {
  const message = front.messages.get(seen.channelId, seen.ts);
  const room = front.world.rooms.get(seen.channelId);
  if (message === undefined || room === undefined) throw new Error("the message is no longer there");
  if (message.authorId !== person.id) throw new Error(`${person.name} did not write this message`);
  const deliveries = tellChanged(front, room, message, () => {
    message.text = escaped(text);
    message.edits += 1;
    message.editedTs = front.nextTs();
    front.waiting.changed();
  });
  return { message: seenMessage(front, message), deliveries };
}
