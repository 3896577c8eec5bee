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
  /** Answers the next request so, in place of what is right. */
  next(status: number, body: unknown): void;
  stop(): Promise<void>;
}

export const TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB";
export const APPLICATION = "123456789012345678";
export const GUILD = "223456789012345678";

/** The two calls of Discord's API that the set-up makes; the bot is in one server. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const registered: [string, string[]][] = [];
  const authorizations: string[] = [];
  const waiting: { status: number; body: unknown }[] = [];
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
  return {
    api: `http://127.0.0.1:${port}/api`,
    registered,
    authorizations,
    next: (status, body) => void waiting.push({ status, body }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
