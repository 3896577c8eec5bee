import type { WebSocket } from "ws";
import type { Json } from "./form.ts";
import { guildOf, isWanted, seesContent } from "./intents.ts";
import { withoutContent } from "./message-json.ts";
import type { World } from "./world.ts";

/** A dispatch as it was, or would have been, sent. */
interface Dispatch {
  readonly s: number;
  readonly t: string;
  readonly d: Json;
}

/** More than any client is away for. */
const REMEMBERED_EVENTS = 5000;

/** What one IDENTIFY began: it outlives its sockets, so that a client can resume. */
export class Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  readonly #world: World;
  #socket: WebSocket | null = null;
  /** Events that came before READY wait for it. */
  #early: (readonly [string, Json])[] | null = [];
  #sequence = 0;
  #sent: Dispatch[] = [];
  isSilent = false;

  constructor(
    world: World,
    id: string,
    intents: number,
    shard: readonly [number, number],
    socket: WebSocket,
  ) {
    this.#world = world;
    this.id = id;
    this.intents = intents;
    this.shard = shard;
    this.#socket = socket;
  }

  get socket(): WebSocket | null {
    return this.#socket;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get isReady(): boolean {
    return this.#early === null;
  }

  /** Whether the shard, the intents and the state of things let it hear of an event. */
  #hears(type: string, data: Json): boolean {
    const guild = guildOf(type, data);
    const [shard, count] = this.shard;
    if (guild !== null && Number((BigInt(guild) >> 22n) % BigInt(count)) !== shard) return false;
    if (guild === null && shard !== 0) return false;
    return isWanted(this.intents, type, data);
  }

  hear(type: string, data: Json): void {
    if (!this.#hears(type, data)) return;
    if (this.#early !== null) this.#early.push([type, data]);
    else this.dispatch(type, data);
  }

  /** Sends without asking; remembers it for a resume. */
  dispatch(type: string, data: Json): void {
    const isMessage = type === "MESSAGE_CREATE" || type === "MESSAGE_UPDATE";
    const d = isMessage && !seesContent(this.intents) ? withoutContent(this.#world, data) : data;
    this.#sequence += 1;
    const sent = { s: this.#sequence, t: type, d };
    this.#sent.push(sent);
    if (this.#sent.length > REMEMBERED_EVENTS) this.#sent.shift();
    this.#send(sent);
  }

  greeted(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const [type, data] of early) this.dispatch(type, data);
  }

  #send(dispatch: Dispatch): void {
    const socket = this.#socket;
    if (socket === null || this.isSilent || socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ op: 0, ...dispatch }));
  }

  /** Sends again the newest events of a type, as a platform does that is not sure. */
  redeliver(type: string, events: number): void {
    for (const each of this.#sent.filter(({ t }) => t === type).slice(-events)) this.#send(each);
  }

  /** False where it cannot: the events are no longer there. */
  resume(socket: WebSocket, sequence: number, again: number): boolean {
    const from = Math.max(0, sequence - again);
    const oldest = this.#sent[0]?.s ?? this.#sequence + 1;
    if (from + 1 < oldest && from < this.#sequence && again === 0) return false;
    this.#socket = socket;
    this.isSilent = false;
    for (const each of this.#sent) if (each.s > from) this.#send(each);
    this.dispatch("RESUMED", {});
    return true;
  }

  lost(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = null;
  }
}
