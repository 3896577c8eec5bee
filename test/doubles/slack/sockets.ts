import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "#core/ports";
import type { SocketFaults } from "./faults.ts";
import { isJson, type Json, textIn } from "./json.ts";
import { limit } from "./rules.ts";

interface Live {
  readonly socket: WebSocket;
  readonly raw: Duplex;
  /** Envelopes that went this way and were not acknowledged. */
  readonly pending: Set<string>;
  silent: boolean;
  /** A disconnect frame was sent, or a close frame seen: nothing more is delivered over it. */
  leaving: boolean;
  /** The front closed it, the connection included. */
  dropped: boolean;
}

export interface SocketEvents {
  /** An acknowledgement came. */
  acked(envelopeId: string, payload: unknown): void;
  /** A socket closed before this envelope was acknowledged. */
  lost(envelopeId: string): void;
  changed(): void;
}

/** The WebSockets of an app in Socket Mode. */
export class Sockets implements SocketFaults {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, number>();
  readonly #clock: Clock;
  readonly #appId: string;
  readonly #events: SocketEvents;
  #live: Live[] = [];
  #turn = 0;
  #refuses = false;
  #closesAfterNext = false;
  connections = 0;

  constructor(clock: Clock, appId: string, events: SocketEvents) {
    this.#clock = clock;
    this.#appId = appId;
    this.#events = events;
  }

  get connected(): number {
    return this.#staying().length;
  }

  /** Those that have not been told to go. */
  #staying(): readonly Live[] {
    return this.#live.filter(({ leaving }) => !leaving);
  }

  /** The single-use URL that `apps.connections.open` answers. */
  invite(origin: string, ticket: string): string {
    this.#tickets.set(ticket, this.#clock.now());
    return `${origin.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${this.#appId}`;
  }

  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? "/", "http://front").searchParams.get("ticket") ?? "";
    const given = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (this.#refuses) {
      raw.destroy();
      return;
    }
    if (given === undefined || this.#clock.now() - given > limit("ticketMs")) {
      raw.end("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      return;
    }
    const end = raw.end.bind(raw);
    this.#server.handleUpgrade(request, raw as Socket, head, (socket) => {
      const live: Live = { socket, raw, pending: new Set(), silent: false, leaving: false, dropped: false };
      // Slack leaves the connection open after a closing handshake that the app began (slackapi/node-slack-sdk#2752): a
      // client that waits for its end waits for its own watchdog.
      raw.end = () => {
        if (live.dropped) end();
        this.#leave(live);
        return raw;
      };
      this.#welcome(live);
    });
  }

  #welcome(live: Live): void {
    const { socket, raw } = live;
    this.connections += 1;
    if (this.#live.length >= limit("connections")) {
      socket.send(
        JSON.stringify({ type: "disconnect", reason: "too_many_websockets", debug_info: { host: "front" } }),
      );
      raw.destroy();
      return;
    }
    this.#live.push(live);
    socket.on("message", (data) => this.#hear(live, data.toString()));
    socket.on("error", () => undefined);
    raw.on("close", () => this.#leave(live));
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#live.length,
        debug_info: { host: "front", build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#events.changed();
  }

  #leave(live: Live): void {
    if (!this.#live.includes(live)) return;
    this.#live = this.#live.filter((each) => each !== live);
    for (const id of live.pending) this.#events.lost(id);
    this.#events.changed();
  }

  #hear(live: Live, text: string): void {
    const frame: unknown = JSON.parse(text);
    if (!isJson(frame)) return;
    const id = textIn(frame.envelope_id);
    live.pending.delete(id);
    this.#events.acked(id, frame.payload);
  }

  /** Sends an envelope over the next socket in turn. @returns false where there is none */
  send(envelope: Json): boolean {
    const open = this.#live.filter(
      ({ silent, leaving, socket }) => !silent && !leaving && socket.readyState === 1,
    );
    const live = open[this.#turn++ % Math.max(1, open.length)];
    if (live === undefined) return false;
    live.pending.add(textIn(envelope.envelope_id));
    live.socket.send(JSON.stringify(envelope));
    if (this.#closesAfterNext) {
      this.#closesAfterNext = false;
      this.#drop(live, 1000);
    }
    return true;
  }

  #drop(live: Live, code: number): void {
    live.dropped = true;
    live.leaving = true;
    live.socket.close(code);
  }

  #some(sockets: number | undefined): readonly Live[] {
    return this.#live.slice(0, sockets ?? this.#live.length);
  }

  disconnect(reason: Parameters<SocketFaults["disconnect"]>[0], sockets?: number): void {
    for (const live of this.#staying().slice(0, sockets)) {
      live.leaving = reason !== "warning";
      live.socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "front" } }));
    }
  }

  close(code = 1000, sockets?: number): void {
    for (const live of this.#some(sockets)) this.#drop(live, code);
  }

  kill(sockets?: number): void {
    for (const { raw } of this.#some(sockets)) {
      if ("resetAndDestroy" in raw) (raw as Socket).resetAndDestroy();
      else raw.destroy();
    }
  }

  silence(): void {
    for (const live of this.#live) {
      live.silent = true;
      // A paused socket answers no ping.
      live.raw.pause();
    }
  }

  refuseConnections(refuse: boolean): void {
    this.#refuses = refuse;
  }

  closeAfterNextEnvelope(): void {
    this.#closesAfterNext = true;
  }

  stop(): void {
    for (const { raw } of this.#live) raw.destroy();
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }
}
