import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeDiscord {
  /** Where its API is, without a version. */
  readonly api: string;
  /** What was registered where, in order: a path and the names of the commands. */
  readonly registered: (readonly [path: string, names: readonly string[]])[];
  /** Every Authorization header that came. */
  readonly authorizations: string[];
  /** What the bot may do in its server, as one number; 8 is everything. */
  permissions: string;
  /** How often it may still connect today. */
  remaining: number;
  /** Answers the next request so, in place of what is right. */
  next(status: number, body: unknown): void;
  stop(): Promise<void>;
}

export const TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB";
export const APPLICATION = "123456789012345678";
export const GUILD = "223456789012345678";

/** The calls of Discord's API that the set-up and the doctor make; the bot is in one server. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const registered: [string, string[]][] = [];
  const authorizations: string[] = [];
  const waiting: { status: number; body: unknown }[] = [];
  const fake = { permissions: "8", remaining: 1_000 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const authorization = request.headers.authorization ?? "";
    authorizations.push(authorization);
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const given = waiting.shift();
    if (given !== undefined) return answer(given.status, given.body);
    if (authorization !== `Bot ${TOKEN}`) return answer(401, { message: "401: Unauthorized", code: 0 });
    const path = request.url ?? "";
    if (path === "/api/v10/applications/@me") return answer(200, { id: APPLICATION, name: "Study" });
    if (path === "/api/v10/users/@me/guilds")
      return answer(200, [{ id: GUILD, name: "Team", permissions: fake.permissions }]);
    if (path === "/api/v10/gateway/bot")
      return answer(200, {
        url: "wss://127.0.0.1",
        shards: 2,
        session_start_limit: { remaining: fake.remaining, reset_after: 600_000 },
      });
    if (request.method === "GET" && path.endsWith("/commands"))
      return answer(200, registered.at(-1)?.[1].map((name) => ({ name })) ?? []);
    if (request.method === "PUT" && path.endsWith("/commands")) {
      if (path.includes("/guilds/") && !path.includes(GUILD)) {
        return answer(403, { message: "Missing Access", code: 50001 });
      }
      const commands: { name: string }[] = JSON.parse(Buffer.concat(chunks).toString());
      registered.push([path, commands.map(({ name }) => name)]);
      return answer(200, commands);
    }
    return answer(404, { message: "404: Not Found", code: 0 });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    api: `http://127.0.0.1:${port}/api`,
    registered,
    authorizations,
    next: (status: number, body: unknown) => void waiting.push({ status, body }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  });
}
