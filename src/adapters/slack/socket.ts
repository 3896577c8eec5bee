import { type App, type Receiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Pause } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import { readable } from "./held-back.ts";

/** Slack recycles each connection now and then: with two, one is there while the other is being replaced. */
const CONNECTIONS = 2;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** A connection that lasted as long was a good one: the next is tried at once. */
const GOOD_MS = 10_000;
/** For what is still on its way: Slack leaves the connection open after our own goodbye, so that its end never comes. */
const CLOSE_WITHIN_MS = 250;
/** A connection that does not come up by then never will. */
const OPEN_WITHIN_MS = 10_000;

export interface SocketSettings {
  readonly appToken: string;
  readonly api: string;
  readonly logger: webApi.Logger;
  readonly log: Log;
  readonly pause: Pause;
  now(): number;
}

/** Slack's own notice that a connection is about to be closed. */
const isFarewell = (message: unknown): boolean =>
  typeof message === "string" && message.length < 2000 && /"type"\s*:\s*"disconnect"/.test(message);

/** One connection, from its opening to its end. */
class Connection {
  readonly #receiver: InstanceType<typeof SocketModeReceiver>;
  readonly #settings: SocketSettings;
  /** Resolves when the connection is gone, or Slack has said that it is going to be. */
  readonly ended: Promise<void>;
  #sayEnded: () => void = () => {};
  #farewells: (() => void)[] = [];
  #stands = false;

  constructor(settings: SocketSettings, app: App) {
    this.#settings = settings;
    this.#receiver = new SocketModeReceiver({
      appToken: settings.appToken,
      logger: settings.logger,
      // The library's own way back waits five seconds and more.
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
    this.ended = new Promise((resolve) => {
      this.#sayEnded = () => {
        this.#stands = false;
        resolve();
      };
    });
    this.#guard();
    this.#receiver.init(app);
  }

  /** Whether Slack delivers over it, and has not said that it is about to end. */
  get stands(): boolean {
    return this.#stands;
  }

  async open(): Promise<void> {
    // Listened for from the beginning: it may end before we hear that it stands.
    this.#receiver.client.once("disconnected", () => this.#sayEnded());
    const enough = new AbortController();
    const tooLong = this.#settings.pause(OPEN_WITHIN_MS, enough.signal).then(() => {
      if (!enough.signal.aborted) throw new Error("a connection does not come up");
    });
    try {
      await Promise.race([this.#receiver.client.start(), tooLong]);
      this.#stands = true;
    } finally {
      enough.abort();
    }
  }

  /**
   * Between Slack and the library. A notice that the connection ends is kept back until another one stands: the
   * library would close this one at once, with acknowledgements that are still to be sent. And what the library cannot
   * deal with it throws into nowhere, which would end the process.
   */
  #guard(): void {
    const { client } = this.#receiver;
    const listeners = client.listeners("ws_message");
    client.removeAllListeners("ws_message");
    const pass = async (message: unknown[]): Promise<void> => {
      for (const listener of listeners) await Reflect.apply(listener, client, message);
    };
    client.on("ws_message", (frame: unknown, ...rest: unknown[]) => {
      const message = [readable(frame), ...rest];
      const passing = (): void => {
        pass(message).catch((error: unknown) => {
          this.#settings.log.warn("a delivery was not understood", { reason: String(error) });
        });
      };
      if (!isFarewell(message[0])) return passing();
      this.#farewells.push(passing);
      this.#sayEnded();
    });
  }

  /** Lets it end, now that another one stands. */
  release(): void {
    for (const pass of this.#farewells.splice(0)) pass();
  }

  async close(): Promise<void> {
    const closed = this.#receiver.client.disconnect().catch((error: unknown) => {
      this.#settings.log.info("a connection was closed already", { reason: String(error) });
    });
    const enough = new AbortController();
    await Promise.race([closed, this.#settings.pause(CLOSE_WITHIN_MS, enough.signal)]);
    enough.abort();
  }
}

/**
 * One connection in Socket Mode that is kept up: the next is opened at once, before the last is let go where Slack
 * gives notice, and with a growing pause only while none can be had.
 */
class Line {
  readonly #settings: SocketSettings;
  readonly #app: App;
  readonly #ending = new AbortController();
  #current: Connection | null = null;

  constructor(settings: SocketSettings, app: App) {
    this.#settings = settings;
    this.#app = app;
  }

  get isConnected(): boolean {
    return this.#current?.stands === true;
  }

  /**
   * Connects; resolves with the first connection, and goes on connecting whenever one ends.
   *
   * @throws Refusal where Slack does not accept the token
   */
  async start(): Promise<void> {
    this.#current = await this.#connect();
    void this.#keepUp();
  }

  /** Tries until there is a connection; null at the end. */
  async #connect(): Promise<Connection | null> {
    const { log, pause } = this.#settings;
    const { signal } = this.#ending;
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
      const connection = new Connection(this.#settings, this.#app);
      try {
        await connection.open();
        if (!signal.aborted) return connection;
        await connection.close();
      } catch (error) {
        if (troubleOf(error) === "wrong-token")
          throw new Refusal((say) => say.slack.wrongAppToken, { cause: error });
        log.warn("Slack cannot be reached; it is tried again", { reason: String(error) });
        await connection.close();
        await pause(wait, signal);
      }
    }
    return null;
  }

  async #keepUp(): Promise<void> {
    const { now, log, pause } = this.#settings;
    const { signal } = this.#ending;
    while (this.#current !== null && !signal.aborted) {
      const last: Connection = this.#current;
      const since = now();
      await last.ended;
      if (signal.aborted) return;
      if (now() - since < GOOD_MS) await pause(FIRST_WAIT_MS / 4, signal);
      try {
        this.#current = await this.#connect();
      } catch (error) {
        log.error("the bot is not on Slack any more", error);
        return;
      }
      last.release();
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#current?.close();
  }
}

/** Receives what Slack delivers over connections that the bot itself opens. */
export class SocketLines implements Receiver {
  readonly #settings: SocketSettings;
  #lines: readonly Line[] = [];

  constructor(settings: SocketSettings) {
    this.#settings = settings;
  }

  init(app: App): void {
    this.#lines = Array.from({ length: CONNECTIONS }, () => new Line(this.#settings, app));
  }

  /** Whether at least one connection stands: the other may just be replaced. */
  get isConnected(): boolean {
    return this.#lines.some((line) => line.isConnected);
  }

  async start(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.stop()));
  }
}
