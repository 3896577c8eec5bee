import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type App, HTTPReceiver, type HTTPReceiverOptions, type Receiver, type webApi } from "@slack/bolt";
import type { Instant } from "#core/ids";
import type { Meter } from "#core/metrics/meter";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import { HttpGuard } from "./http-guard.ts";

const EVENTS = "/slack/events";
/** Slack's largest delivery is far smaller. */
const MOST_BYTES = 1_048_576;
const MOST_HEADERS_MS = 10_000;

export interface HttpSettings {
  readonly signingSecret: string;
  readonly port: number;
  /** What Bolt needs to let workspaces add the app. */
  readonly oauth: Pick<
    HTTPReceiverOptions,
    | "clientId"
    | "clientSecret"
    | "stateSecret"
    | "redirectUri"
    | "scopes"
    | "installationStore"
    | "installerOptions"
  >;
  readonly logger: webApi.Logger;
  readonly log: Log;
  readonly meter?: Meter | undefined;
  now(): Instant;
}

type Read = IncomingMessage & { rawBody?: Buffer; sentAt?: Instant };

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > MOST_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Receives what Slack delivers over HTTP, and lets workspaces add the app. */
export class HttpDoor implements Receiver {
  readonly #settings: HttpSettings;
  readonly #guard: HttpGuard;
  readonly #receiver: InstanceType<typeof HTTPReceiver>;
  #server: Server | null = null;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
    this.#guard = new HttpGuard(settings.signingSecret, settings.now);
    this.#receiver = new HTTPReceiver({
      ...settings.oauth,
      signingSecret: settings.signingSecret,
      // The guard has looked already, in both directions of time and for what came before.
      signatureVerification: false,
      logger: settings.logger,
      endpoints: [EVENTS],
      customPropertiesExtractor: (request) => ({ sentAt: (request as Read).sentAt }),
    });
  }

  init(app: App): void {
    this.#receiver.init(app);
  }

  /** @throws Refusal where the port is taken, or the system's */
  async start(): Promise<void> {
    const server = createServer(
      { headersTimeout: MOST_HEADERS_MS, requestTimeout: MOST_HEADERS_MS },
      (request, response) => {
        this.#take(request, response).catch((error: unknown) => {
          this.#settings.log.error("a request could not be dealt with", error);
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      },
    );
    server.on("error", (error) => this.#settings.log.warn("the port has trouble", { reason: String(error) }));
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) =>
        reject(
          error.code === "EADDRINUSE" || error.code === "EACCES"
            ? new Refusal((say) => say.slack.portTaken(this.#settings.port), { cause: error })
            : error,
        ),
      );
      server.listen(this.#settings.port, resolve);
    });
    this.#server = server;
  }

  /** Whether Slack can deliver. */
  get isConnected(): boolean {
    return this.#server?.listening === true;
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.#server?.address() as AddressInfo | null)?.port ?? this.#settings.port;
  }

  async #take(request: Read, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (request.method === "POST" && path === EVENTS && !(await this.#isLetIn(request, response))) return;
    try {
      this.#receiver.requestListener(request, response);
    } catch (error) {
      // Bolt throws for a path that it does not know.
      this.#settings.log.info("a request was for nothing that is here", {
        reason: String(error).slice(0, 100),
      });
      response.writeHead(404);
      response.end();
    }
  }

  async #isLetIn(request: Read, response: ServerResponse): Promise<boolean> {
    const body = await bodyOf(request);
    const turnAway = (status: number, why: string): false => {
      this.#settings.meter?.count("deliveriesDropped", { platform: "slack", reason: "turned_away" });
      this.#settings.log.warn("a request was turned away", { why });
      response.writeHead(status, { connection: "close" });
      response.end();
      return false;
    };
    if (body === null) return turnAway(413, "size");
    const verdict = this.#guard.judge(request.headers, body);
    if (verdict.kind === "refused") return turnAway(401, verdict.why);
    request.rawBody = body;
    request.sentAt = verdict.sentAt;
    return true;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  }
}
