import type { Call, Front, Method } from "./front.ts";
import { type Json, textIn } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Trigger } from "./triggers.ts";
import { openView, publishView, pushView, updateView } from "./view-ops.ts";
import type { View } from "./views.ts";

const tokenIn = ({ grant }: Call, workspaceId: string): string => {
  const token = grant.emulateTokens.get(workspaceId);
  if (token === undefined) throw new SlackRefusal("invalid_trigger_id");
  return token;
};

function exchanged(
  { interactions }: Front,
  call: Call,
): { readonly trigger: Trigger; readonly token: string } {
  const trigger = interactions.triggers.exchange(textIn(call.args.trigger_id));
  return { trigger, token: tokenIn(call, trigger.workspaceId) };
}

const shown = ({ json }: View): Json => ({ view: json });

const open: Method = async (front, call) => {
  const { trigger, token } = exchanged(front, call);
  return shown(await openView(front, trigger, call.args.view, token));
};

const push: Method = async (front, call) => {
  const { trigger, token } = exchanged(front, call);
  return shown(await pushView(front, trigger, call.args.view, token));
};

const update: Method = async (front, call) => {
  const { view_id, external_id, view: changed, hash } = call.args;
  const [workspaceId = ""] = call.grant.emulateTokens.keys();
  const view =
    view_id === undefined
      ? front.views.byExternalId(workspaceId, textIn(external_id))
      : front.views.get(textIn(view_id));
  // A modal that the member has closed is no longer there to be changed.
  if (view === undefined || !view.isOpen || !call.grant.emulateTokens.has(view.workspaceId))
    throw new SlackRefusal("not_found");
  return shown(await updateView(front, view, changed, textIn(hash), tokenIn(call, view.workspaceId)));
};

const publish: Method = async (front, call) => {
  if (!front.manifest.homeTab) throw new SlackRefusal("not_enabled");
  const person = front.world.people.get(textIn(call.args.user_id));
  if (person === undefined || !call.grant.emulateTokens.has(person.workspaceId))
    throw new SlackRefusal("user_not_found");
  const token = tokenIn(call, person.workspaceId);
  return shown(await publishView(front, person.workspaceId, call.args, token));
};

export const viewMethods: Readonly<Record<string, Method>> = {
  "views.open": open,
  "views.push": push,
  "views.update": update,
  "views.publish": publish,
};
