import { InteractionType, MessageFlags } from "discord.js";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Log } from "#core/ports";
import { privateReply, type Reply } from "#core/reply";
import { serverNamed } from "./asking.ts";
import { type Calls, ORIGINAL } from "./calls.ts";
import { type Trouble, troubleOf } from "./failure.ts";
import type { Interaction } from "./interaction.ts";
import { type DiscordMessage, renderReply } from "./render.ts";

/**
 * How long a member sees nothing before being told that it takes a while; Discord gives up after 3 s. A form can be
 * opened only as long as nothing was said.
 */
const DEFER_AFTER_MS = { reply: 1000, form: 2000 } as const;

export interface ConversationParts {
  readonly calls: Calls;
  readonly log: Log;
  /** Keeps what the buttons of these messages do, before anybody can press them. Never rejects. */
  keep(messages: readonly DiscordMessage[]): Promise<void>;
  /** The last way to a member whose interaction can no longer be answered: a direct message. */
  byDirectMessage(messages: readonly DiscordMessage[]): Promise<void>;
  /** Discord has its first response. */
  acknowledged(): void;
  /** It came too late for any response. */
  missed(): void;
  after(ms: number, task: () => void): () => void;
}

/**
 * `fresh` nothing was said; `thinking` a private message is announced; `unseen` a press was acknowledged without a
 * sign; `shown` the reply stands there; `over` there is nothing more to say, or no way to.
 */
type State = "fresh" | "thinking" | "unseen" | "shown" | "over";

/**
 * One interaction from its arrival to the last edit of its reply. The member gets a first response within Discord's
 * three seconds whatever else is slow, one reply, and one sentence where the reply cannot be shown.
 */
export class Conversation {
  /** The language of what is shown. */
  locale: Locale;
  readonly #to: Interaction;
  readonly #parts: ConversationParts;
  #state: State = "fresh";
  #deferring: Promise<void> = Promise.resolve();
  readonly #age: number;
  #cancel: () => void;
  /** The messages of the reply, in order. */
  #shown: string[] = [];

  /** @param age how old the interaction was when it came, in ms; 0 where the clocks do not agree */
  constructor(to: Interaction, age: number, locale: Locale, parts: ConversationParts) {
    this.#to = to;
    this.#age = age;
    this.#parts = parts;
    this.locale = locale;
    this.#cancel = this.#deferAfter(DEFER_AFTER_MS.reply);
  }

  #deferAfter(ms: number): () => void {
    return this.#parts.after(Math.max(0, ms - this.#age), () => {
      this.#deferring = this.#defer();
    });
  }

  /** Waits longer for what comes first, since it may be a form. */
  expectForm(): void {
    this.#cancel();
    if (this.isFresh) this.#cancel = this.#deferAfter(DEFER_AFTER_MS.form);
  }

  /** Whether a form can still be opened: it must be the first thing that is said. */
  get isFresh(): boolean {
    return this.#state === "fresh";
  }

  /**
   * Whether the reply may take the place of the message whose button was pressed. What is for one member alone never
   * takes that of a message that all can see, whatever the button's id says.
   */
  #takesItsPlace({ placement, visibility }: Pick<Reply, "placement" | "visibility">): boolean {
    const { message, guild_id: guild } = this.#to;
    if (placement !== "edit" || message === undefined) return false;
    const isSeenByAll = guild !== undefined && ((message.flags ?? 0) & MessageFlags.Ephemeral) === 0;
    return visibility === "public" || !isSeenByAll;
  }

  get #isPress(): boolean {
    return this.#to.type === InteractionType.MessageComponent;
  }

  /** Where a failed call leaves us; logged where it says more than that the member was gone. */
  #troubleOf(error: unknown, call: string): Trouble {
    const trouble = troubleOf(error);
    const facts = { call, trouble, interaction: this.#to.id };
    if (trouble === "late") this.#parts.missed();
    if (trouble === "late" || trouble === "acknowledged" || trouble === "no-message")
      this.#parts.log.info("an interaction was over", facts);
    else this.#parts.log.error("Discord did not take a reply", error, facts);
    return trouble;
  }

  async #defer(): Promise<void> {
    this.#state = this.#isPress ? "unseen" : "thinking";
    try {
      await this.#parts.calls.defer(this.#to, this.#isPress ? "update" : "private message");
      this.#parts.acknowledged();
    } catch (error) {
      const trouble = this.#troubleOf(error, "defer");
      // Where it is unsure, or a first try was heard whose answer was lost, an edit will show which.
      if (trouble === "acknowledged" && this.#isPress) this.#state = "over";
    }
  }

  /** Ends the wait for the reply; from here on nothing is deferred any more. */
  async #settle(): Promise<State> {
    this.#cancel();
    await this.#deferring;
    return this.#state;
  }

  #sentence(text: string): DiscordMessage {
    const [message] = renderReply(privateReply({ kind: "text", text }), { locale: this.locale });
    if (message === undefined) throw new Error("a sentence was drawn as no message");
    return message;
  }

  /** Opens a form as the first response. False where it is too late for that. */
  async openForm(modal: Parameters<Calls["openForm"]>[1]): Promise<boolean> {
    if ((await this.#settle()) !== "fresh") return false;
    this.#state = "over";
    try {
      await this.#parts.calls.openForm(this.#to, modal);
      this.#parts.acknowledged();
    } catch (error) {
      if (this.#troubleOf(error, "open a form") === "refused") await this.#apologise();
    }
    return true;
  }

  /** Says one sentence where what was to be said cannot be said. */
  async #apologise(): Promise<void> {
    const { calls } = this.#parts;
    const sentence = this.#sentence(messagesFor(this.locale).dispatch.failed(this.#to.id));
    try {
      if (this.#state === "thinking") await calls.edit(this.#to, ORIGINAL, sentence);
      else if (this.#state === "unseen") await calls.followUp(this.#to, sentence);
      else await calls.answer(this.#to, sentence, "new");
    } catch (error) {
      this.#troubleOf(error, "apologise");
    }
    this.#state = "over";
  }

  /** Draws a reply; what cannot be drawn is a defect of ours, for which the member reads one sentence. */
  async #draw(reply: Reply): Promise<readonly DiscordMessage[]> {
    try {
      const messages = renderReply(reply, { locale: this.locale, server: serverNamed(this.#to) });
      await this.#parts.keep(messages);
      return messages;
    } catch (error) {
      this.#parts.log.error("a reply could not be drawn", error, { interaction: this.#to.id });
      return [this.#sentence(messagesFor(this.locale).dispatch.failed(this.#to.id))];
    }
  }

  /** Shows the reply, as its first message and the others behind it. Never rejects. */
  async show(reply: Reply): Promise<void> {
    const messages = await this.#draw(reply);
    const state = await this.#settle();
    const [first, ...rest] = messages;
    if (first === undefined || state === "over") return;
    const trouble = await this.#showFirst(first, reply);
    if (trouble === "late") {
      this.#state = "over";
      await this.#parts.byDirectMessage([
        this.#sentence(messagesFor(this.locale).discord.lateResult),
        ...messages,
      ]);
    } else if (trouble === "acknowledged") this.#state = "over";
    else if (trouble !== null) await this.#apologise();
    else await this.#showRest(rest);
  }

  /** Null where it stands there now. */
  async #showFirst(first: DiscordMessage, reply: Reply): Promise<Trouble | null> {
    try {
      const placement = this.#takesItsPlace(reply) ? "edit" : "new";
      if (this.#state === "fresh") await this.#answer(first, placement);
      else if (this.#state === "thinking") await this.#endThinking(first);
      else if (placement === "edit") await this.#editOr(ORIGINAL, first);
      else await this.#add(first);
      this.#state = "shown";
      return null;
    } catch (error) {
      const trouble = this.#troubleOf(error, "show");
      if (trouble === "acknowledged" && !this.#isPress && reply.placement === "new") {
        // Another process, or a first try of this one, has acknowledged. It may have died since: the same reply over
        // its own changes nothing, and over an endless "thinking" all.
        await this.#parts.calls.edit(this.#to, ORIGINAL, first).catch((again: unknown) => {
          this.#troubleOf(again, "show over another's acknowledgement");
        });
      }
      return trouble;
    }
  }

  async #answer(first: DiscordMessage, placement: Reply["placement"]): Promise<void> {
    const { calls } = this.#parts;
    try {
      await calls.answer(this.#to, first, placement);
      this.#parts.acknowledged();
    } catch (error) {
      if (troubleOf(error) !== "unsure" || this.#isPress) throw error;
      // It may stand there already; an edit puts the same over it, or says that there is nothing.
      await calls.edit(this.#to, ORIGINAL, first);
    }
    this.#shown = [ORIGINAL];
  }

  /** What was announced is private and stays so; a public reply comes as a message of its own. */
  async #endThinking(first: DiscordMessage): Promise<void> {
    if (first.ephemeral) return this.#editOr(ORIGINAL, first);
    await this.#parts.calls.edit(
      this.#to,
      ORIGINAL,
      this.#sentence(messagesFor(this.locale).discord.shownBelow),
    );
    return this.#add(first);
  }

  async #editOr(id: string, message: DiscordMessage): Promise<void> {
    const { calls } = this.#parts;
    try {
      await calls.edit(this.#to, id, message);
      this.#shown.push(id);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === "no-message") return this.#add(message);
      if (trouble !== "unsure") throw error;
      await calls.edit(this.#to, id, message);
      this.#shown.push(id);
    }
  }

  async #add(message: DiscordMessage): Promise<void> {
    this.#shown.push(await this.#parts.calls.followUp(this.#to, message));
  }

  /** Each of the others on its own: one that is lost takes none with it, and the member is told. */
  async #showRest(rest: readonly DiscordMessage[]): Promise<void> {
    let isWhole = true;
    for (const message of rest) {
      try {
        await this.#add(message);
      } catch (error) {
        isWhole = false;
        if (this.#troubleOf(error, "follow up") === "late") return;
      }
    }
    if (isWhole) return;
    try {
      await this.#add(this.#sentence(messagesFor(this.locale).adapting.partMissing));
    } catch (error) {
      this.#troubleOf(error, "say that a part is missing");
    }
  }

  /** Puts what the reply has become in its place, message by message. Never rejects. */
  async amend(whole: Reply): Promise<void> {
    if (this.#state !== "shown") return;
    const messages = await this.#draw(whole);
    const before = this.#shown;
    this.#shown = [];
    try {
      for (const [at, message] of messages.entries()) {
        const id = before[at];
        if (id === undefined) await this.#add(message);
        else await this.#editOr(id, message);
      }
      for (const id of before.slice(messages.length)) await this.#parts.calls.remove(this.#to, id);
    } catch (error) {
      this.#troubleOf(error, "amend");
    }
  }
}
