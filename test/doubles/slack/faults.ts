import type { Json } from "./json.ts";

/** What happens to a request to Slack instead of, or on top of, its answer. */
export type HttpFault =
  | { readonly kind: "rate limited"; readonly retryAfterSeconds: number }
  | { readonly kind: "status"; readonly status: 500 | 502 | 503 | 504 }
  /** Slack's own error with a 200: internal_error, fatal_error, missing_scope, ratelimited … */
  | { readonly kind: "error"; readonly error: string; readonly extra?: Json }
  /** Sends the caller elsewhere. */
  | { readonly kind: "redirect"; readonly to: string }
  /** The first bytes come at once, the rest after this. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The connection is reset before anything was done. */
  | { readonly kind: "lost request" }
  /** It was done, and the connection is reset before the first byte of the answer. */
  | { readonly kind: "lost reply" }
  /** It was done, and the connection is reset in the middle of the answer. */
  | { readonly kind: "cut reply" };

export interface Faults {
  /** Meets the next requests whose name fits: `chat.postMessage`, `apps.connections.open`, `response_url`, `/files-pri/…`,
   * `/upload/…`; with a workspace's id only that workspace's. `times` of them, 1 by default. */
  next(fits: RegExp, fault: HttpFault, times?: number, workspaceId?: string): void;
  /** Meetings that are still to come. */
  readonly waiting: number;
  clear(): void;
}

export interface SocketFaults {
  /** Live sockets now, without those that were told to go. */
  readonly connected: number;
  /** Sockets so far. */
  readonly connections: number;
  /** Sends `disconnect` with this reason; Slack closes the socket itself some seconds later, which `close` does.
   * @param sockets how many of those that were not told to go, the oldest first; all by default */
  disconnect(
    reason: "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets",
    sockets?: number,
  ): void;
  /** Closes without a disconnect frame. */
  close(code?: number, sockets?: number): void;
  /** Resets the connections without a close frame. */
  kill(sockets?: number): void;
  /** The sockets stay open and say nothing more: no pong, no envelope. */
  silence(): void;
  /** Turns new connections away until opened again. */
  refuseConnections(refuse: boolean): void;
  /** The next envelope is sent and its socket closed right behind it, so that the acknowledgement finds it closed. */
  closeAfterNextEnvelope(): void;
}

export interface RedeliverOptions {
  /** The same message or press with another event id, as happens on Slack. Default false: the same id. */
  readonly newEventId?: boolean;
  /** x-slack-retry-num or retry_attempt; default 1. 0 sends it unmarked. */
  readonly retry?: number;
  readonly reason?: "http_timeout" | "http_error" | "connection_failed" | "too_many_redirects";
  /** How much of the clock passes first. */
  readonly laterMs?: number;
}

export interface DeliveryFaults {
  /** Sends the last `count` deliveries that fit (or all that are given) again. @returns HTTP statuses, or 200 for an
   * acknowledged envelope and 0 for one that was not */
  redeliver(fits: (payload: Json) => boolean, options?: RedeliverOptions, count?: number): Promise<number[]>;
  /** The next event comes marked as a retry, its first delivery having been lost before the app. */
  retryFirst(): void;
  /** Keeps everything back until `release`. */
  hold(): void;
  /** Sends what was kept back, in the order given. */
  release(order?: "as sent" | "reversed"): Promise<void>;
  /** The next delivery reaches the app this much after the member acted (3,001 ms by default): acknowledgement and
   * trigger id are too late. */
  late(ms?: number): void;
  /** HTTP: sends the very same request again, signature and timestamp included, `laterMs` of the clock later. */
  replay(laterMs?: number): Promise<number>;
  /** HTTP: the next delivery carries a signature of another secret, none, or one of another body. */
  badSignature(how?: "wrong secret" | "missing" | "other body" | "wrong version"): void;
  /** HTTP: timestamps of the next deliveries are this far off until set to 0. */
  skew(ms: number): void;
  /** Response URLs given out so far are refused from now on. */
  expireResponseUrls(): void;
}

/** The faults of the Web API, of response URLs and of the file host that a test has ordered. */
export class FaultList implements Faults {
  #waiting: {
    readonly fits: RegExp;
    readonly fault: HttpFault;
    readonly workspaceId: string | undefined;
    left: number;
  }[] = [];

  next(fits: RegExp, fault: HttpFault, times = 1, workspaceId?: string): void {
    this.#waiting.push({ fits, fault, workspaceId, left: times });
  }

  get waiting(): number {
    return this.#waiting.reduce((sum, { left }) => sum + left, 0);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that this request meets. */
  take(name: string, workspaceId: string | null): HttpFault | null {
    const met = this.#waiting.find(
      (each) =>
        each.left > 0 &&
        each.fits.test(name) &&
        (each.workspaceId === undefined || each.workspaceId === workspaceId),
    );
    if (met === undefined) return null;
    met.left -= 1;
    return met.fault;
  }
}
