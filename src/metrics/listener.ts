import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Health } from "./health.ts";
import type { Prometheus } from "./prometheus.ts";

const MOST_CONNECTIONS = 64;
const REQUEST_WITHIN_MS = 5000;

export interface ListenerParts {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly health: Health;
  readonly prometheus: Pick<Prometheus, "contentType" | "exposition">;
  readonly log: Pick<Log, "error">;
}

export interface Listener {
  /** The port that it listens on. */
  readonly port: number;
  close(): Promise<void>;
}

function startFailure(error: unknown, { host, port }: ListenerParts): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new Refusal((say) => say.start.healthHost(host), { cause: error });
  if (code === "EADDRINUSE" || code === "EACCES")
    return new Refusal((say) => say.start.healthPort(host, port), { cause: error });
  return error;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const headers = {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  response.writeHead(status, headers).end(body);
}

const sendJson = (response: ServerResponse, isGood: boolean, body: unknown): void =>
  send(response, isGood ? 200 : 503, "application/json; charset=utf-8", `${JSON.stringify(body)}\n`);

/**
 * Answers those who watch the process: `/healthz` whether it is alive, `/readyz` whether it is of use (`/readyz/slack` whether that
 * part of it is), `/metrics` what
 * Prometheus collects. It says nothing of any tenant.
 *
 * @throws Refusal where the port is taken or may not be opened, or the address is not this machine's
 */
export async function listen(parts: ListenerParts): Promise<Listener> {
  const { health, prometheus, log } = parts;

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path === "/healthz") {
      const liveness = health.alive();
      return sendJson(response, liveness.alive, liveness);
    }
    if (path === "/readyz") {
      const readiness = await health.ready();
      return sendJson(response, readiness.ready, readiness);
    }
    const part = /^\/readyz\/([a-z]{1,20})$/.exec(path)?.[1];
    const readiness = part === undefined ? null : await health.partReady(part);
    if (readiness !== null) return sendJson(response, readiness.ready, readiness);
    if (path !== "/metrics") return send(response, 404, "text/plain; charset=utf-8", "nothing is here\n");
    // What stands in the gauges of readiness is to be no older than the scrape.
    await health.ready();
    send(response, 200, prometheus.contentType, await prometheus.exposition());
  }

  const server = createServer(
    { headersTimeout: REQUEST_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS, maxHeaderSize: 8192 },
    (request, response) => {
      if (request.method !== "GET" && request.method !== "HEAD") {
        response.setHeader("connection", "close");
        return send(response, 405, "text/plain; charset=utf-8", "only GET\n");
      }
      answer((request.url ?? "/").split("?", 1)[0] ?? "/", response).catch((error: unknown) => {
        log.error("whoever watches could not be answered", error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(parts.port, parts.host);
  await once(server, "listening").catch((error: unknown) => {
    throw startFailure(error, parts);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : parts.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
