import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Admission, Counted } from "./buckets.ts";
import { commandRoutes } from "./command-routes.ts";
import type { HttpFault } from "./faults.ts";
import { type Answer, type Front, type Route, refuseIf } from "./front.ts";
import type { Captured } from "./handles.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import type { Judge } from "./openapi.ts";
import { placeRoutes } from "./place-routes.ts";
import { readBody } from "./reading.ts";
import { DiscordRefusal, refusals } from "./refusal.ts";

const routes: readonly Route[] = [...interactionRoutes, ...messageRoutes, ...commandRoutes, ...placeRoutes];

export interface ServerOptions {
  readonly front: Front;
  readonly token: string;
  readonly judge: Judge;
  readonly admit: (request: Counted) => Admission;
}

export interface FrontServer {
  readonly port: number;
  stop(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers to interactions carry their own token in the path and need no other. */
const isInteraction = (path: string): boolean => /^\/(?:interactions\/|webhooks\/\d+\/[^/]+)/.test(path);

/** How the rate limits see a request. */
export function countedAs(method: string, path: string): Counted {
  const [, kind = "", major = ""] =
    /^\/(channels|guilds|webhooks|interactions)\/([^/]+(?:\/[\w-]{60,})?)/.exec(path) ?? [];
  const rest = path.slice(`/${kind}/${major}`.length).replace(/\d{10,}/g, "0");
  return {
    rate: method === "POST" && /^\/channels\/\d+\/messages$/.test(path) ? "post" : "other",
    bucket: kind === "" ? `${method} ${path.replace(/\d{10,}/g, "0")}` : `${method} ${kind} ${rest}`,
    major,
    isInteraction: isInteraction(path),
  };
}

function authorise({ token }: ServerOptions, request: IncomingMessage, path: string): void {
  if (isInteraction(path) || request.headers.authorization === `Bot ${token}`) return;
  throw refusals.unauthorised();
}

async function answerOf(
  options: ServerOptions,
  request: IncomingMessage,
  captured: Captured,
): Promise<Answer> {
  const { front, judge } = options;
  const { method, path, query } = captured;
  const { body, files } = await readBody(request);
  Object.assign(captured, { body, files: files.map(({ name, size }) => ({ name, size })) });
  authorise(options, request, path);
  // The description is the floor; each route adds the stricter rules of its own.
  refuseIf(body === null ? [] : judge(method, path, body));
  for (const { method: own, pattern, answer } of routes) {
    const ids = own === method ? pattern.exec(path)?.slice(1) : undefined;
    if (ids === undefined) continue;
    try {
      return await answer(front, { method, path, query, body, files }, ...ids);
    } catch (cause) {
      if (cause instanceof DiscordRefusal) throw cause;
      throw new Error(`the double failed at ${method} ${path}`, { cause });
    }
  }
  throw refusals.notFound();
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  response.writeHead(status, {
    ...headers,
    ...(body === null ? {} : { "content-type": "application/json" }),
  });
  response.end(body === null ? undefined : JSON.stringify(body));
}

/** What a fault does before the request is looked at; true where that was all. */
function meetBefore(fault: HttpFault | null, captured: Captured, response: ServerResponse): boolean {
  if (fault?.kind === "lost request") {
    response.socket?.resetAndDestroy();
    return true;
  }
  if (fault?.kind === "status") {
    captured.status = fault.status;
    send(response, fault.status, {}, { message: `${fault.status}`, code: 0 });
    return true;
  }
  if (fault?.kind !== "rate limited") return false;
  const { retryAfterSeconds, global = false } = fault;
  captured.status = 429;
  const headers = {
    "retry-after": String(retryAfterSeconds),
    "x-ratelimit-scope": global ? "global" : "user",
    "x-ratelimit-limit": "5",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset-after": String(retryAfterSeconds),
    ...(global ? { "x-ratelimit-global": "true" } : {}),
  };
  send(response, 429, headers, {
    message: "You are being rate limited.",
    retry_after: retryAfterSeconds,
    global,
  });
  return true;
}

async function reply(
  fault: HttpFault | null,
  { status, body }: Answer,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
): Promise<void> {
  if (fault?.kind === "lost reply") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === null || (fault.kind !== "slow" && fault.kind !== "cut reply"))
    return send(response, status, headers, body);
  const text = body === null ? "" : JSON.stringify(body);
  response.writeHead(status, { ...headers, "content-type": "application/json" });
  response.write(text.slice(0, Math.ceil(text.length / 2)));
  if (fault.kind === "cut reply") {
    await pause(5);
    response.socket?.resetAndDestroy();
    return;
  }
  await pause(fault.ms);
  response.end(text.slice(Math.ceil(text.length / 2)));
}

async function serve(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { front, admit } = options;
  const url = new URL(request.url ?? "/", "http://front");
  const path = url.pathname.replace(/^\/api\/v10/, "").replaceAll("%40", "@");
  const method = request.method ?? "GET";
  const fault = front.faults.take(method, path);
  const captured: Captured = {
    method,
    path,
    query: url.searchParams,
    body: null,
    files: [],
    at: front.clock.now(),
    status: 0,
    code: 0,
    violations: [],
    fault: fault?.kind ?? null,
  };
  front.captured.push(captured);
  if (meetBefore(fault, captured, response)) return front.waiting.changed();
  const { headers, refused } = admit(countedAs(method, path));
  if (refused !== null) {
    captured.status = 429;
    const { retryAfterSeconds, global } = refused;
    send(response, 429, headers, {
      message: "You are being rate limited.",
      retry_after: retryAfterSeconds,
      global,
    });
    return front.waiting.changed();
  }
  let answer: Answer;
  try {
    answer = await answerOf(options, request, captured);
    captured.status = answer.status;
  } catch (cause) {
    if (!(cause instanceof DiscordRefusal)) throw cause;
    Object.assign(captured, { status: cause.status, code: cause.code, violations: cause.violations });
    answer = { status: cause.status, body: cause.body() };
  }
  await reply(fault, answer, headers, response);
  front.waiting.changed();
}

/** Serves the API and the gateway on one free port of this machine. */
export async function startServer(
  options: ServerOptions,
  failed: (cause: unknown) => void,
): Promise<FrontServer> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((cause: unknown) => {
      failed(cause);
      response.destroy();
    });
  });
  server.on("upgrade", (request, socket, head) => options.front.gateway.upgrade(request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the front has no port");
  return {
    port: address.port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
