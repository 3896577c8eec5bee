import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "#commands/index";
import { Refusal } from "#core/refusal";
import { readDocumentFile, readTextFile } from "#src/adapters/chat/text-file";
import { meaningOf, writtenSchema } from "#src/adapters/discord/written";
import type { Calls } from "#src/adapters/slack/calls";
import { writtenMeant } from "#src/adapters/slack/meaning";
import type { Parts } from "#src/adapters/slack/parts";

const TOKEN = "xoxb-only-for-the-file-host";
const SLACK = "https://files.slack.com";
const BOT = "100000000000000001";

/** Somebody else's server: what it is to see is nothing at all. */
const canary = { connections: 0, authorizations: [] as string[] };
let canaryServer: Server;
/** The platform's file host, which somebody brought to redirect. */
let host: Server;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Each address that was asked for; those that are no server of ours are not really gone to. */
let asked: string[] = [];
const real = globalThis.fetch;
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::ffff:7f00:1]", "0.0.0.0"]);
const watched: typeof fetch = async (address, init) => {
  const url = new URL(String(address));
  asked.push(url.href);
  if (!LOOPBACK.has(url.hostname)) throw new TypeError("this test goes to no other machine");
  return await real(url, init);
};

beforeAll(async () => {
  canaryServer = createServer((request, response) => {
    canary.authorizations.push(request.headers.authorization ?? "none");
    response.end("what is behind the wall");
  });
  canaryServer.on("connection", () => {
    canary.connections += 1;
  });
  host = createServer((request, response) => {
    const [, status, way] = /^\/(30\d)\/(\w+)$/.exec(request.url ?? "") ?? [];
    const there = `http://127.0.0.1:${portOf(canaryServer)}/taken`;
    const locations: Readonly<Record<string, string>> = {
      there,
      scheme: there.slice("http:".length),
      hop: "/302/there",
    };
    const location = locations[way ?? ""];
    if (status === undefined || location === undefined) response.end("a log");
    else response.writeHead(Number(status), { location }).end();
  });
  for (const server of [canaryServer, host]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
});
afterAll(() => {
  for (const server of [canaryServer, host]) {
    server.closeAllConnections();
    server.close();
  }
});

beforeEach(() => {
  asked = [];
  canary.connections = 0;
  canary.authorizations = [];
  vi.stubGlobal("fetch", watched);
});
afterEach(() => vi.unstubAllGlobals());

/** The four ways by which an address of a member's comes to be fetched. */
const ways = (url: string, origins: readonly string[]): Readonly<Record<string, () => Promise<unknown>>> => {
  const source = { origins, fetch: watched, headers: { authorization: `Bearer ${TOKEN}` } };
  const file = { name: "run.log", size: 6, url };
  return {
    text: () => readTextFile(file, source),
    document: () => readDocumentFile(file, source),
    slack: () => {
      const files = [{ id: "F1", name: file.name, size: file.size, url_private_download: url }];
      const message = { text: "<@U1> /content import owner=us", files };
      const parts = { commands, prefix: "", fileOrigins: origins } as unknown as Parts;
      return writtenMeant(message as never, "U1", { token: TOKEN } as Calls, parts);
    },
    discord: () => {
      const message = writtenSchema.parse({
        id: "100000000000000002",
        channel_id: "100000000000000003",
        type: 0,
        author: { id: "100000000000000004" },
        content: `<@${BOT}> /content import owner=us`,
        attachments: [{ id: "100000000000000005", filename: file.name, size: file.size, url }],
      });
      return meaningOf(message, BOT, commands, { origins, fetch: watched });
    },
  };
};

const thrownBy = async (read: () => Promise<unknown>): Promise<unknown> => {
  try {
    return { came: await read() };
  } catch (error) {
    return error;
  }
};

/** All that is wrong with how an address is dealt with where it should be refused. */
async function faultsOf(url: string, origins: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [way, read] of Object.entries(ways(url, origins))) {
    const thrown = await thrownBy(read);
    if (!(thrown instanceof Refusal)) faults.push(`${way}: ${JSON.stringify(thrown)} instead of a refusal`);
  }
  return faults;
}

const nothingSeen = { connections: 0, authorizations: [] };

describe("An address that a member sent", () => {
  it("is never gone to where it is not the platform's file host, however it is written, and no token is sent", async () => {
    const port = portOf(canaryServer);
    const addresses = [
      // Another host, or a part of this machine or its network.
      `http://127.0.0.1:${port}/x`,
      `http://localhost:${port}/x`,
      `http://LOCALHOST.:${port}/x`,
      `http://0.0.0.0:${port}/x`,
      "http://169.254.169.254/latest/meta-data/",
      "http://metadata.google.internal/computeMetadata/v1/",
      "http://[fd00:ec2::254]/latest/meta-data/",
      "http://192.168.0.1/",
      "https://example.org/files.slack.com/x",
      "https://example.org/?https://files.slack.com/x",
      "https://example.org/#@files.slack.com",
      // The same address in other signs.
      `http://2130706433:${port}/x`,
      `http://0x7f000001:${port}/x`,
      `http://0x7f.1:${port}/x`,
      `http://0177.0.0.1:${port}/x`,
      `http://127.1:${port}/x`,
      `http://127.0.0.1.:${port}/x`,
      `http://[::ffff:127.0.0.1]:${port}/x`,
      `http://[::ffff:7f00:1]:${port}/x`,
      `http://[::1]:${port}/x`,
      `http://１２７.0.0.1:${port}/x`,
      `http://127%2e0%2e0%2e1:${port}/x`,
      `http://127。0。0。1:${port}/x`,
      // The host's name where no host stands.
      `https://files.slack.com@127.0.0.1:${port}/x`,
      `https://files.slack.com:443@127.0.0.1:${port}/x`,
      `http://files.slack.com%2f@127.0.0.1:${port}/x`,
      `http://127.0.0.1:${port}\\@files.slack.com/x`,
      `http://127.0.0.1:${port}/@files.slack.com/x`,
      `http://127.0.0.1:${port}#@files.slack.com/x`,
      // Another scheme or port of the host.
      "http://files.slack.com/x",
      "https://files.slack.com:8443/x",
      "https://files.slack.com:80/x",
      `http://files.slack.com:${port}/x`,
      "ftp://files.slack.com/x",
      "ws://files.slack.com/x",
      // Hosts that look like it.
      "https://files.slack.com.example.org/x",
      "https://files.slack.com./x",
      "https://xfiles.slack.com/x",
      "https://slack.com/x",
      "https://a.files.slack.com/x",
      "https://files-slack.com/x",
      "https://files.slаck.com/x",
      "https://files.slack.co/x",
      // No address on a network.
      "file:///etc/passwd",
      "data:text/plain,a%20log",
      "javascript:1",
      "//127.0.0.1/x",
      "/etc/passwd",
      "null",
      "",
    ];
    const faults: string[] = [];
    for (const address of addresses)
      for (const fault of await faultsOf(address, [SLACK])) faults.push(`${address} by ${fault}`);
    expect(faults).toEqual([]);
    expect(asked).toEqual([]);
    expect(canary).toEqual(nothingSeen);
  });

  it("on the platform's file host leads nowhere else, whatever that redirects to", async () => {
    const origin = `http://127.0.0.1:${portOf(host)}`;
    const faults: string[] = [];
    for (const status of [301, 302, 303, 307, 308])
      for (const way of ["there", "scheme", "hop"]) {
        const address = `${origin}/${status}/${way}`;
        for (const fault of await faultsOf(address, [origin])) faults.push(`${address} by ${fault}`);
      }
    expect(faults).toEqual([]);
    // The host itself was asked each time: it is its redirections that are not followed.
    expect(asked).toHaveLength(5 * 3 * 4);
    expect(canary).toEqual(nothingSeen);
  });

  it("is gone to where it is the platform's file host, and only the host's port beside it is another's", async () => {
    const origin = `http://127.0.0.1:${portOf(host)}`;
    const source = { origins: [origin], fetch: watched };
    expect(await readTextFile({ name: "run.log", size: 5, url: `${origin}/run.log` }, source)).toBe("a log");
    expect(await faultsOf(`http://127.0.0.1:${portOf(canaryServer)}/run.log`, [origin])).toEqual([]);
    expect(await faultsOf(`http://a:b@127.0.0.1:${portOf(canaryServer)}/run.log`, [origin])).toEqual([]);
    expect(asked).toEqual([`${origin}/run.log`]);
    expect(canary).toEqual(nothingSeen);
  });
});
