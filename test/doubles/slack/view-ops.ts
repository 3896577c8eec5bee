import { checkView } from "./block-rules.ts";
import { emulateOf, type Front } from "./front.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { withIds } from "./messages.ts";
import { requirePictures } from "./pictures.ts";
import { refuseIf, SlackRefusal } from "./refusal.ts";
import { limit } from "./rules.ts";
import type { Trigger } from "./triggers.ts";
import type { View } from "./views.ts";

/** Judges a view, and gives its blocks the ids that Slack makes up. */
function judged(front: Front, value: unknown, type: View["type"]): Json {
  refuseIf(checkView(value, type));
  const view = objectIn(value);
  requirePictures(front, view.blocks, "/view/blocks");
  return { ...view, blocks: withIds(objectsIn(view.blocks), () => front.nextId("b")) };
}

/** emulate's answer, or its refusal as the front's own. */
async function asked(
  front: Front,
  workspaceId: string,
  method: string,
  args: Json,
  token: string,
): Promise<Json> {
  const body = await emulateOf(front, workspaceId).call(method, args, token);
  if (body.ok !== true) throw new SlackRefusal(textIn(body.error));
  return objectIn(body.view);
}

const channelOf = ({ interactions, views }: Front, { id, viewId }: Trigger): string | null =>
  interactions.byTrigger(id)?.channelId ?? views.get(viewId ?? "")?.channelId ?? null;

async function add(
  front: Front,
  trigger: Trigger,
  view: Json,
  token: string,
  under: View | null,
): Promise<View> {
  const { workspaceId, memberId } = trigger;
  const emulate = emulateOf(front, workspaceId);
  // emulate's own trigger ids expire by the machine's clock, so each is made where it is used.
  const { trigger_id } = await emulate.call("views.generateTriggerId", { user_id: memberId }, token);
  const json = await asked(front, workspaceId, "views.open", { view, trigger_id }, token);
  const opened = front.views.add({
    id: textIn(json.id),
    type: "modal",
    workspaceId,
    memberId,
    channelId: channelOf(front, trigger),
    json:
      under === null ? json : { ...json, root_view_id: under.json.root_view_id, previous_view_id: under.id },
    isOpen: true,
  });
  const interaction = front.interactions.byTrigger(trigger.id);
  if (interaction !== undefined) interaction.resultId = opened.id;
  front.waiting.changed();
  return opened;
}

/** Opens a modal for whoever the trigger is of; one that was open before is gone, as on Slack. */
export async function openView(front: Front, trigger: Trigger, value: unknown, token: string): Promise<View> {
  const view = judged(front, value, "modal");
  const before = front.views.stack(trigger.memberId);
  if (trigger.viewId === null) for (const each of before) each.isOpen = false;
  return add(front, trigger, view, token, null);
}

export async function pushView(front: Front, trigger: Trigger, value: unknown, token: string): Promise<View> {
  const view = judged(front, value, "modal");
  const stack = front.views.stack(trigger.memberId);
  const top = stack.at(-1);
  if (top === undefined || trigger.viewId === null) throw new SlackRefusal("not_found");
  if (stack.length >= limit("viewStack")) throw new SlackRefusal("push_limit_reached");
  return add(front, trigger, view, token, top);
}

export async function updateView(
  front: Front,
  view: View,
  value: unknown,
  hash: string,
  token: string,
): Promise<View> {
  const changed = judged(front, value, view.type);
  if (hash !== "" && hash !== view.json.hash) throw new SlackRefusal("hash_conflict");
  const { root_view_id, previous_view_id } = view.json;
  const args = { view: changed, view_id: view.id };
  const json = await asked(front, view.workspaceId, "views.update", args, token);
  view.json = { ...json, root_view_id, previous_view_id };
  front.waiting.changed();
  return view;
}

export async function publishView(
  front: Front,
  workspaceId: string,
  args: Json,
  token: string,
): Promise<View> {
  const view = judged(front, args.view, "home");
  const memberId = textIn(args.user_id);
  const home = front.views.home(memberId);
  const hash = textIn(args.hash);
  if (hash !== "" && hash !== home?.json.hash) throw new SlackRefusal("hash_conflict");
  const json = await asked(front, workspaceId, "views.publish", { user_id: memberId, view }, token);
  const known = { id: textIn(json.id), type: "home", workspaceId, memberId, channelId: null } as const;
  const published = front.views.add({ ...known, json, isOpen: true });
  front.waiting.changed();
  return published;
}
