import type { Front } from "./front.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { rung } from "./mentions.ts";
import { tellChanged, tellPosted } from "./message-events.ts";
import { checkManners, checkMessage, saysNothing } from "./message-rules.ts";
import { type Message, withIds } from "./messages.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Room } from "./world.ts";

export interface PostFacts {
  readonly visibleTo: string | null;
  readonly authorId: string | null;
  readonly files?: Message["files"];
}

const isObject = (value: unknown): Json | null => {
  const json = objectIn(value);
  return Object.keys(json).length === 0 ? null : json;
};

/** Refuses content that Slack would, and notes what is only bad manners. @param unfurls previews of links are drawn */
export function judgeContent(
  body: Json,
  unfurls = false,
): readonly ReturnType<typeof checkManners>[number][] {
  const [first, ...rest] = checkMessage(body);
  if (first !== undefined) throw new SlackRefusal(first.error, {}, 200, [first, ...rest]);
  if (saysNothing(body)) throw new SlackRefusal("no_text");
  return checkManners(body, unfurls);
}

/** Puts a message where members see it. */
export function addMessage(front: Front, room: Room, body: Json, facts: PostFacts): Message {
  const threadTs = textIn(body.thread_ts);
  const message = front.messages.add({
    ts: front.nextTs(),
    channelId: room.id,
    threadTs: threadTs === "" ? null : threadTs,
    authorId: facts.authorId,
    visibleTo: facts.visibleTo,
    files: facts.files ?? [],
    broadcast: body.reply_broadcast === true,
    text: textIn(body.text),
    blocks: withIds(objectsIn(body.blocks), () => front.nextId("b")),
    attachments: objectsIn(body.attachments),
    metadata: isObject(body.metadata),
    edits: 0,
    editedTs: null,
  });
  const whom = facts.authorId === null ? rung(body) : [];
  if (whom.length > 0) front.pings.push({ channelId: room.id, ts: message.ts, whom });
  tellPosted(front, room, message);
  front.waiting.changed();
  return message;
}

/** Replaces what a message says. As on Slack, a new text without blocks takes the old blocks away. */
export function changeMessage(front: Front, room: Room, message: Message, body: Json): void {
  tellChanged(front, room, message, () => {
    if (typeof body.text === "string") message.text = body.text;
    if (body.blocks !== undefined || typeof body.text === "string")
      message.blocks = withIds(objectsIn(body.blocks), () => front.nextId("b"));
    if (body.attachments !== undefined || typeof body.text === "string")
      message.attachments = objectsIn(body.attachments);
    if (body.metadata !== undefined) message.metadata = isObject(body.metadata);
    message.edits += 1;
    message.editedTs = front.nextTs();
  });
  const whom = message.authorId === null ? rung(body) : [];
  if (whom.length > 0) front.pings.push({ channelId: message.channelId, ts: message.ts, whom });
  front.waiting.changed();
}
