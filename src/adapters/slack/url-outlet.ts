import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Amendment, Reply } from "#core/reply";
import { troubleOf } from "./failure.ts";
import { attempt, type Outlet, type OutletParts, sayDirectly } from "./outlet.ts";
import type { SlackMessage } from "./render.ts";
import { sentence } from "./sending.ts";

/** An address to respond to is good five times; one is kept for what comes later. */
const MOST_RESPONSES = 4;
const MOST_WITH_LATER = 5;

export interface UrlPlace {
  readonly url: string;
  readonly channel: string;
  readonly thread: string | undefined;
  /** The message whose button was pressed: seen by all, or by the member alone; null for a command. */
  readonly pressed: "public" | "private" | null;
}

/** Answers a command, a press or a shortcut at the address that came with it. */
export class UrlOutlet implements Outlet {
  readonly #parts: OutletParts;
  readonly #place: UrlPlace;
  #responses = 0;
  /** Whether the reply stands in the place of the message whose button was pressed. */
  #isInPlace = false;

  constructor(place: UrlPlace, parts: OutletParts) {
    this.#place = place;
    this.#parts = parts;
  }

  /** Whether a button in the member's direct messages was pressed: everything there is for them alone, and stays. */
  get #isDirect(): boolean {
    return this.#place.pressed !== null && this.#place.channel.startsWith("D");
  }

  /** What is for one member alone never takes the place of a message that all can see, nor the other way round. */
  #takesItsPlace({ placement, visibility }: Reply): boolean {
    return placement === "edit" && (this.#isDirect || this.#place.pressed === visibility);
  }

  async show(reply: Reply, locale: Locale): Promise<void> {
    const { sending, member, id } = this.#parts;
    const messages = await sending.drawOrApologise(reply, locale, id);
    this.#isInPlace = this.#takesItsPlace(reply);
    await this.#showAll(messages, locale, this.#isInPlace, MOST_RESPONSES);
    if (reply.visibility === "public")
      for (const message of messages)
        await attempt("share a file", this.#parts, () => sending.shareFiles(message, this.#place.channel));
    else
      for (const text of await sending.shareDirectly(member, messages, locale)) await this.#say(text, locale);
  }

  async #showAll(
    messages: readonly SlackMessage[],
    locale: Locale,
    inPlace: boolean,
    most: number,
  ): Promise<void> {
    for (const [at, message] of messages.entries()) {
      if (this.#responses >= most) return this.#showElsewhere(messages.slice(at), locale);
      const trouble = await attempt("respond", this.#parts, () =>
        this.#respond(message, inPlace && at === 0),
      );
      if (trouble === "late") return this.#showElsewhere(messages.slice(at), locale);
      // Nobody knows whether it stands there: a second one would be one too many.
      if (trouble === "unsure") continue;
      if (trouble !== null) await this.#say(messagesFor(locale).dispatch.failed(this.#parts.id), locale);
    }
  }

  async #respond(message: SlackMessage, inPlace: boolean): Promise<void> {
    const { sending } = this.#parts;
    const { url, thread } = this.#place;
    const send = async (blocks: readonly unknown[]): Promise<void> => {
      this.#responses += 1;
      await sending.calls.respond(url, {
        response_type: message.ephemeral && !this.#isDirect ? "ephemeral" : "in_channel",
        replace_original: inPlace,
        text: message.text,
        blocks,
        unfurl_links: false,
        unfurl_media: false,
        ...(thread === undefined || inPlace ? {} : { thread_ts: thread }),
      });
    };
    await sending.withPictures(message, async (blocks) => {
      try {
        await send(blocks);
      } catch (error) {
        const trouble = troubleOf(error);
        // The same over itself changes nothing; what never arrived can be sent again.
        if (trouble !== "down" && trouble !== "rate-limited" && !(inPlace && trouble === "unsure"))
          throw error;
        await sending.calls.waitBriefly();
        await send(blocks);
      }
    });
  }

  /** Where the address is used up: in the channel, if the bot is in it, else as a direct message. */
  async #showElsewhere(messages: readonly SlackMessage[], locale: Locale): Promise<void> {
    const { sending, member } = this.#parts;
    const { channel, thread } = this.#place;
    for (const [at, message] of messages.entries()) {
      const options = thread === undefined ? {} : { thread };
      try {
        await sending.withPictures(message, async (blocks) => {
          const { text } = message;
          if (message.ephemeral) await sending.calls.whisper(channel, member, { text, blocks }, thread);
          else await sending.calls.post(channel, { text, blocks }, options);
        });
      } catch (error) {
        sending.log.info("a reply goes to the member directly", { trouble: troubleOf(error) });
        return sayDirectly(this.#parts, messages.slice(at), locale);
      }
    }
  }

  /** One more sentence, as long as the address is good. */
  async #say(text: string, locale: Locale): Promise<void> {
    const messages = await this.#parts.sending.drawOrApologise(sentence(text), locale, this.#parts.id);
    await this.#showAll(messages, locale, false, MOST_WITH_LATER);
  }

  async amend({ whole, news }: Amendment, locale: Locale): Promise<void> {
    const { sending, id } = this.#parts;
    // A message for one member alone cannot be edited, except by the button that stands under it.
    const messages = await sending.drawOrApologise(this.#isInPlace ? whole : news, locale, id);
    await this.#showAll(messages, locale, this.#isInPlace, MOST_WITH_LATER);
  }
}
