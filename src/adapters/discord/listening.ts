import type { APIMessage } from "discord.js";
import { type MemberId, memberIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { StoreFailure } from "#core/store-failure";
import { keepAll } from "#src/adapters/chat/kept";
import { asMessage } from "#src/adapters/chat/opening";
import { orSentence } from "#src/adapters/chat/patience";
import { type Asking, askingFrom, guildForDirect, requestOf } from "./asking.ts";
import { troubleOf } from "./failure.ts";
import type { Parts } from "./parts.ts";
import { postAll, sendDirectly } from "./posting.ts";
import { type DiscordMessage, renderReply } from "./render.ts";
import { serverButtons } from "./server-choice.ts";
import { instantOf } from "./snowflake.ts";
import { directTenantOf, tenantOf } from "./whereabouts.ts";
import { isForBot, meaningOf, type Written, writtenSchema } from "./written.ts";

type Amendments = Parameters<NonNullable<Request["later"]>>[0][];

const sentence = (text: string): Reply => privateReply({ kind: "text", text });

/** Where the messages of a reply stand. */
interface Shown {
  readonly channel: string;
  readonly ids: readonly string[];
}

/** Deals with what members write: direct messages, and messages that mention the bot. */
export class Listening {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a MESSAGE_CREATE as it came. */
  take(delivered: unknown): void {
    const { inflow, application, services } = this.#parts;
    const parsed = writtenSchema.safeParse(delivered);
    if (!parsed.success) {
      services.log.warn("a message could not be read", { problem: parsed.error.issues[0]?.path.join(".") });
      return;
    }
    const message = parsed.data;
    if (isForBot(message, application)) inflow.take(message.id, () => this.#deal(message));
  }

  /** Takes a direct message once more, after its author has said which guild it is for. */
  async takeAgain(channel: string, id: string, author: MemberId): Promise<void> {
    const message = writtenSchema.parse((await this.#parts.calls.message(channel, id)) satisfies APIMessage);
    if (message.author.id === author && message.guild_id === undefined) await this.#answer(message);
  }

  async #deal(message: Written): Promise<void> {
    if (message.guild_id === undefined && (await this.#isAsked(message))) return;
    await this.#answer(message);
  }

  /** Asks which guild a direct message is for, where that is unclear. */
  async #isAsked(message: Written): Promise<boolean> {
    const { seenIn, guilds, calls, services } = this.#parts;
    try {
      const places = await seenIn.placesOf(message.author.id);
      if (!seenIn.isUnclear(places)) return false;
      const { locale } = places[0] ?? { locale: "en" as const };
      const question = this.#draw(sentence(messagesFor(locale).discord.whichServer), locale);
      const names = places.map(({ guild }) => ({ guild, name: guilds.nameOf(guild) }));
      await postAll(message.channel_id, serverButtons(question, names, message.id), `${message.id}?`, calls);
      return true;
    } catch (error) {
      // Whatever is wrong here, the answer meets it too, and says so.
      services.log.error("a member could not be asked for their server", error);
      return false;
    }
  }

  async #answer(message: Written): Promise<void> {
    const { services, inflow, seenIn, after } = this.#parts;
    const member = memberIdSchema.parse(message.author.id);
    const amendments: Amendments = [];
    let locale: Locale = "en";
    const running = async (): Promise<Reply | null> => {
      try {
        const asking = await this.#asking(message, member);
        locale = asking.locale;
        const { guild_id: guild } = message;
        if (guild !== undefined)
          inflow.run(() => seenIn.remember(member, guild, asking.place, asking.locale));
        return await this.#replyTo(message, asking, amendments);
      } catch (error) {
        return this.#failed(error, message, locale);
      }
    };
    const reply = await orSentence(running(), after, {
      sentence: () => messagesFor(locale).adapting.takesLong,
      later: (amendment) => void amendments.push(amendment),
    });
    const shown = reply === null ? null : await this.#show(message, reply, locale);
    if (shown === null) return;
    const follow = (): void => {
      for (const amendment of amendments.splice(0))
        inflow.run(async () => {
          const amended = await amendment;
          if (amended !== null) await this.#amend(shown, this.#draw(amended.whole, locale), member);
          follow();
        });
    };
    follow();
    services.log.info("a message was answered", { message: message.id });
  }

  async #asking(message: Written, member: MemberId): Promise<Asking> {
    const { guild_id: guild, channel_id: channel } = message;
    if (guild === undefined)
      return askingFrom(await guildForDirect(member, this.#parts), member, false, this.#parts);
    const known = (await this.#parts.seenIn.placesOf(member)).find((place) => place.guild === guild);
    const place = { guild, channel: this.#parts.guilds.parentOf(channel), locale: known?.locale ?? null };
    return askingFrom(place, member, true, this.#parts);
  }

  /** The reply; null where the same was said a moment ago. */
  async #replyTo(message: Written, asking: Asking, amendments: Amendments): Promise<Reply | null> {
    const { application, commands, files, dispatch } = this.#parts;
    const meaning = await meaningOf(message, application, commands, files);
    const later = (amendment: Amendments[number]): void => void amendments.push(amendment);
    const sentAt = instantOf(message.id);
    const reply = await dispatch(requestOf(meaning, asking, sentAt, message.id, this.#parts, later));
    return reply.isRepeat === true ? null : asMessage(reply);
  }

  #failed(error: unknown, message: Written, locale: Locale): Reply {
    const say = messagesFor(locale);
    if (error instanceof Refusal) return sentence(error.sentence(say));
    this.#parts.services.log.error("a message could not be answered", error, { message: message.id });
    if (error instanceof StoreFailure) return sentence(say.dispatch.notKept(error.trouble));
    return sentence(say.dispatch.failed(message.id));
  }

  #draw(reply: Reply, locale: Locale): readonly DiscordMessage[] {
    return renderReply(reply, { locale });
  }

  /** A private reply goes to the member alone, whatever channel the message stood in. */
  async #show(message: Written, reply: Reply, locale: Locale): Promise<Shown | null> {
    const { calls, services } = this.#parts;
    const { guild_id: guild, channel_id: channel, author } = message;
    const messages = this.#draw(reply, locale);
    const isPrivate = guild !== undefined && reply.visibility === "private";
    const tenant = guild === undefined || isPrivate ? directTenantOf(author.id) : tenantOf(guild);
    await keepAll(
      tenant,
      messages.flatMap(({ keep }) => keep),
      services,
    );
    if (!isPrivate) return this.#post(message, messages, locale);

    const direct = await sendDirectly(author.id, messages, message.id, this.#parts);
    const say = messagesFor(locale).discord;
    const notice = this.#draw(sentence(direct === null ? say.cannotWriteToYou : say.sentPrivately), locale);
    try {
      await postAll(channel, notice, `${message.id}-`, calls, message.id);
    } catch (error) {
      // Whoever got the direct message needs no notice of it.
      services.log.warn("a notice could not be posted", { channel, trouble: troubleOf(error) });
    }
    return direct;
  }

  async #post(message: Written, messages: readonly DiscordMessage[], locale: Locale): Promise<Shown | null> {
    const { calls, services, guilds } = this.#parts;
    const { guild_id: guild, channel_id: channel, author, id } = message;
    try {
      return { channel, ids: await postAll(channel, messages, id, calls, id) };
    } catch (error) {
      services.log.error("a reply could not be posted", error, { channel });
      if (guild === undefined) return null;
      const lacking = guilds.lacking(guild, channel).map(({ label }) => label);
      const text = messagesFor(locale).discord.lacks(guilds.channelName(guild, channel), lacking);
      await sendDirectly(author.id, this.#draw(sentence(text), locale), `${id}-`, this.#parts);
      return null;
    }
  }

  async #amend(shown: Shown, messages: readonly DiscordMessage[], member: MemberId): Promise<void> {
    const { calls, services } = this.#parts;
    await keepAll(
      directTenantOf(member),
      messages.flatMap(({ keep }) => keep),
      services,
    );
    for (const [at, message] of messages.entries()) {
      const id = shown.ids[at];
      if (id === undefined) await calls.post(shown.channel, message);
      else await calls.editPost(shown.channel, id, message);
    }
  }
}
