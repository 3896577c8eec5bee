import { type App, type Receiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Pause } from "./calls.ts";
import { troubleOf } from "./failure.ts";

/** Slack recycles each connection now and then: with two, one is there while the other is being replaced. */
const CONNECTIONS = 2;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** A connection that lasted as long was a good one: the next is tried at once. */
const GOOD_MS = 10_000;
const CLOSE_WITHIN_MS = 1000;

export interface SocketSettings {
  readonly appToken: string;
  readonly api: string;
  readonly logger: webApi.Logger;
  readonly log: Log;
  readonly pause: Pause;
  now(): number;
}

type Client = InstanceType<typeof SocketModeReceiver>["client"];

/**
 * One connection in Socket Mode that is kept up. The library's own way back waits five seconds; here the next
 * connection is asked for at once, and with a growing pause only while none can be had.
 */
class Line {
  readonly #receiver: InstanceType<typeof SocketModeReceiver>;
  readonly #settings: SocketSettings;
  readonly #ending = new AbortController();

  constructor(settings: SocketSettings) {
    this.#settings = settings;
    this.#receiver = new SocketModeReceiver({
      appToken: settings.appToken,
      logger: settings.logger,
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          slackApiUrl: settings.api,
          retryConfig: { retries: 0 },
          timeout: 5000,
          rejectRateLimitedCalls: true,
        },
      },
    });
    this.#guard();
  }

  /**
   * What the library cannot deal with it throws into nowhere, which would end the process: in 3.1.0 a notice that
   * deliveries are limited, which holds no event.
   */
  #guard(): void {
    const client = this.#client;
    const listeners = client.listeners("ws_message");
    client.removeAllListeners("ws_message");
    for (const listener of listeners)
      client.on("ws_message", (...message) => {
        Promise.resolve(Reflect.apply(listener, client, message)).catch((error: unknown) => {
          this.#settings.log.warn("a delivery was not understood", { reason: String(error) });
        });
      });
  }

  get #client(): Client {
    return this.#receiver.client;
  }

  init(app: App): void {
    this.#receiver.init(app);
  }

  /**
   * Connects; resolves with the first connection, and goes on connecting whenever one ends.
   *
   * @throws Refusal where Slack does not accept the token
   */
  async start(): Promise<void> {
    await this.#connect();
    void this.#keepUp();
  }

  /** Tries until there is a connection, or the end. */
  async #connect(): Promise<void> {
    const { log, pause } = this.#settings;
    const { signal } = this.#ending;
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
      try {
        await this.#client.start();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (troubleOf(error) === "wrong-token")
          throw new Refusal((say) => say.slack.wrongAppToken, { cause: error });
        log.warn("Slack cannot be reached; it is tried again", { reason: String(error) });
        await pause(wait, signal);
      }
    }
  }

  async #keepUp(): Promise<void> {
    const { now, log, pause } = this.#settings;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const since = now();
      await this.#ended();
      if (signal.aborted) return;
      if (now() - since < GOOD_MS) await pause(FIRST_WAIT_MS / 4, signal);
      try {
        await this.#connect();
      } catch (error) {
        log.error("the bot is not on Slack any more", error);
        return;
      }
    }
  }

  /** Resolves when the connection is gone. */
  #ended(): Promise<void> {
    return new Promise((resolve) => {
      this.#client.once("disconnected", () => resolve());
    });
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    const closed = this.#client.disconnect().catch((error: unknown) => {
      this.#settings.log.info("a connection was closed already", { reason: String(error) });
    });
    await Promise.race([
      closed,
      this.#settings.pause(CLOSE_WITHIN_MS, AbortSignal.timeout(CLOSE_WITHIN_MS * 2)),
    ]);
  }
}

/** Receives what Slack delivers over connections that the bot itself opens. */
export class SocketLines implements Receiver {
  readonly #lines: readonly Line[];

  constructor(settings: SocketSettings) {
    this.#lines = Array.from({ length: CONNECTIONS }, () => new Line(settings));
  }

  init(app: App): void {
    for (const line of this.#lines) line.init(app);
  }

  async start(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.stop()));
  }
}
