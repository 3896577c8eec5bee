import { Form, isJson, type Json } from "./form.ts";
import { type Answer, bodyOf, type Call, type Front, ok, type Route, refuseIf } from "./front.ts";
import { completeChannel } from "./greeting.ts";
import { refusals } from "./refusal.ts";
import { isThread, type Room, requirePermission, roomFor, roomIn } from "./world.ts";

/** Asks the twin, and adds what it does not know of channels. */
async function fromTwin(front: Front, { method, path, body, query }: Call): Promise<Answer> {
  const asked = query.size > 0 ? `${path}?${query}` : path;
  return front.twin.ask(method, asked, body ?? undefined);
}

async function readChannel(front: Front, call: Call, id = ""): Promise<Answer> {
  roomFor(front.world, id);
  const { status, body } = await fromTwin(front, call);
  return { status, body: isJson(body) ? completeChannel(front.world, body) : body };
}

async function changeThread(front: Front, call: Call, id = ""): Promise<Answer> {
  const room = roomFor(front.world, id);
  // The bot may change the threads that it started; to change a channel it would need a permission nobody grants it.
  if (!isThread(room)) throw refusals.noPermission();
  const body = bodyOf(call);
  const form = new Form();
  form.text("name", body.name, "threadName");
  refuseIf(form.violations);
  if (room.locked) throw refusals.noPermission();
  if (typeof body.archived === "boolean") {
    if (!body.archived) requirePermission(front.world, room, "SendMessagesInThreads");
    room.archived = body.archived;
  }
  return fromTwin(front, call);
}

async function guildChannels(front: Front, call: Call, id = ""): Promise<Answer> {
  const guild = front.world.guilds.get(id);
  if (guild === undefined) throw refusals.unknownGuild();
  if (!guild.hasBot) throw refusals.noAccess();
  const { status, body } = await fromTwin(front, call);
  return {
    status,
    body: Array.isArray(body) ? body.map((each: Json) => completeChannel(front.world, each)) : body,
  };
}

async function ofGuild(front: Front, call: Call, id = ""): Promise<Answer> {
  const guild = front.world.guilds.get(id);
  if (guild === undefined) throw refusals.unknownGuild();
  if (!guild.hasBot) throw refusals.noAccess();
  return fromTwin(front, call);
}

/** A thread; one on a message has the message's id. */
async function startThread(front: Front, call: Call, channelId = "", messageId?: string): Promise<Answer> {
  const room = roomFor(front.world, channelId);
  if (isThread(room))
    throw refusals.form([{ path: "type", code: "INVALID_CHANNEL", message: "No threads in threads." }]);
  requirePermission(front.world, room, "CreatePublicThreads");
  const body = bodyOf(call);
  const form = new Form();
  form.needed("name", body.name, "threadName");
  if (messageId === undefined && body.type !== 11)
    form.refuse("type", "BASE_TYPE_CHOICES", "The double knows public threads only.");
  refuseIf(form.violations);
  if (messageId !== undefined) {
    const message = front.messages.get(messageId);
    if (message === undefined || message.visibleTo !== null || message.channelId !== channelId)
      throw refusals.unknownMessage();
    if (front.world.rooms.has(messageId)) throw refusals.threadExists();
  }
  const isActive = (each: Room): boolean => isThread(each) && each.guildId === room.guildId && !each.archived;
  if ([...front.world.rooms.values()].filter(isActive).length >= front.mostThreads)
    throw refusals.tooManyThreads();
  const thread = roomIn(
    front.world,
    room.guildId ?? "",
    String(body.name),
    messageId ?? front.nextId(),
    channelId,
  );
  await front.twin.addRoom(thread);
  const { body: json } = await front.twin.ask("GET", `/channels/${thread.id}`);
  const made = {
    ...(isJson(json) ? json : {}),
    owner_id: front.world.botId,
    newly_created: true,
    member: {
      id: thread.id,
      user_id: front.world.botId,
      join_timestamp: new Date(front.clock.now()).toISOString(),
      flags: 0,
    },
  };
  front.gateway.emit("THREAD_CREATE", made);
  front.waiting.changed();
  return { status: 201, body: made };
}

async function openDirect(front: Front, call: Call): Promise<Answer> {
  const person = front.world.people.get(String(bodyOf(call).recipient_id));
  if (person === undefined) throw refusals.unknownUser();
  if (front.world.guilds.get(person.guildId)?.hasBot !== true) throw refusals.noMutualGuild();
  return ok(completeChannel(front.world, { id: person.directId }));
}

async function gatewayFacts(front: Front): Promise<Answer> {
  const { identifies, url, shards } = front.gateway;
  return ok({
    url,
    shards,
    session_start_limit: {
      total: 1000,
      remaining: Math.max(0, 1000 - identifies),
      reset_after: 14_400_000,
      max_concurrency: 1,
    },
  });
}

async function application(front: Front, call: Call): Promise<Answer> {
  const { status, body } = await fromTwin(front, { ...call, path: "/applications/@me" });
  return { status, body: { ...(isJson(body) ? body : {}), flags: 0 } };
}

async function ownGuilds(front: Front): Promise<Answer> {
  const guilds = [...front.world.guilds.values()].filter(({ hasBot }) => hasBot);
  return ok(
    guilds.map(({ id, name }) => ({ id, name, icon: null, owner: false, permissions: "0", features: [] })),
  );
}

export const placeRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/gateway\/bot$/, answer: gatewayFacts },
  { method: "GET", pattern: /^\/(?:oauth2\/)?applications\/@me$/, answer: application },
  { method: "GET", pattern: /^\/users\/@me\/guilds$/, answer: ownGuilds },
  { method: "POST", pattern: /^\/users\/@me\/channels$/, answer: openDirect },
  { method: "GET", pattern: /^\/users\/(?:@me|\d+)$/, answer: fromTwin },
  { method: "GET", pattern: /^\/channels\/(\d+)$/, answer: readChannel },
  { method: "PATCH", pattern: /^\/channels\/(\d+)$/, answer: changeThread },
  { method: "POST", pattern: /^\/channels\/(\d+)\/threads$/, answer: startThread },
  { method: "POST", pattern: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, answer: startThread },
  { method: "POST", pattern: /^\/channels\/\d+\/typing$/, answer: fromTwin },
  { method: "PUT", pattern: /^\/channels\/\d+\/thread-members\/(?:@me|\d+)$/, answer: fromTwin },
  { method: "GET", pattern: /^\/guilds\/(\d+)\/channels$/, answer: guildChannels },
  {
    method: "GET",
    pattern: /^\/guilds\/(\d+)(?:\/(?:roles|members\/\d+|threads\/active))?$/,
    answer: ofGuild,
  },
];
