import type { Clock } from "#core/ports";
import type { Cdn } from "./cdn.ts";
import type { FaultList } from "./faults.ts";
import { isJson, type Json } from "./form.ts";
import type { Gateway } from "./gateway.ts";
import type { Captured, Ping } from "./handles.ts";
import type { Interactions } from "./interactions.ts";
import type { FileFact } from "./message-rules.ts";
import type { Message, Messages } from "./messages.ts";
import type { Nonces } from "./nonces.ts";
import { refusals } from "./refusal.ts";
import type { Registry } from "./registry.ts";
import type { Twin } from "./twin.ts";
import type { Violation } from "./violation.ts";
import type { Waiting } from "./waiting.ts";
import type { World } from "./world.ts";

/** All that a route may need. */
export interface Front {
  readonly world: World;
  readonly clock: Clock;
  readonly nextId: (at?: number) => string;
  readonly twin: Twin;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly nonces: Nonces<Message>;
  readonly interactions: Interactions;
  readonly registry: Registry;
  readonly cdn: Cdn;
  readonly faults: FaultList;
  readonly pings: Ping[];
  readonly captured: Captured[];
  readonly waiting: Waiting;
  /** Whether the application may read what members write; decides what the HTTP API shows of it. */
  readonly mayReadContent: boolean;
  /** Active threads of a guild. */
  readonly mostThreads: number;
}

export interface UploadedFile extends FileFact {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A request whose body is read and whose caller is known. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: string;
  /** Its groups are the handler's ids. */
  readonly pattern: RegExp;
  readonly answer: (front: Front, call: Call, ...ids: readonly string[]) => Promise<Answer>;
}

export const done: Answer = { status: 204, body: null };

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** The body of a route that needs one. */
export function bodyOf({ body }: Call): Json {
  if (isJson(body)) return body;
  throw refusals.form([{ path: "", code: "MODEL_TYPE_CONVERT", message: "Only dictionaries may be used." }]);
}

export function refuseIf(violations: readonly Violation[]): void {
  if (violations.length > 0) throw refusals.form(violations);
}
