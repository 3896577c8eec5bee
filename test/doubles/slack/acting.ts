import { chosen, findElement, isEmpty } from "./elements.ts";
import type { Front } from "./front.ts";
import type { FieldValue, Interaction, SeenMessage, SeenView } from "./handles.ts";
import { follow } from "./interaction.ts";
import type { InteractionState } from "./interactions.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import type { Message } from "./messages.ts";
import { act, common, place, shownView } from "./payloads.ts";
import { filled } from "./submission.ts";
import type { View } from "./views.ts";
import type { Person } from "./world.ts";

/** The message or view as it stands, if this member has it before them. */
export function before(front: Front, person: Person, on: SeenMessage | SeenView): Message | View {
  if ("ts" in on) {
    const message = front.messages.get(on.channelId, on.ts);
    if (message === undefined) throw new Error("the message is no longer there");
    const isTheirs = message.visibleTo === null || message.visibleTo === person.id;
    const isThere = front.world.rooms.get(message.channelId)?.members.has(person.id) === true;
    if (!isTheirs || !isThere) throw new Error(`${person.name} does not see this message`);
    return message;
  }
  const view = front.views.get(on.id);
  if (view === undefined || !view.isOpen || view.memberId !== person.id)
    throw new Error("the view is no longer open");
  if (view.type === "modal" && front.views.stack(person.id).at(-1) !== view)
    throw new Error("another view lies over it");
  return view;
}

const blocksOf = (on: Message | View): readonly Json[] =>
  "json" in on
    ? objectsIn(on.json.blocks)
    : [...on.blocks, ...on.attachments.flatMap((each) => objectsIn(each.blocks))];

/** Sends block_actions for an element. */
function use(
  front: Front,
  person: Person,
  on: Message | View,
  block: Json,
  element: Json,
  value: Json,
): InteractionState {
  const isView = "json" in on;
  return act(front, person, {
    kind: "action",
    channelId: on.channelId,
    viewId: isView ? on.id : null,
    source: isView ? null : on,
    respondable: !isView,
    triggers: true,
    payload: ({ trigger, responseUrl, ts }) => ({
      ...common(front, person),
      type: "block_actions",
      trigger_id: trigger,
      ...place(front, person, on),
      state: { values: {} },
      ...(isView ? {} : { response_url: responseUrl }),
      actions: [
        {
          type: element.type,
          action_id: element.action_id,
          block_id: block.block_id,
          ...value,
          action_ts: ts,
        },
      ],
    }),
  });
}

export function press(front: Front, person: Person, on: SeenMessage | SeenView, button: string): Interaction {
  const there = before(front, person, on);
  const { block, element } = findElement(blocksOf(there), button, (type) => type === "button");
  const { text, value, style, url } = element;
  const told = {
    text,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
  return follow(front, use(front, person, there, block, element, told));
}

const key = (person: Person, actionId: unknown): string => `${person.id}/${textIn(actionId)}`;

export function choose(
  front: Front,
  person: Person,
  on: SeenMessage | SeenView,
  named: string,
  value: FieldValue,
): Interaction {
  const there = before(front, person, on);
  const { block, element } = findElement(blocksOf(there), named, (type) => type !== "button");
  if (block.type === "input" && block.dispatch_action !== true)
    throw new Error(`${named} is an input that sends nothing before the view is submitted`);
  const offers = front.interactions.suggested.get(key(person, element.action_id)) ?? [];
  const told = chosen(element, value, offers, named);
  if (isEmpty(told) && !textIn(element.type).startsWith("multi_") && element.type !== "checkboxes")
    throw new Error(`nothing was chosen in ${named}`);
  return follow(front, use(front, person, there, block, element, told));
}

export function suggest(
  front: Front,
  person: Person,
  on: SeenMessage | SeenView,
  named: string,
  typed: string,
): Interaction {
  const there = before(front, person, on);
  const { block, element } = findElement(blocksOf(there), named, (type) => type.includes("external"));
  const least = Number(element.min_query_length ?? 3);
  if (typed.length < least) throw new Error(`Slack asks the app from ${least} typed characters on`);
  const isView = "json" in there;
  const state = act(front, person, {
    kind: "suggestion",
    channelId: there.channelId,
    viewId: isView ? there.id : null,
    source: isView ? null : there,
    respondable: false,
    triggers: false,
    payload: () => ({
      ...common(front, person),
      type: "block_suggestion",
      ...place(front, person, there),
      action_id: element.action_id,
      block_id: block.block_id,
      value: typed,
    }),
  });
  const asked = follow(front, state);
  return {
    ...asked,
    get failed() {
      return asked.failed;
    },
    async choices() {
      const choices = await asked.choices();
      const { suggested } = front.interactions;
      const name = key(person, element.action_id);
      suggested.set(name, [...(suggested.get(name) ?? []), ...choices]);
      return choices;
    },
  };
}

export function submit(
  front: Front,
  person: Person,
  on: SeenView,
  values: Readonly<Record<string, FieldValue>>,
): Interaction {
  const view = before(front, person, on);
  if (!("json" in view)) throw new Error("only a view can be submitted");
  if (view.json.submit === null || view.json.submit === undefined)
    throw new Error("the view has no button that submits it");
  const state = filled(
    view.json,
    values,
    (actionId) => front.interactions.suggested.get(key(person, actionId)) ?? [],
  );
  return follow(
    front,
    act(front, person, {
      kind: "submission",
      channelId: view.channelId,
      viewId: view.id,
      source: null,
      respondable: false,
      triggers: true,
      payload: ({ trigger }) => ({
        ...common(front, person),
        type: "view_submission",
        trigger_id: trigger,
        view: shownView(front, person, view, state),
        response_urls: [],
      }),
    }),
  );
}

/** Closes the view on top, or all of them; null where the app did not ask to be told. */
export function close(front: Front, person: Person, on: SeenView, all: boolean): Interaction | null {
  const view = before(front, person, on);
  if (!("json" in view)) throw new Error("only a view can be closed");
  const whole = all || objectIn(view.json).clear_on_close === true;
  const closed = whole ? front.views.stack(person.id) : [view];
  for (const each of closed) each.isOpen = false;
  front.waiting.changed();
  const told = closed.filter(({ json }) => json.notify_on_close === true);
  const [first = null] = told.map((each) =>
    follow(
      front,
      act(front, person, {
        kind: "closed",
        channelId: each.channelId,
        viewId: each.id,
        source: null,
        respondable: false,
        triggers: false,
        payload: () => ({
          ...common(front, person),
          type: "view_closed",
          view: shownView(front, person, each),
          is_cleared: whole,
        }),
      }),
    ),
  );
  return first;
}
