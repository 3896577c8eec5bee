import { InteractionResponseType, InteractionType } from "discord.js";
import { type Json, objectsIn, rules } from "./form.ts";
import type { Front } from "./front.ts";
import type { Choice, FirstResponse, Interaction, SeenMessage } from "./handles.ts";
import type { InteractionState } from "./interactions.ts";
import { isThinking, type Message } from "./messages.ts";
import { openForm } from "./open-form.ts";
import { act } from "./payload.ts";
import { seen } from "./seen.ts";

const kinds: Readonly<Record<number, FirstResponse>> = {
  [InteractionResponseType.ChannelMessageWithSource]: "message",
  [InteractionResponseType.DeferredChannelMessageWithSource]: "deferred message",
  [InteractionResponseType.UpdateMessage]: "update",
  [InteractionResponseType.DeferredMessageUpdate]: "deferred update",
  [InteractionResponseType.Modal]: "form",
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: "choices",
};

/** What came of an interaction, as its member meets it. */
export function follow(front: Front, state: InteractionState): Interaction {
  const { waiting, world, messages, interactions } = front;
  const failure = () => new Error(`the application did not respond to ${state.id} within 3 s`);
  // A clock that goes by itself passes the deadline without anything happening; this is what looks again.
  setTimeout(waiting.changed, rules.firstResponseMs.max + 5).unref();
  const responded = () => {
    if (interactions.isFailed(state)) throw failure();
    return state.response ?? undefined;
  };
  const response = () => waiting.until(`a response to interaction ${state.id}`, responded);
  const show = (message: Message | null): SeenMessage | undefined =>
    message === null || messages.get(message.id) === undefined ? undefined : seen(world, message);
  const data = async (type: InteractionResponseType): Promise<Json> => {
    const first = await response();
    if (first.type !== type)
      throw new Error(`the first response was a ${kinds[first.type]}, not a ${kinds[type]}`);
    return first.data;
  };
  const followUps = () => state.followUps.flatMap((message) => show(message) ?? []);
  return {
    id: state.id,
    token: state.token,
    at: state.at,
    get failed() {
      return interactions.isFailed(state);
    },
    async first() {
      const { type, at } = await response();
      return { kind: kinds[type] ?? "message", afterMs: at - state.at };
    },
    async reply() {
      const { type } = await response();
      if (type === InteractionResponseType.Modal) throw new Error("the first response was a form");
      return waiting.until(`the reply to interaction ${state.id}`, () => {
        const { original } = state;
        if (original === null || isThinking(original)) return undefined;
        if (type === InteractionResponseType.DeferredMessageUpdate && original.edits === state.sourceEdits)
          return undefined;
        return show(original);
      });
    },
    now: () => show(state.original) ?? null,
    followUp: (index = 0) => waiting.until(`follow-up ${index} of ${state.id}`, () => followUps()[index]),
    followUps,
    async form() {
      const modal = await data(InteractionResponseType.Modal);
      return openForm(modal, async (sent) => {
        const person = world.people.get(state.memberId);
        const room = world.rooms.get(state.channelId);
        if (person === undefined || room === undefined) throw new Error("the member or the channel is gone");
        return follow(
          front,
          act(front, person, room, { type: InteractionType.ModalSubmit, data: sent, source: state.source }),
        );
      });
    },
    async choices() {
      const { choices } = await data(InteractionResponseType.ApplicationCommandAutocompleteResult);
      return objectsIn(choices) as unknown as readonly Choice[];
    },
  };
}
