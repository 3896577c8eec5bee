import { InteractionResponseType, MessageFlags } from "discord.js";
import { isJson, type Json } from "./form.ts";
import { type Answer, bodyOf, type Call, done, type Front, ok, type Route, refuseIf } from "./front.ts";
import { type InteractionState, mayRespond } from "./interactions.ts";
import { messageJson } from "./message-json.ts";
import { checkMessage, isEmptyMessage, type MessageUse } from "./message-rules.ts";
import { isThinking, type Message } from "./messages.ts";
import { checkModal, checkSuggestions } from "./modal-rules.ts";
import { edit, post, unpost } from "./posting.ts";
import { refusals } from "./refusal.ts";
import type { Violation } from "./violation.ts";

const isEphemeralFlag = (body: Json): boolean => (Number(body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;

const named = (message: Message | null): readonly string[] =>
  message?.attachments.map(({ name }) => name) ?? [];

function checkResponse(
  state: InteractionState,
  type: InteractionResponseType,
  data: Json,
  call: Call,
): readonly Violation[] {
  switch (type) {
    case InteractionResponseType.Modal:
      return checkModal(data);
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return checkSuggestions(data, state.focusedType);
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return checkMessage(data, "deferral", call.files);
    case InteractionResponseType.UpdateMessage:
      return checkMessage(data, "reply edit", call.files, named(state.source));
    default:
      return checkMessage(data, "reply", call.files);
  }
}

async function respond(
  front: Front,
  state: InteractionState,
  type: InteractionResponseType,
  data: Json,
  call: Call,
): Promise<void> {
  const origin = {
    channelId: state.channelId,
    interaction: state,
    ephemeral: isEphemeralFlag(data),
    thinking: type === InteractionResponseType.DeferredChannelMessageWithSource,
  };
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
    case InteractionResponseType.DeferredChannelMessageWithSource:
      state.original = await post(front, data, call.files, origin);
      return;
    case InteractionResponseType.UpdateMessage:
      state.original = state.source;
      if (state.source !== null) await edit(front, state.source, data, call.files);
      return;
    default:
      state.original = state.source;
  }
}

async function callback(front: Front, call: Call, id = "", token = ""): Promise<Answer> {
  const state = front.interactions.forCallback(id, token);
  const body = bodyOf(call);
  const type = body.type;
  const data = isJson(body.data) ? body.data : {};
  if (!mayRespond(state, type))
    throw refusals.form([
      { path: "type", code: "BASE_TYPE_CHOICES", message: `${type} does not answer this interaction.` },
    ]);
  refuseIf(checkResponse(state, type, data, call));
  if (type === InteractionResponseType.ChannelMessageWithSource && isEmptyMessage(data, call.files))
    throw refusals.empty();
  const touches =
    type === InteractionResponseType.UpdateMessage || type === InteractionResponseType.DeferredMessageUpdate;
  if (touches && front.messages.get(state.source?.id ?? "") === undefined) throw refusals.unknownMessage();
  // Taken before anything is awaited: of two responses at the same instant one is first.
  state.response = { type, at: front.clock.now(), data };
  await respond(front, state, type, data, call);
  front.waiting.changed();
  if (call.query.get("with_response") !== "true") return done;
  const message = state.original;
  return ok({
    interaction: { id: state.id, type: state.type, response_message_id: message?.id ?? null },
    ...(message === null ? {} : { resource: { type, message: messageJson(front.world, message) } }),
  });
}

/** The message of a token's that a route names. */
function messageOf(front: Front, state: InteractionState, name: string): Message {
  const id = decodeURIComponent(name) === "@original" ? (state.original?.id ?? "") : name;
  const isOwn =
    state.original?.id === id || state.followUps.some((each) => each.id === id) || state.source?.id === id;
  const message = isOwn ? front.messages.get(id) : undefined;
  if (message === undefined) throw refusals.unknownMessage();
  return message;
}

function stateOf(front: Front, applicationId: string, token: string): InteractionState {
  if (applicationId !== front.world.botId) throw refusals.unknownWebhook();
  return front.interactions.forToken(token);
}

async function followUp(front: Front, call: Call, applicationId = "", token = ""): Promise<Answer> {
  const state = stateOf(front, applicationId, token);
  const body = bodyOf(call);
  refuseIf(checkMessage(body, "follow-up", call.files));
  const { original } = state;
  // Directly after a deferral a follow-up fills the waiting message, and its own ephemeral flag is
  // ignored; one that was deleted is filled no more.
  if (original !== null && isThinking(original) && front.messages.get(original.id) !== undefined) {
    const message = await edit(front, original, body, call.files);
    return ok(messageJson(front.world, message));
  }
  const message = await post(front, body, call.files, {
    channelId: state.channelId,
    interaction: state,
    ephemeral: isEphemeralFlag(body),
    thinking: false,
  });
  state.followUps.push(message);
  front.waiting.changed();
  return ok(messageJson(front.world, message));
}

async function change(front: Front, call: Call, applicationId = "", token = "", name = ""): Promise<Answer> {
  const state = stateOf(front, applicationId, token);
  const message = messageOf(front, state, name);
  const body = bodyOf(call);
  const use: MessageUse = "reply edit";
  refuseIf(checkMessage(body, use, call.files, named(message)));
  return ok(messageJson(front.world, await edit(front, message, body, call.files)));
}

async function read(front: Front, _call: Call, applicationId = "", token = "", name = ""): Promise<Answer> {
  return ok(messageJson(front.world, messageOf(front, stateOf(front, applicationId, token), name)));
}

async function remove(front: Front, _call: Call, applicationId = "", token = "", name = ""): Promise<Answer> {
  await unpost(front, messageOf(front, stateOf(front, applicationId, token), name));
  return done;
}

const message = /^\/webhooks\/(\d+)\/([^/]+)\/messages\/([^/]+)$/;

export const interactionRoutes: readonly Route[] = [
  { method: "POST", pattern: /^\/interactions\/(\d+)\/([^/]+)\/callback$/, answer: callback },
  { method: "POST", pattern: /^\/webhooks\/(\d+)\/([^/]+)$/, answer: followUp },
  { method: "GET", pattern: message, answer: read },
  { method: "PATCH", pattern: message, answer: change },
  { method: "DELETE", pattern: message, answer: remove },
];
