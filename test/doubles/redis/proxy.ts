import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire on loopback that can be slow, cut, silent or torn in the middle of a reply. */
export interface Wire {
  readonly port: number;
  /** Every piece of either direction arrives so much later. */
  delay(ms: number): void;
  /** Nothing passes any more and nobody is told, as when packets are lost; off again: what waits is torn down. */
  drop(isDropping: boolean): void;
  /** Refuses and ends all connections, as when the machine is gone; off again: new ones pass. */
  cut(isCut: boolean): void;
  /** The next reply of the server is torn after so many bytes; the connection ends with it. */
  resetMidReply(bytes?: number): void;
  /** Connections that are open now. */
  readonly connections: number;
  stop(): Promise<void>;
}

export const startProxy = async (target: number): Promise<Wire> => {
  const open = new Set<Socket>();
  let delayMs = 0;
  let isDropping = false;
  let isCut = false;
  let tearAfter: number | null = null;

  const passAlong = (from: Socket, to: Socket, isReply: boolean): void => {
    from.on("data", (piece) => {
      if (isDropping) return;
      const send = () => {
        if (isReply && tearAfter !== null) {
          const whole = piece.subarray(0, tearAfter);
          tearAfter = null;
          to.write(whole, () => to.resetAndDestroy());
          from.destroy();
        } else if (!to.destroyed) to.write(piece);
      };
      if (delayMs === 0) send();
      else setTimeout(send, delayMs).unref();
    });
    from.on("close", () => {
      open.delete(from);
      if (!isDropping) to.destroy();
    });
    // A torn connection is what this is for.
    from.on("error", () => {});
  };

  const server = createServer((client) => {
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    open.add(client).add(upstream);
    passAlong(client, upstream, false);
    passAlong(upstream, client, true);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const tearDown = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };

  return {
    port: (server.address() as AddressInfo).port,
    delay: (ms) => {
      delayMs = ms;
    },
    drop: (dropping) => {
      if (isDropping && !dropping) tearDown();
      isDropping = dropping;
    },
    cut: (cut) => {
      isCut = cut;
      if (cut) tearDown();
    },
    resetMidReply: (bytes = 3) => {
      tearAfter = bytes;
    },
    get connections() {
      return open.size / 2;
    },
    stop: async () => {
      isCut = true;
      tearDown();
      server.close();
      await once(server, "close");
    },
  };
};
