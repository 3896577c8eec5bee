import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DigitalDiscord } from "discord-digital-twin";
import { WebSocket } from "ws";
import { isJson, type Json } from "./form.ts";
import type { Room, World } from "./world.ts";

export interface TwinAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** discord-digital-twin behind the front: it keeps guilds, channels and everybody's messages, and answers what the front
 * does not answer itself. */
export interface Twin {
  ask(method: string, path: string, body?: unknown): Promise<TwinAnswer>;
  /** READY and the GUILD_CREATEs that it greets a client with. */
  greeting(): Promise<{ readonly ready: Json; readonly guilds: readonly Json[] }>;
  addRoom(room: Room): Promise<void>;
  addMember(id: string, name: string, guildId: string): Promise<void>;
  /** Keeps a message under an id and an instant of the front's. */
  addMessage(message: {
    readonly id: string;
    readonly channelId: string;
    readonly authorId: string;
    readonly content: string;
    readonly attachments: string;
    readonly at: number;
  }): Promise<void>;
  rename(from: string, to: string, at: number, attachments: string): Promise<void>;
  /** Events that start with it, not with the front: reactions, changes of channels. */
  readonly events: { on(listener: (type: string, data: Json) => void): void };
  stop(): Promise<void>;
}

/** The twin for a flood: it keeps no messages, and does not pretend to know any. */
export const withoutMessages = (twin: Twin): Twin => ({
  ...twin,
  async ask(method, path, body) {
    if (!/^\/channels\/\d+\/messages/.test(path)) return twin.ask(method, path, body);
    if (method === "GET") throw new Error("this twin keeps no messages that could be listed");
    return { status: 200, body: { id: "0" } };
  },
  rename: async () => {},
  addMessage: async () => {},
});

const TWIN_TOKEN = "twin";

/** Connects and identifies; hands on every dispatch. */
async function identify(url: string, heard: (type: string, data: Json) => void): Promise<WebSocket> {
  const socket = new WebSocket(url);
  socket.on("message", (raw) => {
    const frame: unknown = JSON.parse(raw.toString());
    if (!isJson(frame) || frame.op !== 0 || typeof frame.t !== "string" || !isJson(frame.d)) return;
    heard(frame.t, frame.d);
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ op: 2, d: { token: TWIN_TOKEN, intents: 0, properties: {} } }));
  return socket;
}

/** @param strangerId who owns a guild that has no admin */
export async function startTwin(world: World, strangerId: string): Promise<Twin> {
  // Two twins of one process share an in-memory database, so each gets a file.
  const folder = await mkdtemp(join(tmpdir(), "discord-twin-"));
  const rooms = [...world.rooms.values()];
  const people = [...world.people.values()];
  const twin = new DigitalDiscord({
    dbUrl: `file:${join(folder, "twin.db")}`,
    botToken: TWIN_TOKEN,
    botUser: { id: world.botId, username: "Rehearsal" },
    guilds: [...world.guilds.values()].map(({ id, name }) => ({
      id,
      name,
      ownerId: people.find(({ guildId, admin }) => guildId === id && admin)?.id ?? strangerId,
      channels: rooms
        .filter(({ guildId }) => guildId === id)
        .map((room) => ({ id: room.id, name: room.name, type: room.type })),
    })),
    users: [],
  });
  await twin.start();
  await twin.prisma.$executeRawUnsafe("PRAGMA synchronous = OFF");
  const listeners: ((type: string, data: Json) => void)[] = [];
  const tap = await identify(twin.gatewayUrl, (type, data) => {
    for (const listener of listeners) listener(type, data);
  });

  const self: Twin = {
    async ask(method, path, body) {
      const response = await fetch(`${twin.restUrl}/v10${path}`, {
        method,
        headers: { authorization: `Bot ${TWIN_TOKEN}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : JSON.parse(text) };
    },
    async greeting() {
      const guilds: Json[] = [];
      const { promise, resolve } = Promise.withResolvers<Json>();
      let ready: Json | undefined;
      const socket = await identify(twin.gatewayUrl, (type, data) => {
        if (type === "READY") ready = data;
        if (type === "GUILD_CREATE") guilds.push(data);
        if (ready !== undefined && guilds.length === world.guilds.size) resolve(ready);
      });
      const greeted = await promise;
      socket.terminate();
      return { ready: greeted, guilds };
    },
    async addRoom({ id, guildId, name, type, parentId }) {
      await twin.prisma.channel.create({ data: { id, guildId, name, type, parentId } });
    },
    async addMember(id, name, guildId) {
      await twin.prisma.user.create({ data: { id, username: name, globalName: name, bot: false } });
      await twin.prisma.guildMember.create({ data: { guildId, userId: id } });
    },
    async addMessage({ at, ...message }) {
      await twin.prisma.message.create({ data: { ...message, timestamp: new Date(at) } });
    },
    async rename(from, to, at, attachments) {
      await twin.prisma.message.update({
        where: { id: from },
        data: { id: to, timestamp: new Date(at), attachments },
      });
    },
    events: {
      on(listener) {
        listeners.push(listener);
      },
    },
    async stop() {
      tap.terminate();
      await twin.stop();
      await twin.prisma.$disconnect();
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (const room of rooms) if (room.guildId === null) await self.addRoom(room);
  for (const { id, name, guildId } of world.people.values()) await self.addMember(id, name, guildId);
  return self;
}
