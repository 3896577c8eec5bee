import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Outcome, Platform, Post } from "./rules.ts";

type Asked = { readonly post: Post } | { readonly find: { readonly channel: string; readonly key: string } };
type Answered = Outcome | { readonly found: string | null };

/**
 * Serves a platform on loopback, each request in one turn of the event loop, and keeps no process alive by itself. Returns
 * its port.
 */
export const servePlatform = async (platform: Platform): Promise<number> => {
  const server = createServer((socket) => {
    socket.setNoDelay();
    const lines = createInterface({ input: socket });
    // A client that was killed has nothing more to hear; readline hands the socket's errors on.
    for (const end of [socket, lines]) end.on("error", () => {});
    lines.on("line", (line) => {
      const { id, ...asked } = JSON.parse(line) as Asked & { readonly id: number };
      const answered: Answered =
        "post" in asked
          ? platform.post(asked.post)
          : { found: platform.find(asked.find.channel, asked.find.key) };
      if (!socket.destroyed) socket.write(`${JSON.stringify({ id, answered })}\n`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return (server.address() as AddressInfo).port;
};

/** A client's end of the wire. */
export interface Wire {
  ask(asked: Asked): Promise<Answered>;
  close(): void;
}

export const openWire = async (port: number): Promise<Wire> => {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.setNoDelay();
  await once(socket, "connect");
  const waiting = new Map<number, (answered: Answered) => void>();
  createInterface({ input: socket }).on("line", (line) => {
    const { id, answered } = JSON.parse(line) as { readonly id: number; readonly answered: Answered };
    waiting.get(id)?.(answered);
    waiting.delete(id);
  });
  let count = 0;
  return {
    ask: (asked) =>
      new Promise((resolve) => {
        count += 1;
        waiting.set(count, resolve);
        socket.write(`${JSON.stringify({ id: count, ...asked })}\n`);
      }),
    close: () => socket.destroy(),
  };
};
