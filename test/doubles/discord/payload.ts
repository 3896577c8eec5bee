import { type InteractionType, PermissionFlagsBits } from "discord.js";
import type { Json } from "./form.ts";
import type { Front } from "./front.ts";
import type { InteractionState } from "./interactions.ts";
import { memberJson, messageJson, userJson } from "./message-json.ts";
import type { Message } from "./messages.ts";
import { bitsOf, botMay, memberBits, type Person, type Room } from "./world.ts";

/** What a member does. */
export interface Deed {
  readonly type: InteractionType;
  readonly data: Json;
  readonly source: Message | null;
  readonly focusedType?: number;
}

/** INTERACTION_CREATE, as Discord sends it for a bot in a guild or in direct messages. */
function interactionJson(
  front: Front,
  state: InteractionState,
  person: Person,
  room: Room,
  data: Json,
): Json {
  const { world } = front;
  const user = userJson(world, person.id);
  const guild = room.guildId === null ? undefined : world.guilds.get(room.guildId);
  const channel = {
    id: room.id,
    type: room.type,
    name: room.name,
    parent_id: room.parentId,
    permissions: String(memberBits(person)),
  };
  return {
    id: state.id,
    application_id: world.botId,
    type: state.type,
    token: state.token,
    version: 1,
    data,
    channel_id: room.id,
    channel:
      guild === undefined
        ? { id: room.id, type: room.type, recipients: [user] }
        : { ...channel, guild_id: guild.id },
    locale: person.locale,
    app_permissions: String(bitsOf(botMay(world, room)) | PermissionFlagsBits.UseApplicationCommands),
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? "0" },
    context: guild === undefined ? 1 : 0,
    attachment_size_limit: 10_485_760,
    ...(state.source === null ? {} : { message: messageJson(world, state.source) }),
    ...(guild === undefined
      ? { user }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...memberJson(person), user, permissions: String(memberBits(person)) },
        }),
  };
}

/** Lets a member do something there, and tells the bot. */
export function act(front: Front, person: Person, room: Room, deed: Deed): InteractionState {
  const lateness = front.faults.takeLateness();
  const at = front.clock.now() - lateness;
  const state = front.interactions.open({
    id: front.nextId(lateness > 0 ? at : undefined),
    type: deed.type,
    at,
    memberId: person.id,
    channelId: room.id,
    guildId: room.guildId,
    source: deed.source,
    sourceEdits: deed.source?.edits ?? 0,
    focusedType: deed.focusedType ?? 3,
  });
  front.gateway.emit("INTERACTION_CREATE", interactionJson(front, state, person, room, deed.data));
  return state;
}
