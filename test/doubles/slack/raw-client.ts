import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { WebSocket } from "ws";
import type { SlackDouble } from "./handles.ts";
import { isJson, type Json, objectIn, textIn } from "./json.ts";

/** Calls the API without a library between. */
export async function call(
  slack: SlackDouble,
  method: string,
  args: Json = {},
  token: string | null = slack.botToken,
): Promise<Json> {
  const response = await fetch(`${slack.api}${method}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  const body: unknown = await response.json();
  return { status: response.status, ...(isJson(body) ? body : { body }) };
}

/** Posts to a response URL; gives the status and what was answered. */
export async function respond(
  url: string,
  body: Json,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** A Socket Mode connection that acknowledges only what it is told to. */
export interface RawSocket {
  readonly frames: readonly Json[];
  /** The next frame that fits, among those that came and were not taken. */
  take(fits: (frame: Json) => boolean): Promise<Json>;
  /** The next envelope. */
  envelope(): Promise<Json>;
  ack(envelope: Json, payload?: unknown): void;
  readonly closed: Promise<number>;
  close(): void;
}

export async function openSocket(slack: SlackDouble): Promise<RawSocket> {
  const { url } = await call(slack, "apps.connections.open", {}, slack.appToken);
  const socket = new WebSocket(textIn(url));
  const frames: Json[] = [];
  const untaken: Json[] = [];
  const looks = new Set<() => void>();
  socket.on("message", (raw) => {
    const frame = objectIn(JSON.parse(raw.toString()));
    frames.push(frame);
    untaken.push(frame);
    for (const look of [...looks]) look();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  await once(socket, "open");
  const take: RawSocket["take"] = (fits) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const at = untaken.findIndex(fits);
        const [frame] = at < 0 ? [] : untaken.splice(at, 1);
        if (frame === undefined) return;
        looks.delete(look);
        clearTimeout(timer);
        resolve(frame);
      };
      const timer = setTimeout(() => reject(new Error("no such frame came")), 3000);
      looks.add(look);
      look();
    });
  return {
    frames,
    closed,
    take,
    envelope: () => take(({ envelope_id }) => envelope_id !== undefined),
    ack: ({ envelope_id }, payload) =>
      socket.send(JSON.stringify({ envelope_id, ...(payload === undefined ? {} : { payload }) })),
    close: () => socket.close(1000),
  };
}

/** Connects and waits for `hello`. */
export async function connected(slack: SlackDouble): Promise<RawSocket> {
  const socket = await openSocket(slack);
  await socket.take(({ type }) => type === "hello");
  return socket;
}

export interface RawRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes what Slack sends and answers as it is told. */
export interface RawApp {
  readonly url: string;
  readonly requests: readonly RawRequest[];
  /** Status and body of the next answers; 200 and nothing by default. */
  answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

export async function startRawApp(): Promise<RawApp> {
  const requests: RawRequest[] = [];
  let next: { status: number; body: unknown; headers: Readonly<Record<string, string>> } = {
    status: 200,
    body: undefined,
    headers: {},
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const { status, body, headers } = next;
      const isText = typeof body === "string";
      response.writeHead(status, {
        ...(body === undefined ? {} : { "content-type": isText ? "text/plain" : "application/json" }),
        ...headers,
      });
      response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the app has no port");
  return {
    url: `http://127.0.0.1:${address.port}/slack/events`,
    requests,
    answer(status, body, headers = {}) {
      next = { status, body, headers };
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
