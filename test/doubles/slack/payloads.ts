import type { Front } from "./front.ts";
import type { InteractionState } from "./interactions.ts";
import type { Json } from "./json.ts";
import { messageJson, userJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import type { View } from "./views.ts";
import { grantFor, type Person, type Room, workspaceById } from "./world.ts";

/** Sends what a member did; `payload` gets the trigger and the response URL that were made for it. */
export function act(
  front: Front,
  person: Person,
  facts: Pick<InteractionState, "kind" | "channelId" | "viewId" | "source"> & {
    readonly respondable: boolean;
    /** Whether a view may be opened for it. */
    readonly triggers: boolean;
    readonly payload: (ids: { trigger: string; responseUrl: string; ts: string }) => Json;
  },
): InteractionState {
  const { world, clock, interactions, deliveries, nextId } = front;
  if (grantFor(world, person.workspaceId) === null) throw new Error("the app is not installed there");
  const at = clock.now() - deliveries.takeLateness();
  const ts = front.nextTs();
  const triggerId = facts.triggers ? `${nextId("")}.${nextId("")}.${nextId("trg").toLowerCase()}` : "";
  const path = `/response/${person.workspaceId}/${nextId("R")}`;
  const state = interactions.add({
    kind: facts.kind,
    workspaceId: person.workspaceId,
    memberId: person.id,
    channelId: facts.channelId,
    viewId: facts.viewId,
    source: facts.source,
    triggerId,
    responseUrl: facts.respondable ? `${front.origin}${path}` : "",
    at,
    ts,
    sent: null,
    ack: null,
    replies: [],
    resultId: null,
  });
  if (facts.triggers)
    interactions.triggers.mint({
      id: triggerId,
      at,
      workspaceId: person.workspaceId,
      memberId: person.id,
      viewId: facts.viewId,
    });
  if (facts.respondable) interactions.addUrl(path, state);
  const payload = facts.payload({ trigger: triggerId, responseUrl: state.responseUrl, ts });
  const type = facts.kind === "command" ? "slash_commands" : "interactive";
  deliveries.send({ type, payload, at }, (sent) => {
    interactions.carry(state, sent);
  });
  return state;
}

function enterprise(front: Front, person: Person): { readonly json: Json | null; readonly isOrg: boolean } {
  const { enterpriseId } = workspaceById(front.world, person.workspaceId);
  return {
    json: enterpriseId === null ? null : { id: enterpriseId, name: enterpriseId },
    isOrg: grantFor(front.world, person.workspaceId)?.enterpriseId != null,
  };
}

/** What every interactive payload carries. */
export function common(front: Front, person: Person): Json {
  const { id, domain } = workspaceById(front.world, person.workspaceId);
  const { json, isOrg } = enterprise(front, person);
  return {
    team: { id, domain },
    user: userJson(front.world, person.id),
    api_app_id: front.world.appId,
    token: "verification-token",
    enterprise: json,
    is_enterprise_install: isOrg,
  };
}

export function slashPayload(
  front: Front,
  person: Person,
  room: Room,
  {
    command,
    text,
    trigger,
    responseUrl,
  }: Readonly<Record<"command" | "text" | "trigger" | "responseUrl", string>>,
): Json {
  const { id, domain } = workspaceById(front.world, person.workspaceId);
  const { json, isOrg } = enterprise(front, person);
  return {
    token: "verification-token",
    team_id: id,
    team_domain: domain,
    ...(json === null ? {} : { enterprise_id: json.id, enterprise_name: json.name }),
    channel_id: room.id,
    channel_name: room.kind === "im" ? "directmessage" : room.kind === "private" ? "privategroup" : room.name,
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: front.world.appId,
    is_enterprise_install: String(isOrg),
    response_url: responseUrl,
    trigger_id: trigger,
  };
}

const channelJson = ({ id, name, kind }: Room): Json => ({
  id,
  name: kind === "im" ? "directmessage" : name,
});

/** Where an element stands: in a message, or in a view. An ephemeral message is not shown to the app again. */
export function place(front: Front, person: Person, on: Message | View): Json {
  if ("json" in on)
    return { container: { type: "view", view_id: on.id }, view: shownView(front, person, on) };
  const room = front.world.rooms.get(on.channelId);
  const workspace = workspaceById(front.world, person.workspaceId);
  const isEphemeral = on.visibleTo !== null;
  return {
    container: {
      type: "message",
      message_ts: on.ts,
      channel_id: on.channelId,
      is_ephemeral: isEphemeral,
      ...(on.threadTs === null ? {} : { thread_ts: on.threadTs }),
    },
    ...(room === undefined ? {} : { channel: channelJson(room) }),
    ...(isEphemeral ? {} : { message: messageJson(workspace, front.world.appId, on) }),
  };
}

/** A view as payloads carry it, with what the member has put in. */
export function shownView(
  { world }: Front,
  person: Person,
  { json, workspaceId }: View,
  values: Json = {},
): Json {
  return {
    ...json,
    team_id: workspaceId,
    app_id: world.appId,
    app_installed_team_id: person.workspaceId,
    state: { values },
  };
}

export const messageShortcut = (
  front: Front,
  person: Person,
  message: Message,
  {
    callbackId,
    trigger,
    responseUrl,
    ts,
  }: Readonly<Record<"callbackId" | "trigger" | "responseUrl" | "ts", string>>,
): Json => {
  const room = front.world.rooms.get(message.channelId);
  const workspace = workspaceById(front.world, person.workspaceId);
  return {
    ...common(front, person),
    type: "message_action",
    action_ts: ts,
    callback_id: callbackId,
    trigger_id: trigger,
    response_url: responseUrl,
    message_ts: message.ts,
    message: messageJson(workspace, front.world.appId, message),
    ...(room === undefined ? {} : { channel: channelJson(room) }),
  };
};
