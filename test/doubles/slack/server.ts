import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Answered, answerCall, workspaceOf } from "./api.ts";
import type { HttpFault } from "./faults.ts";
import type { Front } from "./front.ts";
import { argsOf, tokenOf } from "./reading.ts";
import type { Captured } from "./records.ts";
import { SlackRefusal } from "./refusal.ts";
import { answerResponseUrl } from "./response-urls.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const json = (status: number, body: unknown, headers: Sent["headers"] = {}): Sent => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  text: JSON.stringify(body),
});

/** What a fault answers before the request is looked at; undefined where it does not. */
function before(fault: HttpFault | null): Sent | "reset" | undefined {
  switch (fault?.kind) {
    case "lost request":
      return "reset";
    case "status":
      return {
        status: fault.status,
        headers: { "content-type": "text/html" },
        text: "<h1>Server error</h1>",
      };
    case "redirect":
      return { status: 302, headers: { location: fault.to }, text: "" };
    case "error":
      return json(200, { ok: false, error: fault.error, ...fault.extra });
    case "rate limited":
      return json(
        429,
        { ok: false, error: "ratelimited" },
        { "retry-after": String(fault.retryAfterSeconds) },
      );
    default:
      return undefined;
  }
}

async function send(
  response: ServerResponse,
  { status, headers, text }: Sent,
  fault: HttpFault | null,
): Promise<void> {
  if (fault?.kind === "lost reply") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(status, headers);
  if (fault?.kind !== "slow" && fault?.kind !== "cut reply") {
    response.end(text);
    return;
  }
  const half = Math.ceil(text.length / 2);
  response.write(text.slice(0, half));
  if (fault.kind === "cut reply") {
    await pause(5);
    response.socket?.resetAndDestroy();
    return;
  }
  await pause(fault.ms);
  response.end(text.slice(half));
}

async function answerOf(front: Front, request: IncomingMessage, captured: Captured): Promise<Sent> {
  try {
    if (captured.kind === "response_url") {
      await answerResponseUrl(front, captured);
      return { status: 200, headers: { "content-type": "text/html" }, text: "ok" };
    }
    const { body, headers }: Answered = await answerCall(front, request, captured);
    return json(200, body, headers);
  } catch (cause) {
    if (!(cause instanceof SlackRefusal)) throw cause;
    captured.error = cause.error;
    captured.violations = [...cause.violations, ...captured.violations];
    const headers: Sent["headers"] = cause.status === 429 ? { "retry-after": "1" } : {};
    return json(cause.status, cause.body(), headers);
  }
}

async function serve(front: Front, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://front");
  const isApi = url.pathname.startsWith("/api/");
  const method = isApi ? url.pathname.slice("/api/".length) : url.pathname;
  let body: Captured["body"] = {};
  let unreadable: SlackRefusal | null = null;
  try {
    body = await argsOf(request, url.searchParams);
  } catch (cause) {
    if (!(cause instanceof SlackRefusal)) throw cause;
    unreadable = cause;
  }
  const workspaceId = workspaceOf(front, tokenOf(request, body), body);
  const fault = front.faults.take(isApi ? method : "response_url", workspaceId);
  const captured: Captured = {
    kind: isApi ? "api" : "response_url",
    method,
    workspaceId,
    body,
    at: front.clock.now(),
    status: 0,
    error: "",
    violations: [],
    fault: fault?.kind ?? null,
  };
  front.captured.push(captured);
  const early = before(fault);
  if (early === "reset") response.socket?.resetAndDestroy();
  else {
    if (unreadable !== null) captured.error = unreadable.error;
    const answer =
      early ??
      (unreadable === null ? await answerOf(front, request, captured) : json(200, unreadable.body()));
    captured.status = answer.status;
    await send(response, answer, early === undefined ? fault : null);
  }
  front.waiting.changed();
}

export interface FrontServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves the Web API, response URLs and the sockets on one free port of this machine. */
export async function startServer(
  front: () => Front,
  failed: (cause: unknown) => void,
): Promise<FrontServer> {
  const server = createServer((request, response) => {
    serve(front(), request, response).catch((cause: unknown) => {
      failed(cause);
      response.destroy();
    });
  });
  server.on("upgrade", (request, socket, head) => front().sockets.upgrade(request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the front has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
