import type { Delivered } from "./deliveries.ts";
import type { Front } from "./front.ts";
import type { Delivery } from "./handles.ts";
import { type Json, objectIn, textIn } from "./json.ts";
import { eventScopes } from "./rules.ts";
import { type Grant, workspaceById } from "./world.ts";

/** What wraps an event on its way to the app. */
function envelopeOf(front: Front, workspaceId: string, event: Json): Json {
  const { world, clock, nextId } = front;
  const { id, enterpriseId, botUserId } = workspaceById(world, workspaceId);
  const grant = world.grants.findLast(({ emulateTokens }) => emulateTokens.has(workspaceId));
  return {
    token: "verification-token",
    team_id: id,
    context_team_id: id,
    context_enterprise_id: enterpriseId,
    api_app_id: world.appId,
    event: { event_ts: front.nextTs(), ...event },
    type: "event_callback",
    event_id: nextId("Ev"),
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: grant?.enterpriseId == null ? id : null,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: grant?.enterpriseId != null,
      },
    ],
    is_ext_shared_channel: false,
    event_context: nextId("context-"),
  };
}

function deliveryOf(front: Front, sent: Delivered): Delivery {
  const { deliveries } = front;
  return {
    eventId: textIn(sent.payload.event_id),
    event: objectIn(sent.payload.event),
    async acked() {
      // A repeat that was acknowledged counts too: it is the same event.
      await front.waiting.until(`an acknowledgement of ${textIn(sent.payload.event_id)}`, () =>
        repeats(front, sent).some((each) => deliveries.outcome(each) === "acked") ? true : undefined,
      );
      const acked = repeats(front, sent).find((each) => deliveries.outcome(each) === "acked") ?? sent;
      return { afterMs: (acked.ackedAt ?? sent.at) - sent.at };
    },
  };
}

const repeats = ({ deliveries }: Front, { payload }: Delivered): readonly Delivered[] =>
  deliveries.sent.filter((each) => each.payload === payload);

/** `app_rate_limited`: beside the events, not one of them. */
export const tellRateLimited = (front: Front, workspaceId: string): Delivery =>
  deliveryOf(
    front,
    front.deliveries.send({
      type: "events_api",
      payload: {
        token: "verification-token",
        type: "app_rate_limited",
        team_id: workspaceId,
        minute_rate_limited: Math.floor(front.clock.now() / 60_000) * 60,
        api_app_id: front.world.appId,
      },
    }),
  );

/** Sends an event, whether the app subscribes to it or not. */
export const force = (front: Front, workspaceId: string, event: Json): Delivery =>
  deliveryOf(
    front,
    front.deliveries.send({
      type: "events_api",
      payload: envelopeOf(front, workspaceId, event),
    }),
  );

/** Sends an event to an app that subscribes to it and has its scope. @param grant whose; by default the live one */
export function emit(
  front: Front,
  workspaceId: string,
  name: string,
  event: Json,
  grant: Grant | null = front.world.grants.findLast(
    ({ state, emulateTokens }) => state !== "uninstalled" && emulateTokens.has(workspaceId),
  ) ?? null,
): readonly Delivery[] {
  const scope = eventScopes.get(name) ?? null;
  if (grant === null || !front.manifest.hears(name) || (scope !== null && !grant.scopes.has(scope)))
    return [];
  return [force(front, workspaceId, event)];
}
