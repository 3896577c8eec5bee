import { once } from "node:events";
import { createServer } from "node:http";
import type { FaultList } from "./faults.ts";
import type { FileToSend, SeenAttachment } from "./handles.ts";

/** The host that attachments are served from, on this machine. */
export interface Cdn {
  readonly origin: string;
  readonly bytesServed: number;
  add(id: string, channelId: string, file: FileToSend, alt: string | null): SeenAttachment;
  stop(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function* bytesOf({ bytes }: FileToSend): AsyncIterable<Uint8Array> {
  if (typeof bytes === "function") yield* bytes();
  else yield bytes;
}

export async function startCdn(faults: FaultList): Promise<Cdn> {
  const files = new Map<string, FileToSend>();
  let bytesServed = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://cdn").pathname;
    const file = files.get(path);
    void (async () => {
      const fault = faults.take("GET", path);
      if (fault?.kind === "lost request" || fault?.kind === "lost reply")
        return request.socket.resetAndDestroy();
      if (file === undefined || fault?.kind === "status") {
        response.writeHead(fault?.kind === "status" ? fault.status : 404).end();
        return;
      }
      response.writeHead(200, { "content-type": file.contentType ?? "application/octet-stream" });
      if (fault?.kind === "slow") {
        response.flushHeaders();
        await pause(fault.ms);
      }
      for await (const chunk of bytesOf(file)) {
        if (response.destroyed) return;
        const sent = fault?.kind === "cut reply" ? chunk.subarray(0, Math.ceil(chunk.length / 2)) : chunk;
        bytesServed += sent.length;
        if (!response.write(sent)) await Promise.race([once(response, "drain"), once(response, "close")]);
        if (fault?.kind === "cut reply") return request.socket.resetAndDestroy();
      }
      response.end();
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the host of attachments has no port");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    get bytesServed() {
      return bytesServed;
    },
    add(id, channelId, file, alt) {
      const path = `/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}`;
      files.set(path, file);
      const bytes = typeof file.bytes === "function" ? new Uint8Array() : file.bytes;
      return {
        id,
        name: file.name,
        alt,
        size: file.size ?? bytes.length,
        contentType: file.contentType ?? "application/octet-stream",
        url: `${origin}${path}?ex=7fffffff&is=0&hm=0`,
        bytes,
      };
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
