/** What happens to a request instead of, or on top of, its answer. */
export type HttpFault =
  | { readonly kind: "rate limited"; readonly retryAfterSeconds: number; readonly global?: boolean }
  | { readonly kind: "status"; readonly status: 401 | 403 | 500 | 502 | 503 | 504 }
  /** The first bytes come at once, the rest after this. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The connection is reset before anything was done. */
  | { readonly kind: "lost request" }
  /** It was done, and the connection is reset before the first byte of the answer. */
  | { readonly kind: "lost reply" }
  /** It was done, and the connection is reset in the middle of the answer. */
  | { readonly kind: "cut reply" };

export interface Faults {
  /** Meets the next requests whose "METHOD /path" fits; `times` of them, 1 by default. */
  next(fits: RegExp, fault: HttpFault, times?: number): void;
  /** Meetings that are still to come. */
  readonly waiting: number;
  clear(): void;
  /** The next interaction reaches the bot this much after the member acted (3,001 ms by default), so that it is too late. */
  lateInteraction(ms?: number): void;
}

export interface GatewayFaults {
  /** Sessions with a live socket now. */
  readonly connected: number;
  /** IDENTIFY frames so far. */
  readonly identifies: number;
  readonly resumes: number;
  /** Op 7: asks every client to reconnect. */
  reconnect(): void;
  /** Op 9. */
  invalidate(resumable: boolean): void;
  /** Resets the sockets without a close frame; the clients see 1006. */
  kill(): void;
  /** Closes with a code; after 4007 and 4009 the session is gone. */
  close(code: number): void;
  /** The sockets stay open and say nothing more: no heartbeat acknowledged, no event. */
  silence(): void;
  /** At the next resume, also the last events from before it come again. */
  replayOnResume(events: number): void;
  /** Sends the newest events of these types again, on the live sockets. */
  redeliver(type: string, events?: number): void;
  /** Turns connections away until opened again. */
  refuseConnections(refuse: boolean): void;
}

/** The faults that a test has ordered. */
export class FaultList implements Faults {
  #waiting: { readonly fits: RegExp; readonly fault: HttpFault; left: number }[] = [];
  #lateMs = 0;

  next(fits: RegExp, fault: HttpFault, times = 1): void {
    this.#waiting.push({ fits, fault, left: times });
  }

  get waiting(): number {
    return this.#waiting.reduce((sum, { left }) => sum + left, 0);
  }

  clear(): void {
    this.#waiting = [];
    this.#lateMs = 0;
  }

  lateInteraction(ms = 3001): void {
    this.#lateMs = ms;
  }

  /** How late the interaction that is made now is delivered. */
  takeLateness(): number {
    const ms = this.#lateMs;
    this.#lateMs = 0;
    return ms;
  }

  /** The fault that this request meets. */
  take(method: string, path: string): HttpFault | null {
    const met = this.#waiting.find(({ fits, left }) => left > 0 && fits.test(`${method} ${path}`));
    if (met === undefined) return null;
    met.left -= 1;
    return met.fault;
  }
}
