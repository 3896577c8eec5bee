import type { HttpFault } from "./faults.ts";
import type { Json } from "./json.ts";
import type { Violation } from "./violation.ts";

/** One request to the Web API, a response URL or the upload host, as it came in. */
export interface Captured {
  readonly kind: "api" | "response_url" | "upload" | "oauth" | "ack";
  /** chat.postMessage …; for the others the path. */
  readonly method: string;
  readonly workspaceId: string | null;
  /** Arguments with their JSON read. */
  readonly body: Json;
  readonly at: number;
  /** HTTP status that was answered; 0 where the connection was reset first. */
  status: number;
  /** Slack's error; "" where it was not refused. */
  error: string;
  violations: readonly Violation[];
  /** The fault that it met, by a test's order. */
  readonly fault: HttpFault["kind"] | null;
}

/** One download from the file host. */
export interface Download {
  readonly path: string;
  readonly host: string;
  /** The bearer token that came along; null where none did. */
  readonly token: string | null;
  readonly status: number;
}

/** A message that would have rung somebody's phone. */
export interface Ping {
  readonly channelId: string;
  readonly ts: string;
  /** channel, here, everyone, or the ids of members and groups. */
  readonly whom: readonly string[];
}

/** One delivery to the app, over a socket or as a request. */
export interface SentToApp {
  readonly id: string;
  readonly type: "slash_commands" | "interactive" | "events_api";
  readonly payload: Json;
  /** 0 the first time. */
  readonly retry: number;
  readonly at: number;
  /** Of the request; in Socket Mode 200 once it was acknowledged, and 0 until then. */
  status: number;
  /** What came back in the acknowledgement. */
  answer: unknown;
  ackedAt: number | null;
}
