import type { Locale } from "#core/language";
import type { Amendment, Reply } from "#core/reply";
import { attempt, type Outlet, type OutletParts, sayDirectly } from "./outlet.ts";
import type { SlackMessage } from "./render.ts";

export interface MentionPlace {
  readonly channel: string;
  /** The thread that the mention stands in, where it does. */
  readonly thread: string | undefined;
  readonly ts: string;
}

/** Answers somebody who has mentioned the bot: in the channel for them alone, or in a thread for all. */
export class MentionOutlet implements Outlet {
  readonly #place: MentionPlace;
  readonly #parts: OutletParts;

  constructor(place: MentionPlace, parts: OutletParts) {
    this.#place = place;
    this.#parts = parts;
  }

  async show(reply: Reply, locale: Locale): Promise<void> {
    const { sending, member, id } = this.#parts;
    const messages = await sending.drawOrApologise(reply, locale, id);
    for (const [at, message] of messages.entries()) {
      const trouble = await attempt("answer a mention", this.#parts, () => this.#send(message));
      if (trouble !== null && trouble !== "unsure")
        return sayDirectly(this.#parts, messages.slice(at), locale);
    }
    if (reply.visibility === "private") await sending.shareDirectly(member, messages, locale);
  }

  async #send(message: SlackMessage): Promise<void> {
    const { sending, member } = this.#parts;
    const { channel, thread, ts } = this.#place;
    const { text } = message;
    await sending.withPictures(message, async (blocks) => {
      if (message.ephemeral) await sending.calls.whisper(channel, member, { text, blocks }, thread);
      else await sending.calls.post(channel, { text, blocks }, { thread: thread ?? ts });
    });
    if (!message.ephemeral) await sending.shareFiles(message, channel, thread ?? ts);
  }

  async amend({ news }: Amendment, locale: Locale): Promise<void> {
    await this.show(news, locale);
  }
}

/** Answers in the direct messages that a member wrote in. */
export class DirectOutlet implements Outlet {
  readonly #channel: string;
  readonly #parts: OutletParts;
  /** The messages of the reply, in order. */
  #shown: string[] = [];

  constructor(channel: string, parts: OutletParts) {
    this.#channel = channel;
    this.#parts = parts;
  }

  async show(reply: Reply, locale: Locale): Promise<void> {
    const messages = await this.#parts.sending.drawOrApologise(reply, locale, this.#parts.id);
    for (const message of messages) await attempt("answer directly", this.#parts, () => this.#post(message));
  }

  async #post(message: SlackMessage): Promise<void> {
    const { sending } = this.#parts;
    const { ts } = await sending.withPictures(message, (blocks) =>
      sending.calls.post(this.#channel, { text: message.text, blocks }),
    );
    this.#shown.push(ts);
    await sending.shareFiles(message, this.#channel);
  }

  async amend({ whole }: Amendment, locale: Locale): Promise<void> {
    const { sending, id } = this.#parts;
    const messages = await sending.drawOrApologise(whole, locale, id);
    const before = this.#shown;
    this.#shown = [];
    for (const [at, message] of messages.entries()) {
      const ts = before[at];
      await attempt("amend", this.#parts, async () => {
        if (ts === undefined) return this.#post(message);
        await sending.withPictures(message, (blocks) =>
          sending.calls.edit(this.#channel, ts, { text: message.text, blocks }),
        );
        this.#shown.push(ts);
      });
    }
    for (const ts of before.slice(messages.length))
      await attempt("amend", this.#parts, () => sending.calls.remove(this.#channel, ts));
  }
}
