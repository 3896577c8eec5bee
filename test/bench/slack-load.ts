import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

/**
 * Slack as a load: sockets over which commands, presses and forms come at a rate, and a Web API that takes everything
 * at once and notes when it came. A process of its own, so that it takes no time from the bot that is measured.
 */
const TEAM = "T00000001";
/** As many channels as such a rate comes from; a member stays in theirs. */
const CHANNELS = Array.from({ length: 50 }, (_, at) => `C${String(at + 1).padStart(8, "0")}`);
const MEMBERS = 1000;

const orderSchema = z.object({
  perSecond: z.number().positive(),
  count: z.int().positive(),
  /** Envelopes' types and payloads, taken in turn; the word $CHANNEL in them becomes a channel's id. */
  kinds: z.array(z.object({ type: z.string(), payload: z.record(z.string(), z.unknown()) })).min(1),
});

interface Waiting {
  readonly at: number;
  ackMs: number | null;
  seenMs: number | null;
}

const byEnvelope = new Map<string, Waiting>();
/** By the trigger or the address to respond to that went with it. */
const byName = new Map<string, Waiting>();
const sockets = new Set<WebSocket>();
let made = 0;

const see = (waiting: Waiting | undefined): void => {
  if (waiting !== undefined) waiting.seenMs ??= performance.now() - waiting.at;
};

const http = createServer((request, response) => {
  const path = request.url ?? "";
  const respondedTo = /^\/respond\/(\d+)/.exec(path)?.[1];
  if (respondedTo !== undefined) see(byName.get(respondedTo));
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { port } = http.address() as AddressInfo;
    const trigger = new URLSearchParams(Buffer.concat(chunks).toString()).get("trigger_id");
    if (trigger !== null) see(byName.get(trigger));
    const bodies: Readonly<Record<string, object>> = {
      "/api/auth.test": { team_id: TEAM, user_id: "U0BOT", bot_id: "B0BOT" },
      "/api/apps.connections.open": { url: `ws://127.0.0.1:${port}/socket` },
      "/api/users.info": { user: { id: "U1", name: "ann", locale: "zh-CN" } },
      "/api/views.open": { view: { id: "V1" } },
    };
    const body = { ok: true, ts: "1.000001", channel: CHANNELS[0], ...bodies[path] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
});

new WebSocketServer({ server: http }).on("connection", (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (data) => {
    const { envelope_id: id, payload } = JSON.parse(String(data));
    const waiting = byEnvelope.get(id);
    if (waiting === undefined) return;
    waiting.ackMs ??= performance.now() - waiting.at;
    if (payload?.response_action !== undefined || payload?.options !== undefined) see(waiting);
  });
  socket.send(
    JSON.stringify({ type: "hello", num_connections: sockets.size, connection_info: { app_id: "A1" } }),
  );
});

/** The payload with a member, a trigger and a time of its own. */
function filled(payload: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const { port } = http.address() as AddressInfo;
  const member = made % MEMBERS;
  const user = `U${String(member).padStart(5, "0")}`;
  const text = JSON.stringify(payload)
    .replaceAll("$USER", user)
    .replaceAll("$CHANNEL", CHANNELS[member % CHANNELS.length] ?? "")
    .replaceAll("$NAME", name)
    .replaceAll("$TS", (Date.now() / 1000).toFixed(6))
    .replaceAll("$RESPOND", `http://127.0.0.1:${port}/respond/${name}`);
  return JSON.parse(text);
}

process.on("message", async (order) => {
  const { perSecond, count, kinds } = orderSchema.parse(order);
  const all: Waiting[] = [];
  const begin = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const due = begin + (sent * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    made += 1;
    const name = String(made);
    const kind = kinds[sent % kinds.length];
    const [socket] = [...sockets].slice(sent % Math.max(1, sockets.size));
    const waiting: Waiting = { at: performance.now(), ackMs: null, seenMs: null };
    byEnvelope.set(name, waiting);
    byName.set(name, waiting);
    all.push(waiting);
    const payload = filled(kind?.payload ?? {}, name);
    socket?.send(
      JSON.stringify({ envelope_id: name, type: kind?.type, payload, accepts_response_payload: true }),
    );
  }
  const until = performance.now() + 10_000;
  while (all.some(({ seenMs }) => seenMs === null) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
  byEnvelope.clear();
  byName.clear();
  process.send?.({ ack: all.map(({ ackMs }) => ackMs), seen: all.map(({ seenMs }) => seenMs) });
});
process.on("disconnect", () => process.exit());

http.listen(0, "127.0.0.1", () => {
  process.send?.({
    api: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/`,
    team: TEAM,
    channels: CHANNELS,
  });
});
