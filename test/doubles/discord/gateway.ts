import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { GatewayFaults } from "./faults.ts";
import { isJson, type Json } from "./form.ts";
import { isDisallowed, isIntents, type PrivilegedIntent } from "./intents.ts";
import { Session } from "./session.ts";
import type { World } from "./world.ts";

export interface GatewayOptions {
  readonly world: World;
  readonly token: string;
  readonly heartbeatMs: number;
  readonly shards: number;
  readonly privileged: readonly PrivilegedIntent[];
  readonly greet: (session: Session) => Promise<void>;
  readonly changed: () => void;
}

/** Clients that went away for good leave sessions behind; the service forgets them too. */
const KEPT_SESSIONS = 40;
/** Frames a client may send in a minute. */
const FRAMES_PER_MINUTE = 120;
const FRAME_BYTES = 4096;
const MINUTE_MS = 60_000;

/** Why the gateway closes a connection: developers/topics/opcodes-and-status-codes.mdx. */
const reasons = {
  4001: "Unknown opcode.",
  4002: "Error while decoding payload.",
  4003: "Not authenticated.",
  4004: "Authentication failed.",
  4005: "Already authenticated.",
  4007: "Invalid seq.",
  4008: "Rate limited.",
  4010: "Invalid shard.",
  4013: "Invalid intent(s).",
  4014: "Disallowed intent(s).",
} as const;

type CloseCode = keyof typeof reasons;

/** The frame; null where it is too long or no object. */
function frameIn(text: string): Json | null {
  if (Buffer.byteLength(text) > FRAME_BYTES) return null;
  try {
    const frame: unknown = JSON.parse(text);
    return isJson(frame) ? frame : null;
  } catch {
    return null;
  }
}

/** The gateway's side of the protocol: identifying, resuming, heartbeats, and what each session may hear. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Map<WebSocket, Session | null>();
  #sessions: Session[] = [];
  #replay = 0;
  #isRefusing = false;
  #resumes = 0;
  /** IDENTIFY frames so far. */
  identifies = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isRefusing) {
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#open(client));
  }

  /** Where clients connect, once the server listens. */
  url = "";

  get shards(): number {
    return this.#options.shards;
  }

  /** Tells every session that may hear it. */
  emit(type: string, data: Json): void {
    for (const session of this.#sessions) session.hear(type, data);
    this.#options.changed();
  }

  /** Tells each session something made for it. */
  async emitEach(type: string, make: (session: Session) => Promise<Json>): Promise<void> {
    for (const session of [...this.#sessions]) session.hear(type, await make(session));
    this.#options.changed();
  }

  #open(socket: WebSocket): void {
    this.#sockets.set(socket, null);
    const frames: number[] = [];
    socket.on("message", (raw) => {
      const now = performance.now();
      frames.push(now);
      while ((frames[0] ?? now) < now - MINUTE_MS) frames.shift();
      const code = frames.length > FRAMES_PER_MINUTE ? 4008 : this.#frame(socket, raw.toString());
      if (code !== null) socket.close(code, reasons[code]);
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => {
      const session = this.#sockets.get(socket);
      this.#sockets.delete(socket);
      session?.lost(socket);
      // Closing with 1000 or 1001 says that the client will not come back.
      if (session !== undefined && session !== null && (code === 1000 || code === 1001))
        this.#forget(session);
      this.#options.changed();
    });
    send(socket, { op: 10, d: { heartbeat_interval: this.#options.heartbeatMs } });
  }

  #forget(session: Session): void {
    this.#sessions = this.#sessions.filter((each) => each !== session);
  }

  /** Reads a frame; gives the code to close with where it breaks the protocol. */
  #frame(socket: WebSocket, text: string): CloseCode | null {
    const frame = frameIn(text);
    if (frame === null) return 4002;
    const session = this.#sockets.get(socket) ?? null;
    const data = isJson(frame.d) ? frame.d : {};
    switch (frame.op) {
      case 1:
        if (session === null || !session.isSilent) send(socket, { op: 11 });
        return null;
      case 2:
        return session === null ? this.#identify(socket, data) : 4005;
      case 6:
        return session === null ? this.#resume(socket, data) : 4005;
      case 3:
      case 4:
      case 8:
        return session === null ? 4003 : null;
      default:
        return 4001;
    }
  }

  #isToken(value: unknown): boolean {
    return typeof value === "string" && value.replace(/^Bot /, "") === this.#options.token;
  }

  #identify(socket: WebSocket, data: Json): CloseCode | null {
    const { intents, token } = data;
    const [shard = 0, count = 1] = Array.isArray(data.shard) ? data.shard.map(Number) : [];
    if (!this.#isToken(token)) return 4004;
    if (!isIntents(intents)) return 4013;
    if (isDisallowed(intents, this.#options.privileged)) return 4014;
    if (!(count >= 1 && shard >= 0 && shard < count)) return 4010;
    this.identifies += 1;
    const id = randomUUID().replaceAll("-", "");
    const session = new Session(this.#options.world, id, intents, [shard, count], socket);
    this.#sockets.set(socket, session);
    this.#sessions = [...this.#sessions, session].slice(-KEPT_SESSIONS);
    this.#options.greet(session).then(this.#options.changed, () => socket.terminate());
    return null;
  }

  #resume(socket: WebSocket, data: Json): CloseCode | null {
    const { token, session_id, seq } = data;
    if (!this.#isToken(token)) return 4004;
    const session = this.#sessions.find(({ id }) => id === session_id);
    if (session !== undefined && (typeof seq !== "number" || seq > session.sequence)) return 4007;
    const again = this.#replay;
    this.#replay = 0;
    if (session === undefined || !session.resume(socket, Number(seq), again)) {
      send(socket, { op: 9, d: false });
      return null;
    }
    this.#sockets.set(socket, session);
    this.#resumes += 1;
    this.#options.changed();
    return null;
  }

  /** Sessions that a client listens to now. */
  get #live(): readonly (readonly [WebSocket, Session])[] {
    return [...this.#sockets].flatMap(([socket, session]) =>
      session === null || !session.isReady ? [] : [[socket, session] as const],
    );
  }

  readonly faults: GatewayFaults = this.#faults();

  #faults(): GatewayFaults {
    const self = this;
    return {
      get connected() {
        return self.#live.filter(([, { isSilent }]) => !isSilent).length;
      },
      get identifies() {
        return self.identifies;
      },
      get resumes() {
        return self.#resumes;
      },
      reconnect: () => {
        for (const [socket] of this.#live) send(socket, { op: 7, d: null });
      },
      invalidate: (resumable) => {
        for (const [socket, session] of this.#live) {
          if (!resumable) this.#forget(session);
          send(socket, { op: 9, d: resumable });
          // The socket stays, and a client may resume or identify on it.
          session.lost(socket);
          this.#sockets.set(socket, null);
        }
      },
      kill: () => {
        for (const [socket] of this.#live) socket.terminate();
      },
      close: (code) => {
        for (const [socket, session] of this.#live) {
          if (code === 4007 || code === 4009) this.#forget(session);
          socket.close(code);
        }
      },
      silence: () => {
        for (const [, session] of this.#live) session.isSilent = true;
      },
      replayOnResume: (events) => {
        this.#replay = events;
      },
      redeliver: (type, events = 1) => {
        for (const [, session] of this.#live) session.redeliver(type, events);
      },
      refuseConnections: (refuse) => {
        this.#isRefusing = refuse;
      },
    };
  }

  stop(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }
}

function send(socket: WebSocket, frame: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ s: null, t: null, ...frame }));
}
