import { before, choose, close, press, submit, suggest } from "./acting.ts";
import { emit } from "./events.ts";
import type { Front } from "./front.ts";
import type { Delivery, Interaction, Member, Place } from "./handles.ts";
import { install } from "./install.ts";
import { follow } from "./interaction.ts";
import type { Json } from "./json.ts";
import { act, common, messageShortcut, shownView, slashPayload } from "./payloads.ts";
import { limit } from "./rules.ts";
import { edit, escaped, say } from "./saying.ts";
import { seenMessage, seenView } from "./seen.ts";
import { type Person, type Room, workspaceById } from "./world.ts";

function roomOf({ world }: Front, { id }: Place): Room {
  const room = world.rooms.get(id);
  if (room === undefined || room.deleted) throw new Error(`there is no channel ${id} any more`);
  return room;
}

/** Names of members and channels as a command with `should_escape` sends them. */
function withIds({ world }: Front, { workspaceId }: Person, text: string): string {
  const named = (name: string, of: Iterable<Person | Room>) =>
    [...of].find((each) => each.workspaceId === workspaceId && each.name === name)?.id;
  return text
    .replaceAll(/@([\w-]{1,80})/g, (whole, name: string) => {
      const id = named(name, world.people.values());
      return id === undefined ? whole : `<@${id}|${name}>`;
    })
    .replaceAll(/#([\w-]{1,80})/g, (whole, name: string) => {
      const id = named(name, world.rooms.values());
      return id === undefined ? whole : `<#${id}|${name}>`;
    });
}

function slash(front: Front, person: Person, where: Place, command: string, text: string): Interaction {
  const room = roomOf(front, where);
  if (!room.members.has(person.id)) throw new Error(`${person.name} is not in ${room.name}`);
  const known = front.manifest.command(command);
  if (known === null) throw new Error(`${command} is not a valid command`);
  if (text.length > limit("slashText")) throw new Error("the text is too long for a command");
  const sent = escaped(known.escapes ? withIds(front, person, text) : text);
  const state = act(front, person, {
    kind: "command",
    channelId: room.id,
    viewId: null,
    source: null,
    respondable: true,
    triggers: true,
    payload: ({ trigger, responseUrl }) =>
      slashPayload(front, person, room, { command, text: sent, trigger, responseUrl }),
  });
  return follow(front, state);
}

function globalShortcut(front: Front, person: Person, name: string): Interaction {
  const { callbackId } = front.manifest.shortcut(name, "global");
  const state = act(front, person, {
    kind: "shortcut",
    channelId: null,
    viewId: null,
    source: null,
    respondable: false,
    triggers: true,
    payload: ({ trigger, ts }) => ({
      ...common(front, person),
      type: "shortcut",
      action_ts: ts,
      callback_id: callbackId,
      trigger_id: trigger,
    }),
  });
  return follow(front, state);
}

/** An interactive payload of any shape: over what a press of a button in that channel would send. */
function forge(front: Front, person: Person, where: Place, payload: Json): Interaction {
  const room = roomOf(front, where);
  const state = act(front, person, {
    kind: payload.type === "view_submission" ? "submission" : "action",
    channelId: room.id,
    viewId: null,
    source: null,
    respondable: true,
    triggers: true,
    payload: ({ trigger, responseUrl, ts }) => ({
      ...common(front, person),
      type: "block_actions",
      trigger_id: trigger,
      response_url: responseUrl,
      container: { type: "message", message_ts: ts, channel_id: room.id, is_ephemeral: true },
      channel: { id: room.id, name: room.name },
      state: { values: {} },
      actions: [{ type: "button", action_id: "forged", block_id: "forged", action_ts: ts }],
      ...payload,
    }),
  });
  return follow(front, state);
}

function opensHome(front: Front, person: Person, tab: "home" | "messages"): readonly Delivery[] {
  const home = front.views.home(person.id);
  return emit(front, person.workspaceId, "app_home_opened", {
    type: "app_home_opened",
    user: person.id,
    channel: person.directId,
    tab,
    ...(home === undefined || tab === "messages" ? {} : { view: shownView(front, person, home) }),
  });
}

/** A person who uses Slack: what they do goes to the app, and what they see is what Slack shows them. */
export function memberOf(front: Front, person: Person): Member {
  const { world, messages, views, waiting } = front;
  const sees = ({ id }: Place) => {
    const room = world.rooms.get(id);
    if (room === undefined || room.deleted || !room.members.has(person.id)) return [];
    return messages.seenBy(person.id, id).map((message) => seenMessage(front, message));
  };
  return {
    id: person.id,
    name: person.name,
    workspaceId: person.workspaceId,
    dm: { id: person.directId },
    slash: async (where, command, text = "") => slash(front, person, where, command, text),
    press: async (on, button) => press(front, person, on, button),
    choose: async (on, element, value) => choose(front, person, on, element, value),
    suggest: async (on, element, typed) => suggest(front, person, on, element, typed),
    submit: async (view, values = {}) => submit(front, person, view, values),
    close: async (view, all = false) => close(front, person, view, all),
    async shortcut(name, message) {
      if (message === undefined) return globalShortcut(front, person, name);
      const target = before(front, person, message);
      if ("json" in target || target.visibleTo !== null)
        throw new Error("an ephemeral message has no menu of shortcuts");
      const { callbackId } = front.manifest.shortcut(name, "message");
      const state = act(front, person, {
        kind: "shortcut",
        channelId: target.channelId,
        viewId: null,
        source: target,
        respondable: true,
        triggers: true,
        payload: ({ trigger, responseUrl, ts }) =>
          messageShortcut(front, person, target, { callbackId, trigger, responseUrl, ts }),
      });
      return follow(front, state);
    },
    forge: async (where, payload) => forge(front, person, where, payload),
    mention(where, text, extra = {}) {
      const { botUserId } = workspaceById(world, person.workspaceId);
      return say(front, person, roomOf(front, where), `<@${botUserId}> ${text}`, extra);
    },
    direct: (text, extra = {}) => say(front, person, roomOf(front, { id: person.directId }), text, extra),
    say: (where, text, extra = {}) => say(front, person, roomOf(front, where), text, extra),
    edit: (message, text) => edit(front, person, message, text),
    openHome: async (tab = "home") => opensHome(front, person, tab),
    sees,
    waitFor: (where, fits) =>
      waiting.until(`a message for ${person.name}`, () => sees(where).findLast((message) => fits(message))),
    view() {
      const top = views.stack(person.id).at(-1);
      return top === undefined ? null : seenView(front, top);
    },
    home() {
      const home = views.home(person.id);
      return home === undefined ? null : seenView(front, home);
    },
    install: (installUrl, extra) => install(front, person, installUrl, extra),
    reload: () => messages.forgetEphemeral(person.id),
    setAdmin(admin) {
      person.admin = admin;
    },
    setLocale(locale) {
      person.locale = locale;
    },
    setTz(tz) {
      person.tz = tz;
    },
  };
}
