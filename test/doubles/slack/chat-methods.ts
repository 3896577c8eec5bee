import { type Call, emulateOf, type Front, type Method } from "./front.ts";
import { type Json, textIn } from "./json.ts";
import { messageJson } from "./message-json.ts";
import { blocksIn } from "./message-rules.ts";
import type { Message } from "./messages.ts";
import { requirePictures } from "./pictures.ts";
import { addMessage, changeMessage, judgeContent } from "./posting.ts";
import { missingScope, SlackRefusal } from "./refusal.ts";
import { canSee, requireRoom } from "./rooms.ts";
import { type Room, workspaceById } from "./world.ts";

/** The room that a `channel` argument means; a member's id means their direct messages. */
function target(front: Front, call: Call): Room {
  const named = textIn(call.args.channel);
  const person = front.world.people.get(named);
  return requireRoom(front, call, person === undefined ? named : person.directId);
}

/** May the app write there; throws as the service answers where not. */
function requireWritable({ grant }: Call, room: Room): void {
  if (room.archived) throw new SlackRefusal("is_archived");
  if (room.hasBot) return;
  if (room.kind === "private" || !grant.scopes.has("chat:write.public"))
    throw new SlackRefusal(room.kind === "private" ? "channel_not_found" : "not_in_channel");
}

function requireThread({ messages }: Front, room: Room, { thread_ts }: Json): void {
  if (thread_ts === undefined) return;
  const parent = messages.get(room.id, textIn(thread_ts));
  if (parent === undefined || parent.visibleTo !== null) throw new SlackRefusal("thread_not_found");
  if (parent.threadTs !== null && parent.threadTs !== parent.ts)
    throw new SlackRefusal("cannot_reply_to_message");
}

/** What emulate says of it, told in its own timestamps. */
async function second(
  front: Front,
  { method, args, grant }: Call,
  room: Room,
  more: Json = {},
): Promise<Json> {
  const parent = front.messages.emulateTs.get(front.messages.key(room.id, textIn(args.thread_ts)));
  const token = grant.emulateTokens.get(room.workspaceId) ?? "";
  const told = { ...args, channel: room.id, thread_ts: parent, ...more };
  const body = await emulateOf(front, room.workspaceId).call(method, told, token);
  if (body.ok !== true) throw new SlackRefusal(textIn(body.error), body);
  return body;
}

function requireRate(front: Front, room: Room): void {
  const { clock, messages, postsPerSecond } = front;
  if (!Number.isFinite(postsPerSecond)) return;
  const since = clock.now() - 1000;
  const lately = messages
    .in(room.id)
    .filter(
      ({ authorId, visibleTo, ts }) => authorId === null && visibleTo === null && Number(ts) * 1000 > since,
    );
  if (lately.length >= postsPerSecond) throw new SlackRefusal("ratelimited", {}, 429);
}

const shown = (front: Front, message: Message): Json => {
  const { world } = front;
  const room = world.rooms.get(message.channelId);
  return messageJson(workspaceById(world, room?.workspaceId ?? ""), world.appId, message, true);
};

const postMessage: Method = async (front, call) => {
  call.manners.push(...judgeContent(call.args, true));
  const room = target(front, call);
  requireWritable(call, room);
  requireThread(front, room, call.args);
  requirePictures(front, blocksIn(call.args), "/blocks");
  if ((call.args.username ?? call.args.icon_emoji ?? call.args.icon_url) !== undefined)
    if (!call.grant.scopes.has("chat:write.customize"))
      throw missingScope("chat:write.customize", call.grant.scopes);
  requireRate(front, room);
  const { ts } = await second(front, call, room);
  const message = addMessage(front, room, call.args, { visibleTo: null, authorId: null });
  front.messages.emulateTs.set(front.messages.key(room.id, message.ts), textIn(ts));
  return { channel: room.id, ts: message.ts, message: shown(front, message) };
};

const postEphemeral: Method = async (front, call) => {
  call.manners.push(...judgeContent(call.args));
  const room = target(front, call);
  if (room.archived) throw new SlackRefusal("is_archived");
  if (!room.hasBot) throw new SlackRefusal(room.kind === "private" ? "channel_not_found" : "not_in_channel");
  const user = textIn(call.args.user);
  if (!front.world.people.has(user)) throw new SlackRefusal("user_not_found");
  if (!room.members.has(user)) throw new SlackRefusal("user_not_in_channel");
  requireThread(front, room, call.args);
  requirePictures(front, blocksIn(call.args), "/blocks");
  await second(front, call, room);
  const message = addMessage(front, room, call.args, { visibleTo: user, authorId: null });
  return { message_ts: message.ts };
};

/** A message of the app's own that it may change. */
function own(front: Front, call: Call, refusal: string): { readonly room: Room; readonly message: Message } {
  const room = requireRoom(front, call, textIn(call.args.channel));
  const message = front.messages.get(room.id, textIn(call.args.ts));
  if (message === undefined || message.visibleTo !== null) throw new SlackRefusal("message_not_found");
  if (message.authorId !== null) throw new SlackRefusal(refusal);
  if (room.archived) throw new SlackRefusal("is_inactive");
  if (!canSee(room)) throw new SlackRefusal("channel_not_found");
  return { room, message };
}

const emulateTsOf = ({ messages }: Front, { channelId, ts }: Message): string | undefined =>
  messages.emulateTs.get(messages.key(channelId, ts));

const update: Method = async (front, call) => {
  call.manners.push(...judgeContent(call.args));
  const { room, message } = own(front, call, "cant_update_message");
  requirePictures(front, blocksIn(call.args), "/blocks");
  const ts = emulateTsOf(front, message);
  if (ts !== undefined && ts !== "0.0") await second(front, call, room, { ts });
  changeMessage(front, room, message, call.args);
  const { text } = message;
  return { channel: room.id, ts: message.ts, text, message: shown(front, message) };
};

const remove: Method = async (front, call) => {
  const { room, message } = own(front, call, "cant_delete_message");
  const ts = emulateTsOf(front, message);
  if (ts !== undefined && ts !== "0.0") await second(front, call, room, { ts });
  front.messages.remove(message);
  return { channel: room.id, ts: message.ts };
};

const getPermalink: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  const ts = textIn(call.args.message_ts);
  if (front.messages.get(room.id, ts) === undefined) throw new SlackRefusal("message_not_found");
  const { domain } = workspaceById(front.world, room.workspaceId);
  const permalink = `https://${domain}.slack.com/archives/${room.id}/p${ts.replace(".", "")}`;
  return { channel: room.id, permalink };
};

export const chatMethods: Readonly<Record<string, Method>> = {
  "chat.postMessage": postMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.update": update,
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
};
