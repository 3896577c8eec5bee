import { MessageFlags } from "discord.js";
import { type Json, objectsIn, textIn } from "./form.ts";
import type { Front, UploadedFile } from "./front.ts";
import type { SeenAttachment } from "./handles.ts";
import type { InteractionState } from "./interactions.ts";
import { messageEvent } from "./message-json.ts";
import { isEmptyMessage } from "./message-rules.ts";
import { isRinging, type Message, pingsOf, write } from "./messages.ts";
import { refusals } from "./refusal.ts";
import { botMay } from "./world.ts";

/** Puts uploaded files on the attachments' host, with the texts that the body gives them. */
function upload(
  { cdn, nextId }: Front,
  channelId: string,
  body: Json,
  files: readonly UploadedFile[],
): readonly SeenAttachment[] {
  const listed = objectsIn(body.attachments);
  return files.map((file, at) => {
    const said = listed.find(({ id }) => String(id) === String(at));
    const name = textIn(said?.filename) || file.name;
    return cdn.add(nextId(), channelId, { ...file, name }, textIn(said?.description) || null);
  });
}

/** Works out whom a text mentions, and keeps a record where it rings. */
function mention(front: Front, message: Message, body: Json, isNew: boolean): void {
  const use = message.interaction === null ? "message" : "interaction";
  const ping = pingsOf(
    { ...body, content: message.content, components: message.components },
    use,
    message.id,
  );
  const room = front.world.rooms.get(message.channelId);
  const mayAll = room !== undefined && botMay(front.world, room).has("MentionEveryone");
  const allowed = { ...ping, everyone: ping.everyone && mayAll, roles: mayAll ? ping.roles : [] };
  message.mentions = allowed.users;
  message.mentionsEveryone = allowed.everyone;
  message.mentionedRoles = allowed.roles;
  if (isNew && isRinging(allowed)) front.pings.push(allowed);
}

interface Origin {
  readonly channelId: string;
  readonly interaction: InteractionState | null;
  readonly ephemeral: boolean;
  readonly thinking: boolean;
}

const messageTypes: Readonly<Record<number, number>> = { 2: 20, 3: 0, 5: 0 };

/** Adds a message of the bot's. Where all may see it, the twin keeps it too and everybody hears of it. */
export async function post(
  front: Front,
  body: Json,
  files: readonly UploadedFile[],
  { channelId, interaction, ephemeral, thinking }: Origin,
): Promise<Message> {
  if (!thinking && isEmptyMessage(body, files)) throw refusals.empty();
  const reference = body.message_reference;
  const replyTo =
    typeof reference === "object" && reference !== null && "message_id" in reference
      ? String(reference.message_id)
      : null;
  const nonce = body.nonce;
  const message: Message = {
    id: front.nextId(),
    channelId,
    authorId: front.world.botId,
    at: front.clock.now(),
    type: interaction === null ? (replyTo === null ? 0 : 19) : (messageTypes[interaction.type] ?? 0),
    visibleTo: ephemeral ? (interaction?.memberId ?? null) : null,
    replyTo,
    nonce: typeof nonce === "string" || typeof nonce === "number" ? nonce : null,
    interaction: interaction && {
      id: interaction.id,
      memberId: interaction.memberId,
      type: interaction.type,
    },
    content: "",
    embeds: [],
    components: [],
    attachments: [],
    flags: thinking ? MessageFlags.Loading : 0,
    editedAt: null,
    edits: 0,
    mentions: [],
    mentionsEveryone: false,
    mentionedRoles: [],
  };
  const { attachments: _listed, ...rest } = body;
  write(message, rest, upload(front, channelId, body, files));
  mention(front, message, body, !thinking);
  if (!ephemeral) await keepInTwin(front, message);
  front.messages.add(message);
  // Nobody but the member hears of an ephemeral message: the bot has it from the answer to its request.
  if (!ephemeral) front.gateway.emit("MESSAGE_CREATE", messageEvent(front.world, message));
  front.waiting.changed();
  return message;
}

async function keepInTwin({ twin }: Front, message: Message): Promise<void> {
  const { content, embeds, components, flags } = message;
  const kept = await twin.ask("POST", `/channels/${message.channelId}/messages`, {
    content,
    embeds,
    components,
    flags,
  });
  if (kept.status !== 200 || typeof kept.body !== "object" || kept.body === null || !("id" in kept.body))
    throw new Error(`the twin did not keep a message: ${JSON.stringify(kept)}`);
  await twin.rename(
    String(kept.body.id),
    message.id,
    message.at,
    JSON.stringify(message.attachments.map(({ name }) => name)),
  );
}

/** Changes a message of the bot's. */
export async function edit(
  front: Front,
  message: Message,
  body: Json,
  files: readonly UploadedFile[],
): Promise<Message> {
  const wasThinking = (message.flags & MessageFlags.Loading) !== 0;
  const kept = { ...body };
  if (files.length > 0 && body.attachments === undefined) delete kept.attachments;
  write(message, kept, upload(front, message.channelId, body, files));
  if (wasThinking && isEmptyMessage(body, files)) throw refusals.empty();
  if (isBlank(message)) throw refusals.empty();
  message.flags &= ~MessageFlags.Loading;
  message.edits += 1;
  if (!wasThinking) message.editedAt = front.clock.now();
  mention(front, message, body, wasThinking);
  if (message.visibleTo === null) {
    const { content, embeds, components, flags } = message;
    await front.twin.ask("PATCH", `/channels/${message.channelId}/messages/${message.id}`, {
      content,
      embeds,
      components,
      flags,
    });
    front.gateway.emit("MESSAGE_UPDATE", messageEvent(front.world, message));
  }
  front.waiting.changed();
  return message;
}

const isBlank = ({ content, embeds, components, attachments }: Message): boolean =>
  content === "" && embeds.length === 0 && components.length === 0 && attachments.length === 0;

/** Takes a message away, whoever wrote it. */
export async function unpost(front: Front, message: Message): Promise<void> {
  front.messages.remove(message.id);
  if (message.visibleTo === null) {
    await front.twin.ask("DELETE", `/channels/${message.channelId}/messages/${message.id}`);
    const guildId = front.world.rooms.get(message.channelId)?.guildId;
    front.gateway.emit("MESSAGE_DELETE", {
      id: message.id,
      channel_id: message.channelId,
      ...(guildId == null ? {} : { guild_id: guildId }),
    });
  }
  front.waiting.changed();
}
