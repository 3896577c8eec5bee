import { randomBytes } from "node:crypto";
import { InteractionResponseType, InteractionType } from "discord.js";
import type { Clock } from "#core/ports";
import { type Json, rules } from "./form.ts";
import type { Message } from "./messages.ts";
import { refusals } from "./refusal.ts";

/** One interaction, from what the member did to what the bot said. */
export interface InteractionState {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly at: number;
  readonly memberId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  /** The message whose component was used, or from whose component the form came. */
  readonly source: Message | null;
  /** How often that message had been edited by then. */
  readonly sourceEdits: number;
  /** The type of the option that is being typed. */
  readonly focusedType: number;
  response: { readonly type: InteractionResponseType; readonly at: number; readonly data: Json } | null;
  /** The message that `@original` names. */
  original: Message | null;
  readonly followUps: Message[];
}

const componentOnly: ReadonlySet<number> = new Set([
  InteractionResponseType.UpdateMessage,
  InteractionResponseType.DeferredMessageUpdate,
]);

const messageTypes: ReadonlySet<number> = new Set([
  InteractionResponseType.ChannelMessageWithSource,
  InteractionResponseType.DeferredChannelMessageWithSource,
]);

/** Whether Discord takes this kind of response to this kind of interaction. */
export function mayRespond(
  { type, source }: InteractionState,
  response: unknown,
): response is InteractionResponseType {
  if (typeof response !== "number") return false;
  if (type === InteractionType.ApplicationCommandAutocomplete)
    return response === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (componentOnly.has(response)) return source !== null;
  if (response === InteractionResponseType.Modal) return type !== InteractionType.ModalSubmit;
  return messageTypes.has(response);
}

/** Every interaction of the run, and the two clocks each of them lives by. */
export class Interactions {
  readonly #all = new Map<string, InteractionState>();
  readonly #byToken = new Map<string, InteractionState>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(facts: Omit<InteractionState, "token" | "response" | "original" | "followUps">): InteractionState {
    const token = Buffer.from(`interaction:${facts.id}:${randomBytes(48).toString("base64url")}`).toString(
      "base64url",
    );
    const state: InteractionState = { ...facts, token, response: null, original: null, followUps: [] };
    this.#all.set(state.id, state);
    this.#byToken.set(token, state);
    return state;
  }

  /** Nobody answered in time, and nobody may any more. */
  isFailed({ response, at }: InteractionState): boolean {
    return response === null && this.#clock.now() - at > rules.firstResponseMs.max;
  }

  /** The interaction that a first response is for; throws as the service does. */
  forCallback(id: string, token: string): InteractionState {
    const state = this.#all.get(id);
    if (state === undefined || state.token !== token || this.isFailed(state))
      throw refusals.unknownInteraction();
    if (state.response !== null) throw refusals.acknowledged();
    return state;
  }

  /** The interaction that a token belongs to, for edits and follow-ups; throws as the service does. */
  forToken(token: string): InteractionState {
    const state = this.#byToken.get(token);
    if (state === undefined || this.isFailed(state) || this.#clock.now() - state.at >= rules.tokenMs.max)
      throw refusals.invalidToken();
    // A webhook exists only once the interaction was acknowledged.
    if (state.response === null) throw refusals.unknownWebhook();
    return state;
  }
}
