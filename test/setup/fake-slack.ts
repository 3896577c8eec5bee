import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeSlack {
  readonly api: string;
  /** Scopes of the bot's token, as auth.test names them in its headers. */
  scopes: readonly string[];
  /** What was posted, in order: channel and text. */
  readonly posted: (readonly [channel: string, text: string])[];
  /** Methods in the order in which they were called, each with the token. */
  readonly calls: (readonly [method: string, token: string])[];
  /** Answers the next request so, in place of what is right. */
  next(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

export const BOT_TOKEN = "xoxb-1234567890-abcdefghijklmnop";
export const APP_TOKEN = "xapp-1-A0123456-1234567890-abcdef";

/** The three calls of Slack's API that the set-up makes; the bot is in one channel. */
export async function startFakeSlack(scopes: readonly string[]): Promise<FakeSlack> {
  const waiting: { status: number; body: unknown; headers: Readonly<Record<string, string>> }[] = [];
  const fake = {
    scopes,
    posted: [] as [string, string][],
    calls: [] as [string, string][],
  };
  const answerTo = (method: string, token: string, given: URLSearchParams): Record<string, unknown> => {
    const wanted = method === "apps.connections.open" ? APP_TOKEN : BOT_TOKEN;
    if (token !== wanted) return { ok: false, error: "invalid_auth" };
    if (method === "auth.test")
      return { ok: true, team: "Study", team_id: "T0123456", user: "rehearsal", bot_id: "B0123456" };
    if (method === "apps.connections.open") return { ok: true, url: "wss://127.0.0.1/" };
    if (method !== "chat.postMessage") return { ok: false, error: "unknown_method" };
    const channel = given.get("channel") ?? "";
    if (channel !== "C0123456") return { ok: false, error: "not_in_channel" };
    fake.posted.push([channel, given.get("text") ?? ""]);
    return { ok: true, ts: "1.1" };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = (request.url ?? "").replace("/api/", "");
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    fake.calls.push([method, token]);
    const given = waiting.shift();
    const body =
      given?.body ?? answerTo(method, token, new URLSearchParams(Buffer.concat(chunks).toString()));
    response
      .writeHead(given?.status ?? 200, {
        "content-type": "application/json",
        ...(method === "auth.test" ? { "x-oauth-scopes": fake.scopes.join(",") } : {}),
        ...given?.headers,
      })
      .end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    api: `http://127.0.0.1:${port}/api`,
    next: (status: number, body: unknown, headers = {}) => void waiting.push({ status, body, headers }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  });
}
