import { isJson, objectsIn } from "./form.ts";
import { type Answer, bodyOf, type Call, done, type Front, ok, type Route, refuseIf } from "./front.ts";
import { messageJson, withoutContent } from "./message-json.ts";
import { checkMessage } from "./message-rules.ts";
import { isEphemeral, type Message } from "./messages.ts";
import { edit, post, unpost } from "./posting.ts";
import { refusals } from "./refusal.ts";
import { isThread, type Room, requirePermission, roomFor } from "./world.ts";

/** The message, where the HTTP API shows it: ephemeral ones it never does. */
function publicMessage({ messages }: Front, channelId: string, id: string): Message {
  const message = messages.get(id);
  if (message === undefined || message.channelId !== channelId || isEphemeral(message))
    throw refusals.unknownMessage();
  return message;
}

function shown(front: Front, message: Message) {
  const json = messageJson(front.world, message);
  return front.mayReadContent ? json : withoutContent(front.world, json);
}

function mayPost({ world }: Front, room: Room, body: { readonly [key: string]: unknown }, call: Call): void {
  if (room.locked) throw refusals.threadLocked();
  if (room.memberId !== null && world.people.get(room.memberId)?.closedDirect === true)
    throw refusals.closedDirect();
  requirePermission(world, room, isThread(room) ? "SendMessagesInThreads" : "SendMessages");
  if (objectsIn(body.embeds).length > 0) requirePermission(world, room, "EmbedLinks");
  if (call.files.length > 0) requirePermission(world, room, "AttachFiles");
}

async function create(front: Front, call: Call, channelId = ""): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  const body = bodyOf(call);
  mayPost(front, room, body, call);
  refuseIf(checkMessage(body, "post", call.files));
  const reference = body.message_reference;
  if (isJson(reference)) {
    try {
      requirePermission(front.world, room, "ReadMessageHistory");
    } catch {
      throw refusals.noHistory();
    }
    const known = front.messages.get(String(reference.message_id));
    if (known === undefined && reference.fail_if_not_exists !== false)
      throw refusals.form([
        { path: "message_reference", code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" },
      ]);
  }
  const origin = { channelId, interaction: null, ephemeral: false, thinking: false };
  // A message wakes a thread that was put away.
  room.archived = false;
  const make = () => post(front, body, call.files, origin);
  const { nonce, enforce_nonce } = body;
  const isEnforced = enforce_nonce === true && nonce !== undefined && nonce !== null;
  const message = await (isEnforced ? front.nonces.once(String(nonce), make) : make());
  return ok(messageJson(front.world, message));
}

async function change(front: Front, call: Call, channelId = "", id = ""): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  const message = publicMessage(front, channelId, id);
  if (message.authorId !== front.world.botId) throw refusals.notAuthor();
  if (room.archived) throw refusals.archived();
  const body = bodyOf(call);
  refuseIf(
    checkMessage(
      body,
      "edit",
      call.files,
      message.attachments.map(({ name }) => name),
    ),
  );
  return ok(messageJson(front.world, await edit(front, message, body, call.files)));
}

async function remove(front: Front, _call: Call, channelId = "", id = ""): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  const message = publicMessage(front, channelId, id);
  if (message.authorId !== front.world.botId) requirePermission(front.world, room, "ManageMessages");
  await unpost(front, message);
  return done;
}

async function read(front: Front, _call: Call, channelId = "", id = ""): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  requirePermission(front.world, room, "ReadMessageHistory");
  return ok(shown(front, publicMessage(front, channelId, id)));
}

/** The twin picks and orders; what it lists is shown as the front knows it. */
async function list(front: Front, { query }: Call, channelId = ""): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  if (room.guildId !== null) requirePermission(front.world, room, "ReadMessageHistory");
  const limit = Number(query.get("limit") ?? 50);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 100))
    throw refusals.form([
      { path: "limit", code: "NUMBER_TYPE_MAX", message: "int value should be 1 to 100." },
    ]);
  const listed = await front.twin.ask("GET", `/channels/${channelId}/messages?${query}`);
  const messages = (Array.isArray(listed.body) ? listed.body : []).flatMap((each: unknown) => {
    const message = isJson(each) ? front.messages.get(String(each.id)) : undefined;
    return message === undefined ? [] : [shown(front, message)];
  });
  return { status: listed.status, body: messages };
}

const messages = /^\/channels\/(\d+)\/messages$/;
const message = /^\/channels\/(\d+)\/messages\/(\d+)$/;

export const messageRoutes: readonly Route[] = [
  { method: "POST", pattern: messages, answer: create },
  { method: "GET", pattern: messages, answer: list },
  { method: "GET", pattern: message, answer: read },
  { method: "PATCH", pattern: message, answer: change },
  { method: "DELETE", pattern: message, answer: remove },
];
