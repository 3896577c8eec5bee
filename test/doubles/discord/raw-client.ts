import { once } from "node:events";
import { WebSocket } from "ws";
import { isJson, type Json } from "./form.ts";
import type { DiscordDouble } from "./handles.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Calls the API without a library between. @param headers replace the bot's own */
export async function call(
  discord: DiscordDouble,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: `Bot ${discord.token}` },
): Promise<RawAnswer> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${discord.api}/v10${path}`, {
    method,
    headers: { ...headers, ...(isForm ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  return {
    status: response.status,
    headers: response.headers,
    body: isJson(parsed) ? parsed : { list: parsed },
  };
}

interface Frame {
  readonly op: number;
  readonly s: number | null;
  readonly t: string | null;
  readonly d: Json;
}

/** A gateway connection that does nothing by itself. */
export interface RawSocket {
  readonly frames: readonly Frame[];
  /** The next frame that fits, among those that came and were not taken. */
  take(op: number, type?: string): Promise<Frame>;
  send(frame: object): void;
  /** The code it was closed with. */
  readonly closed: Promise<number>;
  close(code?: number): void;
}

export async function openSocket(discord: DiscordDouble): Promise<RawSocket> {
  const { body } = await call(discord, "GET", "/gateway/bot");
  const socket = new WebSocket(`${body.url}?v=10&encoding=json`);
  const frames: Frame[] = [];
  const untaken: Frame[] = [];
  const looks = new Set<() => void>();
  socket.on("message", (raw) => {
    const frame: Frame = JSON.parse(raw.toString());
    frames.push(frame);
    untaken.push(frame);
    for (const look of [...looks]) look();
  });
  socket.on("error", () => undefined);
  const closed = once(socket, "close").then(([code]) => Number(code));
  await once(socket, "open");
  return {
    frames,
    closed,
    take: (op, type) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const at = untaken.findIndex(
            (frame) => frame.op === op && (type === undefined || frame.t === type),
          );
          const [frame] = at < 0 ? [] : untaken.splice(at, 1);
          if (frame === undefined) return;
          looks.delete(look);
          clearTimeout(timer);
          resolve(frame);
        };
        const timer = setTimeout(() => reject(new Error(`no frame ${op} ${type ?? ""} came`)), 3000);
        looks.add(look);
        look();
      }),
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: (code = 1000) => socket.close(code),
  };
}

/** Connects and identifies; settles once the guilds have come. */
export async function identified(
  discord: DiscordDouble,
  intents: number,
  shard?: readonly [number, number],
): Promise<RawSocket> {
  const socket = await openSocket(discord);
  socket.send({ op: 2, d: { token: discord.token, intents, properties: {}, ...(shard ? { shard } : {}) } });
  await socket.take(0, "READY");
  return socket;
}
