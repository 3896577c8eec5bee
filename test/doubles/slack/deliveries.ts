import type { MovingClock } from "#test/doubles/discord/clock";
import type { Waiting } from "#test/doubles/discord/waiting";
import type { DeliveryFaults, RedeliverOptions } from "./faults.ts";
import type { HttpTransport } from "./http-transport.ts";
import type { Json } from "./json.ts";
import type { SentToApp } from "./records.ts";
import { limit, RETRY_AFTER_MS } from "./rules.ts";
import type { Sockets } from "./sockets.ts";

export type Outcome = "waiting" | "acked" | "failed";

export interface Delivered extends SentToApp {
  /** No answer will come any more, or none that Slack would take. */
  failed: boolean;
  noRetry: boolean;
  readonly takesAnswer: boolean;
  readonly reason: RedeliverOptions["reason"];
}

export interface DeliveryOptions {
  readonly clock: MovingClock;
  readonly waiting: Waiting;
  readonly nextId: (prefix: string) => string;
  readonly http: HttpTransport | null;
  readonly sockets: () => Sockets;
  readonly retries: boolean;
  /** Something that was sent was answered in time. */
  readonly answered: (sent: Delivered) => void;
  readonly expireResponseUrls: () => void;
}

type Facts = Pick<SentToApp, "type" | "payload"> & Partial<Pick<Delivered, "retry" | "reason" | "at">>;

/** Whether an acknowledgement of it may say something. */
function takesAnswer({ type, payload }: Facts): boolean {
  if (type === "slash_commands") return true;
  return (
    type === "interactive" && (payload.type === "view_submission" || payload.type === "block_suggestion")
  );
}

function parsed({ body, contentType }: { readonly body: string; readonly contentType: string }): unknown {
  if (body === "") return undefined;
  return contentType.includes("json") ? JSON.parse(body) : body;
}

/** Everything on its way from Slack to the app. */
export class Deliveries implements DeliveryFaults {
  readonly sent: Delivered[] = [];
  readonly #options: DeliveryOptions;
  readonly #byEnvelope = new Map<string, Delivered>();
  #due: { readonly at: number; readonly again: () => void }[] = [];
  #open: Delivered[] = [];
  #held: (() => void)[] | null = null;
  #lateMs = 0;
  #losesFirst = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  outcome({ at, ackedAt, failed }: Delivered): Outcome {
    const most = limit("ackMs");
    if (failed) return "failed";
    if (ackedAt !== null && ackedAt - at <= most) return "acked";
    return this.#options.clock.now() - at > most ? "failed" : "waiting";
  }

  /** Settles once it was acknowledged, or cannot be any more. */
  settled(sent: Delivered): Promise<Outcome> {
    return this.#options.waiting.until(`the acknowledgement of ${sent.id}`, () => {
      const outcome = this.outcome(sent);
      return outcome === "waiting" ? undefined : outcome;
    });
  }

  /** How late what a member does now reaches the app. */
  takeLateness(): number {
    const ms = this.#lateMs;
    this.#lateMs = 0;
    return ms;
  }

  /** @param prepared gets it before the app can answer */
  send(facts: Facts, prepared: (sent: Delivered) => void = () => {}): Delivered {
    const { clock, nextId, waiting } = this.#options;
    const sent: Delivered = {
      id: nextId("envelope-"),
      type: facts.type,
      payload: facts.payload,
      retry: facts.retry ?? 0,
      at: facts.at ?? clock.now(),
      status: 0,
      answer: undefined,
      ackedAt: null,
      failed: false,
      noRetry: false,
      takesAnswer: takesAnswer(facts),
      reason: facts.reason ?? "http_timeout",
    };
    prepared(sent);
    this.sent.push(sent);
    this.#byEnvelope.set(sent.id, sent);
    if (sent.type === "events_api") this.#open.push(sent);
    const isLost = this.#losesFirst && sent.type === "events_api";
    if (isLost) {
      this.#losesFirst = false;
      sent.failed = true;
    }
    const go = () => (isLost ? this.tick() : this.#go(sent));
    if (this.#held !== null) this.#held.push(go);
    else go();
    // A clock that goes by itself passes the deadline without anything happening; this is what looks again.
    setTimeout(() => this.#look(), limit("ackMs") + 5).unref();
    waiting.changed();
    return sent;
  }

  #look(): void {
    this.tick();
    this.#options.waiting.changed();
  }

  #go(sent: Delivered): void {
    const { http, sockets, clock } = this.#options;
    if (http !== null) {
      void http.send(sent, clock.now(), sent.reason).then((answer) => {
        sent.status = answer.status;
        sent.noRetry = answer.noRetry;
        if (answer.status >= 200 && answer.status < 300) this.#answer(sent, parsed(answer));
        else sent.failed = true;
        this.#look();
      });
      return;
    }
    const isSent = sockets().send({
      envelope_id: sent.id,
      type: sent.type,
      accepts_response_payload: sent.takesAnswer,
      payload: sent.payload,
      ...(sent.type === "events_api"
        ? { retry_attempt: sent.retry, retry_reason: sent.retry > 0 ? sent.reason : "" }
        : {}),
    });
    if (isSent) return;
    sent.failed = true;
    this.tick();
  }

  #answer(sent: Delivered, answer: unknown): void {
    if (sent.ackedAt !== null) return;
    sent.ackedAt = this.#options.clock.now();
    sent.status = 200;
    sent.answer = answer;
    if (this.outcome(sent) === "acked") this.#options.answered(sent);
  }

  /** An acknowledgement came over a socket. */
  acked(envelopeId: string, payload: unknown): void {
    const sent = this.#byEnvelope.get(envelopeId);
    if (sent !== undefined) this.#answer(sent, payload);
    this.#look();
  }

  /** The socket that it went over closed first. */
  lost(envelopeId: string): void {
    const sent = this.#byEnvelope.get(envelopeId);
    if (sent?.ackedAt === null) sent.failed = true;
    this.tick();
  }

  /** Sends again what was not acknowledged and is due by now. */
  tick(): void {
    const now = this.#options.clock.now();
    const failed = this.#open.filter((sent) => this.outcome(sent) === "failed");
    this.#open = this.#open.filter((sent) => this.outcome(sent) === "waiting");
    for (const { type, payload, retry, noRetry, failed: isGone } of failed) {
      const afterMs = RETRY_AFTER_MS[retry];
      if (!this.#options.retries || noRetry || afterMs === undefined) continue;
      const reason = isGone ? "http_error" : "http_timeout";
      const again = () => this.send({ type, payload, retry: retry + 1, reason });
      this.#due.push({ at: now + afterMs, again });
      setTimeout(() => this.#look(), afterMs + 5).unref();
    }
    const due = this.#due.filter(({ at }) => at <= now);
    this.#due = this.#due.filter(({ at }) => at > now);
    for (const { again } of due) again();
  }

  async redeliver(
    fits: (payload: Json) => boolean,
    { newEventId = false, retry = 1, reason = "http_timeout", laterMs = 0 }: RedeliverOptions = {},
    count?: number,
  ): Promise<number[]> {
    const first = this.sent.filter((sent) => sent.retry === 0 && fits(sent.payload));
    if (laterMs > 0) this.#options.clock.advance(laterMs);
    const again = first.slice(count === undefined ? 0 : -count).map(({ type, payload }) =>
      this.send({
        type,
        payload: newEventId ? { ...payload, event_id: this.#options.nextId("Ev") } : payload,
        retry,
        reason,
      }),
    );
    await Promise.all(again.map((sent) => this.settled(sent)));
    return again.map((sent) => (this.outcome(sent) === "acked" ? 200 : sent.status));
  }

  retryFirst(): void {
    this.#losesFirst = true;
  }

  hold(): void {
    this.#held ??= [];
  }

  async release(order: "as sent" | "reversed" = "as sent"): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    const before = this.sent.length;
    for (const go of order === "reversed" ? held.toReversed() : held) {
      go();
      // One after the other, so that the order is that of arrival too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(this.sent.slice(before - held.length, before).map((sent) => this.settled(sent)));
  }

  late(ms = limit("ackMs") + 1): void {
    this.#lateMs = ms;
  }

  #http(): HttpTransport {
    if (this.#options.http === null) throw new Error("there are no signed requests in Socket Mode");
    return this.#options.http;
  }

  async replay(laterMs = 0): Promise<number> {
    if (laterMs > 0) this.#options.clock.advance(laterMs);
    return this.#http().replay();
  }

  badSignature(how: Parameters<DeliveryFaults["badSignature"]>[0] = "wrong secret"): void {
    this.#http().forgeNext(how);
  }

  skew(ms: number): void {
    this.#http().skewMs = ms;
  }

  expireResponseUrls(): void {
    this.#options.expireResponseUrls();
  }
}
