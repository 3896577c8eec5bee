import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { DefaultRestOptions, REST } from "discord.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { restSettings } from "#src/adapters/discord/client";

const files = [1, 2, 3].map((at) => ({ name: `${at}.png`, data: Buffer.alloc(2_000_000, at) }));

const opened: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** An API that deals with each request as it is told, and a client as the bot has it that waits for so long. */
async function openApi(take: (request: IncomingMessage) => Promise<unknown>, timeout: number): Promise<REST> {
  const server = createServer(async (request, response) => {
    const answered = await take(request);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answered));
  });
  opened.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  return new REST({ ...restSettings({ api, shards: null }), retries: 0, timeout }).setToken("a-token");
}

describe("pictures on their way to Discord", () => {
  // Where Node's client was loaded before the library's, as in our program, a form that is given up half way ends the process.
  it("leave in one piece, so that nothing goes on streaming when their request is given up", async () => {
    const handedOn = vi.spyOn(DefaultRestOptions, "makeRequest");
    for (const timeout of [1, 4]) {
      const rest = await openApi((request) => once(request.pause(), "close"), timeout);
      await expect(rest.post("/channels/1/messages", { body: {}, files })).rejects.toThrow(/abort/i);
    }
    const bodies = handedOn.mock.calls.map(([, { body }]) => body);
    expect(bodies).toEqual([expect.any(Uint8Array), expect.any(Uint8Array)]);
  });

  it("arrive as they are, each under its name beside the message", async () => {
    const rest = await openApi(async (request) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      const form = await new Response(Buffer.concat(parts), { headers }).formData();
      const sent = await Promise.all(
        [...form].map(async ([name, value]) =>
          typeof value === "string" ? [name, value] : [name, value.name, (await value.bytes()).at(-1)],
        ),
      );
      return { sent, length: request.headers["content-length"] };
    }, 10_000);
    const { sent, length } = (await rest.post("/channels/1/messages", {
      body: { content: "here" },
      files,
    })) as { sent: unknown[]; length: string };
    expect(sent).toEqual([
      ["files[0]", "1.png", 1],
      ["files[1]", "2.png", 2],
      ["files[2]", "3.png", 3],
      ["payload_json", '{"content":"here"}'],
    ]);
    expect(Number(length)).toBeGreaterThan(6_000_000);
  });
});
