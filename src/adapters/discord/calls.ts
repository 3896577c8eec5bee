import {
  type APIChannel,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
  REST,
  Routes,
} from "discord.js";
import type { Interaction } from "./interaction.ts";
import type { DiscordMessage } from "./render.ts";

/** The message that an interaction was answered with, or whose button was pressed. */
export const ORIGINAL = "@original";

type Token = Pick<Interaction, "id" | "token" | "application_id">;

const withFlags = ({ body }: DiscordMessage, flags: number) => (flags === 0 ? body : { ...body, flags });
const flagsOf = ({ ephemeral }: DiscordMessage): number => (ephemeral ? MessageFlags.Ephemeral : 0);

const rawFiles = ({ files }: DiscordMessage) => files.map(({ name, data }) => ({ name, data }));

export interface PostOptions {
  /** Discord takes a message with the same nonce once, for a few minutes. */
  readonly nonce?: string;
  readonly replyTo?: string;
  readonly signal?: AbortSignal;
}

/**
 * Every call that the adapter makes. They reject with what discord.js throws; `troubleOf` says what that means.
 * Interactions have a REST client of their own: they do not count for the bot's 50 requests a second.
 */
export class Calls {
  readonly #rest: REST;
  readonly #interactions: REST;

  constructor(rest: REST) {
    this.#rest = rest;
    this.#interactions = new REST({ ...rest.options, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  }

  async #callback(
    to: Token,
    type: InteractionResponseType,
    data?: unknown,
    files: { name: string; data: Buffer }[] = [],
  ): Promise<void> {
    const body = data === undefined ? { type } : { type, data };
    await this.#interactions.post(Routes.interactionCallback(to.id, to.token), { auth: false, body, files });
  }

  /** Answers with a message, or puts it in the place of the one whose button was pressed. */
  async answer(to: Token, message: DiscordMessage, placement: "new" | "edit"): Promise<void> {
    const isNew = placement === "new";
    const type = isNew
      ? InteractionResponseType.ChannelMessageWithSource
      : InteractionResponseType.UpdateMessage;
    await this.#callback(to, type, withFlags(message, isNew ? flagsOf(message) : 0), rawFiles(message));
  }

  /** Says that the answer takes a while: as a private message to come, or as nothing that anybody sees. */
  async defer(to: Token, as: "private message" | "update"): Promise<void> {
    if (as === "update") return this.#callback(to, InteractionResponseType.DeferredMessageUpdate);
    const data = { flags: MessageFlags.Ephemeral };
    return this.#callback(to, InteractionResponseType.DeferredChannelMessageWithSource, data);
  }

  async openForm(to: Token, modal: APIModalInteractionResponseCallbackData): Promise<void> {
    await this.#callback(to, InteractionResponseType.Modal, modal);
  }

  async suggest(to: Token, choices: readonly { name: string; value: string }[]): Promise<void> {
    await this.#callback(to, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices });
  }

  /** One more message behind an answered interaction; returns its id. */
  async followUp(to: Token, message: DiscordMessage): Promise<string> {
    const sent = await this.#interactions.post(Routes.webhook(to.application_id, to.token), {
      auth: false,
      body: withFlags(message, flagsOf(message)),
      files: rawFiles(message),
    });
    return (sent as APIMessage).id;
  }

  async edit(to: Token, id: string, message: DiscordMessage): Promise<void> {
    await this.#interactions.patch(Routes.webhookMessage(to.application_id, to.token, id), {
      auth: false,
      body: message.body,
      files: rawFiles(message),
    });
  }

  async remove(to: Token, id: string): Promise<void> {
    await this.#interactions.delete(Routes.webhookMessage(to.application_id, to.token, id), { auth: false });
  }

  /** Posts into a channel or a thread; returns the message's id. */
  async post(
    channel: string,
    message: DiscordMessage,
    { nonce, replyTo, signal }: PostOptions = {},
  ): Promise<string> {
    const sent = await this.#rest.post(Routes.channelMessages(channel), {
      body: {
        ...message.body,
        ...(nonce === undefined ? {} : { nonce, enforce_nonce: true }),
        ...(replyTo === undefined
          ? {}
          : { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
      },
      files: rawFiles(message),
      ...(signal === undefined ? {} : { signal }),
    });
    return (sent as APIMessage).id;
  }

  async editPost(channel: string, id: string, message: DiscordMessage, signal?: AbortSignal): Promise<void> {
    await this.#rest.patch(Routes.channelMessage(channel, id), {
      body: message.body,
      files: rawFiles(message),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async removePost(channel: string, id: string): Promise<void> {
    await this.#rest.delete(Routes.channelMessage(channel, id));
  }

  async message(channel: string, id: string): Promise<APIMessage> {
    return (await this.#rest.get(Routes.channelMessage(channel, id))) as APIMessage;
  }

  /** Messages that are newer than an id, the newest first; at most 100. */
  async messagesAfter(channel: string, after: string): Promise<readonly APIMessage[]> {
    const query = new URLSearchParams({ after, limit: "100" });
    return (await this.#rest.get(Routes.channelMessages(channel), { query })) as APIMessage[];
  }

  /** Opens a thread on a message; returns its id. */
  async openThread(channel: string, message: string, name: string, signal?: AbortSignal): Promise<string> {
    const thread = await this.#rest.post(Routes.threads(channel, message), {
      body: { name, auto_archive_duration: 1440 },
      ...(signal === undefined ? {} : { signal }),
    });
    return (thread as APIChannel).id;
  }

  /** Opens a thread that Discord has put away again; a locked one stays so. */
  async unarchive(thread: string): Promise<void> {
    await this.#rest.patch(Routes.channel(thread), { body: { archived: false } });
  }

  /** The channel of direct messages with a member. */
  async directChannel(member: string): Promise<string> {
    const channel = await this.#rest.post(Routes.userChannels(), { body: { recipient_id: member } });
    return (channel as APIChannel).id;
  }
}
