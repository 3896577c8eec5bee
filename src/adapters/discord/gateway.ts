import {
  type Client,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  Status,
} from "discord.js";
import { messagesFor } from "#core/messages/index";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type ClientSettings, createClient } from "./client.ts";

const LONGEST_PAUSE_MS = 60_000;

/** What the rest of the adapter hears of the gateway. */
export interface GatewayListeners {
  interaction(delivered: unknown): void;
  message(delivered: unknown): void;
  joined(guild: string): void;
  left(guild: string): void;
  channelGone(guild: string, channel: string): void;
}

export interface GatewayParts {
  readonly log: Log;
  /** Resolves after the time, or at once when the gateway ends. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** What only the operator can mend; trying again would end in a ban of the address. */
function refusalOf(error: unknown): Refusal | null {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  const isToken = code === DiscordjsErrorCodes.TokenInvalid || status === 401;
  return isToken ? new Refusal((say) => say.discord.wrongToken, { cause: error }) : null;
}

/**
 * Keeps what the library throws over one event from ending the process: an event that it does not understand is logged
 * and left out. Without this an `invalid session` right behind a resume is an uncaught exception (14.28.1).
 */
function guard({ ws }: Client, log: Log): void {
  const handle: unknown = Reflect.get(ws, "handlePacket");
  if (typeof handle !== "function") throw new Error("this version of discord.js deals with events elsewhere");
  Reflect.set(ws, "handlePacket", (packet: unknown, shard: unknown): unknown => {
    try {
      return Reflect.apply(handle, ws, [packet, shard]);
    } catch (error) {
      log.error("discord.js could not deal with an event", error);
      return false;
    }
  });
}

function listen(client: Client, listeners: GatewayListeners, log: Log): void {
  // Raw, as Discord sends them: the adapter parses what it needs, and keeps no objects of the library's.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (delivered: unknown) =>
    listeners.interaction(delivered),
  );
  client.ws.on(GatewayDispatchEvents.MessageCreate, (delivered: unknown) => listeners.message(delivered));
  client.on(Events.GuildCreate, ({ id }) => listeners.joined(id));
  client.on(Events.GuildDelete, ({ id }) => listeners.left(id));
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) listeners.channelGone(channel.guildId, channel.id);
  });
  client.on(Events.Error, (error) => log.error("the Discord client failed", error));
  client.on(Events.ShardError, (error, shard) =>
    log.warn("a shard lost its line", { shard, reason: error.message }),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info("a shard connects again", { shard }));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error("Discord has closed a shard for good", null, { shard, code, reason: GatewayCloseCodes[code] }),
  );
  client.rest.on("invalidRequestWarning", (facts) => log.warn("Discord refuses many requests", { ...facts }));
}

/** The connection to Discord's gateway, which is tried again until it stands. */
export class Gateway {
  readonly #settings: ClientSettings & { readonly token: string };
  readonly #listeners: GatewayListeners;
  readonly #parts: GatewayParts;
  readonly #ending = new AbortController();
  #client: Client;

  constructor(
    settings: ClientSettings & { readonly token: string },
    listeners: GatewayListeners,
    parts: GatewayParts,
  ) {
    this.#settings = settings;
    this.#listeners = listeners;
    this.#parts = parts;
    this.#client = createClient(settings);
  }

  get client(): Client {
    return this.#client;
  }

  /** Whether every shard of this process stands in touch with Discord. */
  get isConnected(): boolean {
    return this.#client.isReady() && this.#client.ws.shards.every(({ status }) => status === Status.Ready);
  }

  /**
   * Connects, however long Discord cannot be reached; resolves when every shard of this process is ready, or when the
   * gateway was ended before.
   *
   * @throws Refusal where Discord does not accept the token
   */
  async connect(): Promise<void> {
    const { log, pause } = this.#parts;
    for (let attempt = 0; !this.#ending.signal.aborted; attempt += 1) {
      try {
        await this.#logIn();
        return;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== null) throw refusal;
        if (attempt === 0) log.error(messagesFor("en").discord.unreachable, error);
        await pause(Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** attempt), this.#ending.signal);
      }
    }
  }

  async #logIn(): Promise<void> {
    // A client that could not log in is not to be used again.
    const client = createClient(this.#settings);
    this.#client = client;
    guard(client, this.#parts.log);
    listen(client, this.#listeners, this.#parts.log);
    const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
    const ended = new Promise<void>((resolve) => {
      this.#ending.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await client.login(this.#settings.token);
    await Promise.race([ready, ended]);
    for (const id of client.guilds.cache.keys()) this.#listeners.joined(id);
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#client.destroy();
  }
}
