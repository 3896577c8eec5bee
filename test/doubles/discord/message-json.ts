import { MessageFlags } from "discord.js";
import type { Json } from "./form.ts";
import type { SeenAttachment } from "./handles.ts";
import { isEphemeral, type Message } from "./messages.ts";
import type { Person, World } from "./world.ts";

const isoTime = (at: number): string => new Date(at).toISOString().replace("Z", "+00:00");

export const userJson = (world: World, id: string): Json => {
  const person = world.people.get(id);
  return {
    id,
    username: person?.name ?? "Rehearsal",
    global_name: person?.name ?? null,
    discriminator: "0",
    avatar: null,
    bot: id === world.botId,
    system: false,
    public_flags: 0,
  };
};

export const memberJson = ({ roles }: Pick<Person, "roles">): Json => ({
  roles,
  nick: null,
  avatar: null,
  joined_at: "2026-01-01T00:00:00.000000+00:00",
  premium_since: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
});

export const attachmentJson = ({ id, name, alt, size, contentType, url }: SeenAttachment): Json => ({
  id,
  filename: name,
  ...(alt === null ? {} : { description: alt }),
  size,
  content_type: contentType,
  url,
  proxy_url: url,
});

/** A message as Discord's API gives it. */
export function messageJson(world: World, message: Message): Json {
  const room = world.rooms.get(message.channelId);
  const { interaction, replyTo } = message;
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channelId,
    author: userJson(world, message.authorId),
    content: message.content,
    embeds: message.embeds.map((embed) => ({ type: "rich", ...embed })),
    components: message.components,
    attachments: message.attachments.map(attachmentJson),
    mentions: message.mentions.map((id) => userJson(world, id)),
    mention_roles: message.mentionedRoles,
    mention_everyone: message.mentionsEveryone,
    pinned: false,
    tts: false,
    timestamp: isoTime(message.at),
    edited_timestamp: message.editedAt === null ? null : isoTime(message.editedAt),
    flags: message.flags | (isEphemeral(message) ? MessageFlags.Ephemeral : 0),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            message_id: replyTo,
            channel_id: message.channelId,
            ...(room?.guildId == null ? {} : { guild_id: room.guildId }),
          },
        }),
    ...(interaction === null
      ? {}
      : {
          webhook_id: world.botId,
          application_id: world.botId,
          interaction_metadata: {
            id: interaction.id,
            type: interaction.type,
            user: userJson(world, interaction.memberId),
            authorizing_integration_owners: {},
          },
        }),
  };
}

/** What the gateway adds to a message. */
export function messageEvent(world: World, message: Message): Json {
  const room = world.rooms.get(message.channelId);
  const guildId = room?.guildId;
  const person = world.people.get(message.authorId);
  return {
    ...messageJson(world, message),
    // discord.js knows from it that a channel it has not met holds direct messages.
    channel_type: room?.type,
    ...(guildId == null ? {} : { guild_id: guildId, member: memberJson({ roles: person?.roles ?? [] }) }),
  };
}

/** Without MESSAGE_CONTENT: empty, except in direct messages, where the bot is mentioned, and what it said itself. */
export function withoutContent(world: World, json: Json): Json {
  const room = world.rooms.get(String(json.channel_id));
  const said = JSON.stringify([json.author, json.mentions]);
  if (room?.guildId == null || said.includes(`"${world.botId}"`)) return json;
  return { ...json, content: "", embeds: [], components: [], attachments: [] };
}
