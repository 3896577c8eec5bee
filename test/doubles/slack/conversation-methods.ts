import { type Call, emulateOf, type Front, type Method } from "./front.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { messageJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import { SlackRefusal } from "./refusal.ts";
import { tellJoined } from "./room-events.ts";
import { requireRoom, requireWorkspace } from "./rooms.ts";
import { limit } from "./rules.ts";
import { type Room, workspaceById } from "./world.ts";

/** What emulate answers; its refusals are the front's. */
export async function relayed(
  front: Front,
  { method, args, grant }: Call,
  workspaceId: string,
  changed: Json = {},
): Promise<Json> {
  const token = grant.emulateTokens.get(workspaceId) ?? "";
  const body = await emulateOf(front, workspaceId).call(method, { ...args, ...changed }, token);
  if (body.ok !== true) throw new SlackRefusal(textIn(body.error), body);
  return body;
}

export const isTrue = (value: unknown): boolean =>
  value === true || value === "true" || value === 1 || value === "1";

/** A page of things, and the cursor of the next. */
function page<Item>(items: readonly Item[], args: Json, most: number, usual: number) {
  const from = args.cursor === undefined ? 0 : Number(Buffer.from(textIn(args.cursor), "base64").toString());
  if (!Number.isInteger(from)) throw new SlackRefusal("invalid_cursor");
  const asked = args.limit === undefined ? usual : Number(args.limit);
  if (!Number.isInteger(asked) || asked < 1 || asked > most) throw new SlackRefusal("invalid_limit");
  const next = from + asked < items.length ? Buffer.from(String(from + asked)).toString("base64") : "";
  return { items: items.slice(from, from + asked), next };
}

function within({ ts }: Message, { oldest = "0", latest, inclusive }: Json): boolean {
  const at = Number(ts);
  const isAfter = isTrue(inclusive) ? at >= Number(oldest) : at > Number(oldest);
  if (latest === undefined) return isAfter;
  return isAfter && (isTrue(inclusive) ? at <= Number(latest) : at < Number(latest));
}

/** Messages of a channel as history shows them; the clock's timestamps are the front's, so the front lists them. */
async function listed(
  front: Front,
  call: Call,
  room: Room,
  fits: (message: Message) => boolean,
  order: 1 | -1,
): Promise<Json> {
  if (!room.hasBot) throw new SlackRefusal("not_in_channel");
  const { args } = call;
  const found = front.messages
    .in(room.id)
    .filter((message) => message.visibleTo === null && fits(message) && within(message, args))
    .toSorted((one, other) => order * (Number(one.ts) - Number(other.ts)));
  const { items, next } = page(found, args, limit("historyPage"), 100);
  const workspace = workspaceById(front.world, room.workspaceId);
  const shown = items.map((message) => ({
    ...messageJson(workspace, front.world.appId, message, isTrue(args.include_all_metadata)),
    ...replies(front, message),
  }));
  return {
    messages: shown,
    has_more: next !== "",
    ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function replies(front: Front, { channelId, ts }: Message): Json {
  const inThread = front.messages
    .in(channelId)
    .filter((message) => message.threadTs === ts && message.ts !== ts && message.visibleTo === null);
  return inThread.length === 0 ? {} : { reply_count: inThread.length, thread_ts: ts };
}

const history: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  await relayed(front, call, room.workspaceId, {
    oldest: undefined,
    latest: undefined,
    cursor: undefined,
    limit: 1,
  });
  const isTop = ({ threadTs, ts, broadcast }: Message) => threadTs === null || threadTs === ts || broadcast;
  return listed(front, call, room, isTop, -1);
};

const thread: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  const ts = textIn(call.args.ts);
  if (front.messages.get(room.id, ts) === undefined) throw new SlackRefusal("thread_not_found");
  return listed(front, call, room, (message) => message.ts === ts || message.threadTs === ts, 1);
};

const channelJson = (json: Json, room: Room): Json => ({
  ...json,
  is_archived: room.archived,
  is_member: room.hasBot,
  num_members: room.members.size,
  context_team_id: room.workspaceId,
});

const info: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  const body = await relayed(front, call, room.workspaceId);
  return { channel: channelJson(objectIn(body.channel), room) };
};

const kinds: Readonly<Record<Room["kind"], string>> = {
  public: "public_channel",
  private: "private_channel",
  im: "im",
};

/** The app's own channels (`users.conversations`), or all that it may know of. */
function list(ownOnly: boolean): Method {
  return async (front, call) => {
    const workspaceId = requireWorkspace(front, call);
    const types = (textIn(call.args.types) || "public_channel").split(",");
    const rooms = [...front.world.rooms.values()].filter(
      (room) =>
        room.workspaceId === workspaceId &&
        !room.deleted &&
        types.includes(kinds[room.kind]) &&
        (room.hasBot || (!ownOnly && room.kind === "public")) &&
        !(isTrue(call.args.exclude_archived) && room.archived),
    );
    const { items, next } = page(rooms, call.args, 1000, 100);
    return {
      channels: items.map((room) => ({
        id: room.id,
        name: room.name,
        is_channel: room.kind === "public",
        is_im: room.kind === "im",
        is_private: room.kind !== "public",
        ...(room.memberId === null ? {} : { user: room.memberId }),
        ...channelJson({}, room),
      })),
      response_metadata: { next_cursor: next },
    };
  };
}

const members: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  const workspace = workspaceById(front.world, room.workspaceId);
  const { items, next } = page(
    [...room.members, ...(room.hasBot ? [workspace.botUserId] : [])],
    call.args,
    1000,
    100,
  );
  return { members: items, response_metadata: { next_cursor: next } };
};

const join: Method = async (front, call) => {
  const room = requireRoom(front, call, textIn(call.args.channel));
  if (room.archived) throw new SlackRefusal("is_archived");
  if (room.kind !== "public") throw new SlackRefusal("method_not_supported_for_channel_type");
  const body = await relayed(front, call, room.workspaceId);
  const wasThere = room.hasBot;
  room.hasBot = true;
  if (!wasThere) tellJoined(front, room, workspaceById(front.world, room.workspaceId).botUserId, null);
  return {
    channel: channelJson(objectIn(body.channel), room),
    ...(wasThere ? { warning: "already_in_channel" } : {}),
  };
};

const open: Method = async (front, call) => {
  const named =
    textIn(call.args.users) || textIn(front.world.rooms.get(textIn(call.args.channel))?.memberId ?? "");
  const ids = named.split(",");
  const [id = ""] = ids;
  const person = front.world.people.get(id);
  if (ids.length !== 1 || person === undefined || !call.grant.emulateTokens.has(person.workspaceId))
    throw new SlackRefusal("user_not_found");
  await relayed(front, call, person.workspaceId);
  return {
    channel: isTrue(call.args.return_im)
      ? { id: person.directId, is_im: true, user: id }
      : { id: person.directId },
  };
};

export const conversationMethods: Readonly<Record<string, Method>> = {
  "conversations.history": history,
  "conversations.replies": thread,
  "conversations.info": info,
  "conversations.list": list(false),
  "users.conversations": list(true),
  "conversations.members": members,
  "conversations.join": join,
  "conversations.open": open,
};

export const shownMembers = (body: Json): readonly Json[] => objectsIn(body.members);
