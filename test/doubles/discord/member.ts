import { ApplicationCommandType, ComponentType, InteractionType } from "discord.js";
import { channelJson, commandInput, roleJson, visibleCommand } from "./command-input.ts";
import { everyComponent } from "./component-rules.ts";
import { type Json, objectsIn, textIn } from "./form.ts";
import type { Front } from "./front.ts";
import type { Interaction, Member, Place, SayOptions, SeenMessage } from "./handles.ts";
import { follow } from "./interaction.ts";
import { messageEvent, messageJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import { act } from "./payload.ts";
import { seen } from "./seen.ts";
import type { Person, Room } from "./world.ts";

const selects: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.ChannelSelect,
  ComponentType.RoleSelect,
];

function roomOf({ world }: Front, { id }: Place): Room {
  const room = world.rooms.get(id);
  if (room === undefined) throw new Error(`there is no channel ${id} any more`);
  return room;
}

/** The message, if this member sees it. */
function seenMessage({ messages }: Front, person: Person, { id }: SeenMessage): Message {
  const message = messages.get(id);
  if (message === undefined) throw new Error("the message is no longer there");
  if (message.visibleTo !== null && message.visibleTo !== person.id)
    throw new Error(`${person.name} does not see this message`);
  return message;
}

function componentOf(message: Message, fits: (component: Json) => boolean, what: string): Json {
  const component = everyComponent(message.components).find(fits);
  if (component === undefined) throw new Error(`the message has no ${what}`);
  if (component.disabled === true) throw new Error(`${what} is disabled`);
  return component;
}

/** The values of a menu that a member picks, by value or label, and what they stand for. */
function picked(front: Front, room: Room, menu: Json, wanted: readonly string[]): Json {
  const options = objectsIn(menu.options);
  const type = menu.type;
  const values = wanted.map((each) => {
    if (type !== ComponentType.StringSelect) return each;
    const option = options.find(({ value, label }) => value === each || label === each);
    if (option === undefined) throw new Error(`the menu does not offer ${each}`);
    return textIn(option.value);
  });
  const least = Number(menu.min_values ?? 1);
  if (values.length < least || values.length > Number(menu.max_values ?? 1))
    throw new Error(`the menu takes ${least} to ${menu.max_values ?? 1} values`);
  const made = (make: (id: string) => Json) => Object.fromEntries(values.map((id) => [id, make(id)]));
  return {
    id: menu.id,
    custom_id: menu.custom_id,
    component_type: type,
    values,
    ...(type === ComponentType.ChannelSelect
      ? { resolved: { channels: made((id) => channelJson(front, id)) } }
      : {}),
    ...(type === ComponentType.RoleSelect
      ? { resolved: { roles: made((id) => roleJson(front, room, id)) } }
      : {}),
  };
}

async function say(
  front: Front,
  person: Person,
  room: Room,
  content: string,
  { files = [], replyTo }: SayOptions,
): Promise<SeenMessage> {
  const { world } = front;
  const mentioned = [...content.matchAll(/<@!?(\d{1,20})>/g)].map(([, id = ""]) => id);
  const known = [
    ...new Set([...mentioned, ...(replyTo === undefined ? [] : [authorOf(front, replyTo)])]),
  ].filter((id) => id === world.botId || world.people.has(id));
  const id = front.nextId();
  const message: Message = {
    id,
    channelId: room.id,
    authorId: person.id,
    at: front.clock.now(),
    type: replyTo === undefined ? 0 : 19,
    visibleTo: null,
    replyTo: replyTo?.id ?? null,
    nonce: null,
    interaction: null,
    content,
    embeds: [],
    components: [],
    attachments: files.map((file) => front.cdn.add(front.nextId(), room.id, file, null)),
    flags: 0,
    editedAt: null,
    edits: 0,
    mentions: known,
    mentionsEveryone: false,
    mentionedRoles: [],
  };
  const attachments = JSON.stringify(message.attachments.map(({ name }) => name));
  await front.twin.addMessage({
    id,
    channelId: room.id,
    authorId: person.id,
    content,
    attachments,
    at: message.at,
  });
  front.messages.add(message);
  front.gateway.emit("MESSAGE_CREATE", messageEvent(world, message));
  return seen(world, message);
}

const authorOf = ({ messages }: Front, { id }: SeenMessage): string => messages.get(id)?.authorId ?? "";

/** A person who uses Discord: what they do goes to the bot, and what they see is what Discord shows them. */
export function memberOf(front: Front, person: Person): Member {
  const { world, messages, waiting } = front;
  const use = (
    room: Room,
    type: InteractionType,
    data: Json,
    source: Message | null,
    focusedType?: number,
  ): Interaction =>
    follow(
      front,
      act(front, person, room, { type, data, source, ...(focusedType === undefined ? {} : { focusedType }) }),
    );
  const sees = ({ id }: Place) => messages.seenBy(person.id, id).map((message) => seen(world, message));
  return {
    id: person.id,
    name: person.name,
    direct: { id: person.directId },
    async slash(where, command, options = {}) {
      const room = roomOf(front, where);
      const { data } = commandInput(front, person, room, command, options, null);
      return use(room, InteractionType.ApplicationCommand, data, null);
    },
    async type(where, command, focused, typed, others = {}) {
      const room = roomOf(front, where);
      const values = { ...others, [focused]: typed };
      const { data, focusedType } = commandInput(front, person, room, command, values, focused);
      return use(room, InteractionType.ApplicationCommandAutocomplete, data, null, focusedType);
    },
    async press(message, button) {
      const source = seenMessage(front, person, message);
      const isIt = ({ type, custom_id, label }: Json) =>
        type === ComponentType.Button && (custom_id === button || label === button);
      const { id, custom_id } = componentOf(source, isIt, `button ${button}`);
      if (custom_id === undefined) throw new Error(`${button} is a link`);
      const data = { id, custom_id, component_type: ComponentType.Button };
      return use(roomOf(front, { id: source.channelId }), InteractionType.MessageComponent, data, source);
    },
    async pick(message, menu, ...values) {
      const source = seenMessage(front, person, message);
      const room = roomOf(front, { id: source.channelId });
      const isIt = ({ type, custom_id, placeholder }: Json) =>
        selects.includes(type) && (custom_id === menu || placeholder === menu);
      const component = componentOf(source, isIt, `menu ${menu}`);
      return use(room, InteractionType.MessageComponent, picked(front, room, component, values), source);
    },
    async apply(command, message) {
      const target = seenMessage(front, person, message);
      const room = roomOf(front, { id: target.channelId });
      const { id, guildId } = visibleCommand(front, person, room, command, ApplicationCommandType.Message);
      const data = {
        id,
        name: command,
        type: ApplicationCommandType.Message,
        target_id: target.id,
        resolved: { messages: { [target.id]: messageJson(world, target) } },
        ...(guildId === null ? {} : { guild_id: guildId }),
      };
      return use(room, InteractionType.ApplicationCommand, data, null);
    },
    async forge(where, type, data, message) {
      const source = message === undefined ? null : seenMessage(front, person, message);
      return use(roomOf(front, where), type, { ...data }, source);
    },
    say: (where, content, extra = {}) => say(front, person, roomOf(front, where), content, extra),
    sees,
    waitFor: (where, fits) =>
      waiting.until(`a message for ${person.name}`, () => sees(where).findLast((message) => fits(message))),
    closeDirect(closed) {
      person.closedDirect = closed;
    },
    setAdmin(admin) {
      person.admin = admin;
    },
    setLocale(locale) {
      person.locale = locale;
    },
  };
}
