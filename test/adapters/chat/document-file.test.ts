import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { readDocumentFile } from "#src/adapters/chat/text-file";
import { meaningOf, writtenSchema } from "#src/adapters/discord/written";
import type { Calls } from "#src/adapters/slack/calls";
import { writtenMeant } from "#src/adapters/slack/meaning";
import type { Parts } from "#src/adapters/slack/parts";

const BYTES = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff]);
const BASE64 = BYTES.toString("base64");
const BOT = "100000000000000001";

let server: Server;
let origin: string;
let authorization: string | undefined;
beforeAll(async () => {
  server = createServer((request, response) => {
    authorization = request.headers.authorization;
    if (request.url === "/large") {
      response.write(Buffer.alloc(9 * 1024 * 1024));
      response.end();
    } else response.end(BYTES);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const source = () => ({ origins: [origin], fetch });

const refusal = async (read: Promise<unknown>): Promise<string> => {
  const error = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.sentence(messagesFor("en")) : String(error);
};

describe("A document that is attached in chat", () => {
  it("is taken whole, whatever its format", async () => {
    const file = { name: "notes.docx", size: 6, url: `${origin}/notes` };
    expect(await readDocumentFile(file, source())).toEqual({ name: "notes.docx", base64: BASE64 });
  });

  it("is refused beyond 8 MB, whatever size was declared, and from any other host", async () => {
    const tooLarge = messagesFor("en").content.documentTooLarge(8);
    const of = (size: number, url: string) =>
      refusal(readDocumentFile({ name: "x.pdf", size, url }, source()));
    expect(await of(9_000_000, `${origin}/notes`)).toBe(tooLarge);
    expect(await of(10, `${origin}/large`)).toBe(tooLarge);
    expect(await of(10, "https://example.org/notes")).toContain("could not be fetched");
  });

  it("goes with the command that a message on Discord names", async () => {
    const message = writtenSchema.parse({
      id: "100000000000000002",
      channel_id: "100000000000000003",
      type: 0,
      author: { id: "100000000000000004" },
      content: `<@${BOT}> /content import owner=our own notes`,
      attachments: [{ id: "100000000000000005", filename: "notes.docx", size: 6, url: `${origin}/notes` }],
    });
    expect(await meaningOf(message, BOT, commands, source())).toEqual({
      command: "content",
      input: {
        kind: "typed",
        options: { do: "import", owner: "our own notes", document: { name: "notes.docx", base64: BASE64 } },
      },
    });
  });

  it("goes with the command that a message on Slack names, and is fetched with the workspace's token", async () => {
    const file = { id: "F1", name: "notes.docx", size: 6, url_private_download: `${origin}/notes` };
    const message = { text: "<@U1> /content import owner=our own notes", files: [file] };
    const parts = { commands, prefix: "", fileOrigins: [origin] } as unknown as Parts;
    const calls = { token: "xoxb-1" } as Calls;
    expect(await writtenMeant(message as never, "U1", calls, parts)).toEqual({
      command: "content",
      input: {
        kind: "typed",
        options: { do: "import", owner: "our own notes", document: { name: "notes.docx", base64: BASE64 } },
      },
    });
    expect(authorization).toBe("Bearer xoxb-1");
  });
});
