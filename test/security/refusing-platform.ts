import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Discord, Slack and the judge in one: it refuses everything, and says back what it was given. */
export interface RefusingPlatform {
  readonly url: string;
  /** What came, one line each: method, path, authorization and body. */
  readonly heard: readonly string[];
  stop(): void;
}

/** By which the bot finds out whether its tokens are good at all. */
const TESTED: ReadonlySet<string> = new Set(["/slack/auth.test", "/slack/apps.connections.open"]);

/**
 * @param granted what Slack gives all the same to a workspace that adds the app with this code: its token
 */
export async function openRefusingPlatform(granted: {
  readonly code: string;
  readonly token: string;
}): Promise<RefusingPlatform> {
  const heard: string[] = [];
  const workspace = { team: { id: "T1", name: "north" }, authed_user: { id: "U1" } };
  const access = { ...workspace, app_id: "A1", bot_user_id: "U2", scope: "chat:write", token_type: "bot" };
  const tested = { team_id: "T1", user_id: "U2", bot_id: "B1", url: "https://north.example.com/" };
  const answerTo = (path: string, authorization: string, body: string): object => {
    if (path === "/slack/oauth.v2.access" && body.includes(granted.code))
      return { ok: true, ...access, access_token: granted.token };
    // Bolt asks with a new token at once whose it is.
    if (path === "/slack/auth.test" && authorization.includes(granted.token)) return { ok: true, ...tested };
    const said = `${authorization} ${body}`;
    // The bot knows this code for these; elsewhere a refusal may hold anything, and its log tells the error.
    const error = TESTED.has(path) ? "invalid_auth" : `not with ${said}`;
    return { ok: false, error, message: `no: ${said}` };
  };
  const server = createServer((request, response) => {
    const { url = "", method, headers } = request;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const authorization = headers.authorization ?? "";
      heard.push(`${method} ${url} ${authorization} ${body}`);
      // Slack says no with a 200.
      response.writeHead(url.startsWith("/slack") ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(answerTo(url, authorization, body)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
