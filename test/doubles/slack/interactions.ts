import type { Clock } from "#core/ports";
import type { Delivered } from "./deliveries.ts";
import type { AckKind, Choice } from "./handles.ts";
import type { Message } from "./messages.ts";
import { limit } from "./rules.ts";
import { Triggers } from "./triggers.ts";

/** How an acknowledgement was understood. */
export interface Acknowledgement {
  readonly kind: AckKind;
  readonly errors: Readonly<Record<string, string>>;
  readonly choices: readonly Choice[];
}

/** One thing a member did, to what came of it. */
export interface InteractionState {
  readonly kind: "command" | "action" | "submission" | "closed" | "suggestion" | "shortcut";
  readonly workspaceId: string;
  readonly memberId: string;
  /** Where the member was; null in a home. */
  readonly channelId: string | null;
  readonly viewId: string | null;
  /** The message whose element was used. */
  readonly source: Message | null;
  readonly triggerId: string;
  readonly responseUrl: string;
  readonly at: number;
  /** Orders it among messages. */
  readonly ts: string;
  /** Set as soon as it is on its way. */
  sent: Delivered | null;
  ack: Acknowledgement | null;
  /** Messages in the acknowledgement and by the response URL. */
  readonly replies: Message[];
  /** The view that its trigger opened, or that its acknowledgement put there. */
  resultId: string | null;
}

export interface ResponseUrl {
  readonly path: string;
  readonly state: InteractionState;
  uses: number;
  isExpired: boolean;
}

export class Interactions {
  readonly triggers: Triggers;
  /** What external selects offered a member last, by member and element. */
  readonly suggested = new Map<string, readonly Choice[]>();
  readonly #clock: Clock;
  readonly #urls = new Map<string, ResponseUrl>();
  readonly #byTrigger = new Map<string, InteractionState>();
  readonly #byPayload = new WeakMap<object, InteractionState>();
  readonly #linked = new WeakSet<Message>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.triggers = new Triggers(clock);
  }

  add(state: InteractionState): InteractionState {
    if (state.triggerId !== "") this.#byTrigger.set(state.triggerId, state);
    return state;
  }

  /** It is on its way. */
  carry(state: InteractionState, sent: Delivered): void {
    state.sent = sent;
    this.#byPayload.set(sent.payload, state);
  }

  /** A message came of it. */
  link(state: InteractionState, message: Message): void {
    if (!state.replies.includes(message)) state.replies.push(message);
    this.#linked.add(message);
  }

  byTrigger(triggerId: string): InteractionState | undefined {
    return this.#byTrigger.get(triggerId);
  }

  /** That which this delivery carried, or a repeat of it. */
  of({ payload }: Delivered): InteractionState | undefined {
    return this.#byPayload.get(payload);
  }

  linked(message: Message): boolean {
    return this.#linked.has(message);
  }

  addUrl(path: string, state: InteractionState): void {
    this.#urls.set(path, { path, state, uses: 0, isExpired: false });
  }

  /** The URL as it stands, and why it is no longer good. */
  url(path: string): { readonly url: ResponseUrl; readonly error: string } | null {
    const url = this.#urls.get(path);
    if (url === undefined) return null;
    const tooOld = this.#clock.now() - url.state.at > limit("responseUrlMs");
    if (url.isExpired || tooOld) return { url, error: "expired_url" };
    return { url, error: url.uses >= limit("responseUrlUses") ? "used_url" : "" };
  }

  expireUrls(): void {
    for (const url of this.#urls.values()) url.isExpired = true;
  }
}
