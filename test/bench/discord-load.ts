import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

/**
 * Discord as a load: a gateway that delivers interactions at a rate, and an API that takes every answer at once and
 * notes when it came. A process of its own, so that it takes no time from the bot that is measured.
 */
const EPOCH_MS = 1_420_070_400_000;
const BOT = "1000000000000000001";
/** As many servers as such a rate comes from unless told otherwise, each with a channel whose id is one more. */
const GUILDS = Array.from({ length: Number(process.argv[2] ?? 50) }, (_, at) =>
  String(3_000_000_000_000_000_000n + BigInt(2 * at)),
);
/** How many channels each has, of which only that one is ever used. */
const CHANNELS = Number(process.argv[3] ?? 1);
const MEMBERS = 1000;

const channelOf = (guild: string): string => String(BigInt(guild) + 1n);

const orderSchema = z.object({
  perSecond: z.number().positive(),
  count: z.int().positive(),
  /** Data of interactions with their type, taken in turn; the word CHANNEL in them becomes the channel's id. */
  kinds: z.array(z.object({ type: z.number(), data: z.record(z.string(), z.unknown()) })).min(1),
  /** Each of so many members sends one of each kind, then comes the next; where left out every interaction is another's. */
  members: z.int().positive().optional(),
});

let made = 0n;
const nextId = (): string => String((BigInt(Date.now() - EPOCH_MS) << 22n) + (made++ & 0x3fffffn));

const waiting = new Map<string, (at: number) => void>();
let socket: WebSocket | null = null;
let sequence = 0;

const dispatch = (type: string, data: unknown): void => {
  sequence += 1;
  socket?.send(JSON.stringify({ op: 0, t: type, s: sequence, d: data }));
};

const bot = {
  id: BOT,
  username: "Rehearsal",
  discriminator: "0",
  global_name: null,
  avatar: null,
  bot: true,
};

const http = createServer((request, response) => {
  const path = (request.url ?? "").replace(/^\/api\/v10/, "");
  const token = /^\/interactions\/\d+\/(\w+)\/callback/.exec(path)?.[1];
  // The head of the request is the moment at which the member would see something.
  if (token !== undefined) waiting.get(token)?.(performance.now());
  request.resume().on("end", () => {
    const isGateway = path.startsWith("/gateway/bot");
    const { port } = http.address() as AddressInfo;
    const limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 };
    const body = isGateway
      ? { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit }
      : { id: nextId(), channel_id: GUILDS[0] };
    if (token !== undefined) return response.writeHead(204).end();
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
});

const guildJson = (id: string) => ({
  id,
  name: "load",
  owner_id: "1000000000000000009",
  roles: [
    {
      id,
      name: "@everyone",
      permissions: "0",
      position: 0,
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
    },
  ],
  emojis: [],
  stickers: [],
  features: [],
  channels: Array.from({ length: CHANNELS }, (_, at) => ({
    id: at === 0 ? channelOf(id) : String(BigInt(id) + 1_000_000_000n * BigInt(at)),
    type: 0,
    name: "daily",
    position: 0,
    permission_overwrites: [],
  })),
  threads: [],
  members: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  joined_at: new Date().toISOString(),
  preferred_locale: "en-US",
});

new WebSocketServer({ server: http }).on("connection", (connected) => {
  socket = connected;
  connected.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
  connected.on("message", (raw) => {
    const { op } = z.object({ op: z.number() }).parse(JSON.parse(String(raw)));
    if (op === 1) connected.send(JSON.stringify({ op: 11 }));
    if (op !== 2) return;
    const { port } = http.address() as AddressInfo;
    dispatch("READY", {
      v: 10,
      user: bot,
      guilds: GUILDS.map((id) => ({ id, unavailable: true })),
      session_id: "load",
      resume_gateway_url: `ws://127.0.0.1:${port}`,
      application: { id: BOT, flags: 0 },
    });
    for (const guild of GUILDS) dispatch("GUILD_CREATE", guildJson(guild));
  });
});

/**
 * Delivers one interaction; resolves with the milliseconds to its first response, or null after 3 s.
 *
 * @param number decides who sends it, and where
 */
function interact(
  number: number,
  { type, data }: z.infer<typeof orderSchema>["kinds"][number],
  members = MEMBERS,
): Promise<number | null> {
  const id = nextId();
  const token = `token${id}`;
  const guild = GUILDS[number % GUILDS.length] ?? "";
  const channel = channelOf(guild);
  const filled = JSON.parse(JSON.stringify(data).replaceAll("CHANNEL", channel));
  const member = String(2_000_000_000_000_000_000n + BigInt(number % members));
  return new Promise((resolve) => {
    const begin = performance.now();
    const finish = (ms: number | null): void => {
      clearTimeout(timer);
      waiting.delete(token);
      resolve(ms);
    };
    const timer = setTimeout(() => finish(null), 3000);
    waiting.set(token, (at) => finish(at - begin));
    dispatch("INTERACTION_CREATE", {
      id,
      application_id: BOT,
      token,
      type,
      data: filled,
      version: 1,
      guild_id: guild,
      channel_id: channel,
      channel: { id: channel, type: 0, name: "daily" },
      locale: number % 2 === 0 ? "en-US" : "zh-CN",
      guild_locale: "en-US",
      app_permissions: "0",
      entitlements: [],
      authorizing_integration_owners: {},
      member: {
        user: { ...bot, id: member, username: "member", bot: false },
        roles: [],
        permissions: "0",
        joined_at: new Date().toISOString(),
        deaf: false,
        mute: false,
        flags: 0,
      },
      message: {
        id: nextId(),
        channel_id: channel,
        author: bot,
        content: "",
        type: 0,
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        embeds: [],
        attachments: [],
        components: [],
        mentions: [],
        mention_roles: [],
        mention_everyone: false,
        pinned: false,
        tts: false,
      },
    });
  });
}

let sessions = 0;

process.on("message", async (message) => {
  const { perSecond, count, kinds, members } = orderSchema.parse(message);
  const first = sessions;
  if (members !== undefined) sessions += Math.ceil(count / kinds.length);
  const begin = performance.now();
  const answered: Promise<number | null>[] = [];
  while (answered.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1);
    while (answered.length < due) {
      const kind = kinds[answered.length % kinds.length];
      const at = answered.length;
      const number = members === undefined ? at : first + Math.floor(at / kinds.length);
      if (kind !== undefined) answered.push(interact(number, kind, members));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  process.send?.({ ms: await Promise.all(answered) });
});

http.listen(0, "127.0.0.1", () => {
  process.send?.({ api: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`, guilds: GUILDS });
});
process.on("disconnect", () => process.exit());
