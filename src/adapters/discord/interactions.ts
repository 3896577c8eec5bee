import { InteractionType } from "discord.js";
import { complete } from "#core/completion";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import { type Action, type Amendment, type Form, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { StoreFailure } from "#core/store-failure";
import { keepAll } from "#src/adapters/chat/kept";
import { asMessage, formToOpen } from "#src/adapters/chat/opening";
import { orSentence } from "#src/adapters/chat/patience";
import { askingBy, keepingTenantOf, memberOf, requestOf, serverNamed, spokenIn } from "./asking.ts";
import { Conversation, type ConversationParts } from "./conversation.ts";
import { renderForm } from "./form.ts";
import { type AutocompleteInteraction, type Interaction, interactionSchema } from "./interaction.ts";
import type { Listening } from "./listening.ts";
import { meantAtOnce, meantBy, optionsGiven } from "./meaning.ts";
import type { Parts } from "./parts.ts";
import { sendDirectly } from "./posting.ts";
import type { DiscordMessage } from "./render.ts";
import { serverChoice } from "./server-choice.ts";
import { instantOf } from "./snowflake.ts";
import { roleWith, tenantOf } from "./whereabouts.ts";

/** Discord's token of an interaction lives 15 min; an edit at the very end may come too late. */
const TOKEN_MS = 14 * 60_000;
/** Older than this, and the clocks do not agree. */
const BELIEVABLE_AGE_MS = 3000;
/** Suggestions that come later are of no use: the member has typed on. */
const SUGGEST_WITHIN_MS = 1500;
const MOST_SUGGESTED = 100;

const sentence = (text: string): Reply => privateReply({ kind: "text", text });

/** Deals with every interaction that the gateway delivers. */
export class Interactions {
  readonly #parts: Parts;
  readonly #listening: Listening;

  constructor(parts: Parts, listening: Listening) {
    this.#parts = parts;
    this.#listening = listening;
  }

  /** Takes an INTERACTION_CREATE as it came; what cannot be read is logged, and nothing comes of it. */
  take(delivered: unknown): void {
    const { inflow, services, application } = this.#parts;
    const parsed = interactionSchema.safeParse(delivered);
    if (!parsed.success) {
      const problem = parsed.error.issues[0]?.path.join(".");
      services.log.warn("an interaction could not be read", { problem });
      services.meter?.count("deliveriesDropped", { platform: "discord", reason: "unreadable" });
      return;
    }
    const interaction = parsed.data;
    if (interaction.application_id !== application) return;
    inflow.take(interaction.id, () =>
      interaction.type === InteractionType.ApplicationCommandAutocomplete
        ? this.#suggest(interaction)
        : this.#answer(interaction),
    );
  }

  async #answer(interaction: Interaction): Promise<void> {
    const { calls, services, after, inflow } = this.#parts;
    const acknowledgement = this.#acknowledgementOf(interaction);
    const age = services.clock.now() - instantOf(interaction.id);
    const isBelievable = age >= 0 && age < BELIEVABLE_AGE_MS;
    const conversation = new Conversation(interaction, isBelievable ? age : 0, spokenIn(interaction), {
      calls,
      log: services.log,
      ...acknowledgement,
      after,
      keep: (messages) => this.#keep(interaction, messages),
      byDirectMessage: (messages) => this.#sayDirectly(interaction, messages),
    });
    const amendments: Promise<Amendment | null>[] = [];
    const later = (amendment: Promise<Amendment | null>): void => void amendments.push(amendment);
    const reply = await orSentence(this.#replyTo(interaction, conversation, later), after, {
      sentence: () => messagesFor(conversation.locale).adapting.takesLong,
      later,
    });
    if (reply === null) return;
    await conversation.show(reply);
    const follow = (): void => {
      for (const amendment of amendments.splice(0))
        inflow.run(async () => {
          const amended = await amendment;
          const isInTime = services.clock.now() - instantOf(interaction.id) < TOKEN_MS;
          if (amended !== null && isInTime) await conversation.amend(amended.whole);
          // A reply that came late may have one of its own.
          follow();
        });
    };
    follow();
  }

  /** Times how long Discord waits for its first response. */
  #acknowledgementOf(interaction: Interaction): Pick<ConversationParts, "acknowledged" | "missed"> {
    const { meter } = this.#parts.services;
    const begun = meter?.now() ?? 0;
    let isOver = false;
    return {
      acknowledged: () => {
        isOver = true;
        const labels = { platform: "discord", command: this.#nameOf(interaction) };
        meter?.time("acknowledgement", labels, meter.now() - begun);
      },
      missed: () => {
        if (!isOver) meter?.count("acknowledgementsMissed", { platform: "discord" });
        isOver = true;
      },
    };
  }

  /** What was used, as far as that can be counted: one of the commands, a button or a form. */
  #nameOf(interaction: Interaction): string {
    if (interaction.type === InteractionType.MessageComponent) return "button";
    if (interaction.type === InteractionType.ModalSubmit) return "form";
    const { name } = interaction.data;
    return this.#parts.commands.some((command) => command.name === name) ? name : "menu";
  }

  #keep(interaction: Interaction, messages: readonly DiscordMessage[]): Promise<void> {
    const kept = messages.flatMap(({ keep }) => keep);
    return keepAll(keepingTenantOf(interaction), kept, this.#parts.services);
  }

  /** What a member wrote is worth a direct message where Discord did not let us answer; a look-up is not. */
  async #sayDirectly(interaction: Interaction, messages: readonly DiscordMessage[]): Promise<void> {
    const name = interaction.type === InteractionType.ApplicationCommand ? interaction.data.name : null;
    const takesText = this.#parts.commands.find((command) => command.name === name)?.form !== undefined;
    if (interaction.type !== InteractionType.ModalSubmit && !takesText) return;
    await sendDirectly(memberOf(interaction), messages, interaction.id, this.#parts);
  }

  /** The reply to an interaction; null where a form was opened instead. Never rejects. */
  async #replyTo(
    interaction: Interaction,
    conversation: Conversation,
    later: NonNullable<Request["later"]>,
  ): Promise<Reply | null> {
    const { dispatch, services, inflow, seenIn } = this.#parts;
    try {
      const chosen = await this.#chosenServer(interaction, conversation.locale);
      if (chosen !== null) return chosen;
      const quick = meantAtOnce(interaction, this.#parts);
      const form = quick === null ? null : this.#formAtOnce(quick.action, interaction, conversation);
      if (form !== null && (await this.#open(form, interaction, conversation))) return null;
      if (quick?.opensForm === true) conversation.expectForm();

      const asking = await askingBy(interaction, this.#parts);
      conversation.locale = asking.locale;
      const { guild_id: guild } = interaction;
      if (guild !== undefined)
        inflow.run(() => seenIn.remember(asking.member, guild, asking.place, asking.locale));
      const meant = await meantBy(interaction, keepingTenantOf(interaction), this.#parts);
      if (meant.opensForm) conversation.expectForm();
      const { command, options } = meant.action;
      const input = { kind: "typed", options } as const;
      const sentAt = instantOf(interaction.id);
      const reply = await dispatch(
        requestOf({ command, input }, asking, sentAt, interaction.id, this.#parts, later),
      );
      const toOpen = formToOpen(reply, meant);
      const isOpened = toOpen !== undefined && (await this.#open(toOpen, interaction, conversation));
      return isOpened ? null : asMessage(reply);
    } catch (error) {
      const say = messagesFor(conversation.locale);
      if (error instanceof Refusal) return sentence(error.sentence(say));
      services.log.error("an interaction failed", error, { interaction: interaction.id });
      if (error instanceof StoreFailure) return sentence(say.dispatch.notKept(error.trouble));
      return sentence(say.dispatch.failed(interaction.id));
    }
  }

  /** What comes of a press that says for which guild a direct message is; null for every other. */
  async #chosenServer(interaction: Interaction, locale: Locale): Promise<Reply | null> {
    if (interaction.type !== InteractionType.MessageComponent || interaction.guild_id !== undefined)
      return null;
    const choice = serverChoice(interaction.data.custom_id);
    const { channel_id: channel } = interaction;
    if (choice === null) return null;
    const { seenIn, guilds, inflow } = this.#parts;
    const member = memberOf(interaction);
    if (!(await seenIn.choose(member, choice.guild))) throw new Refusal((say) => say.adapting.unknownButton);
    inflow.run(() => this.#listening.takeAgain(channel, choice.message, member));
    const text = messagesFor(locale).discord.forServer(guilds.nameOf(choice.guild));
    return { ...sentence(text), placement: "edit" };
  }

  /** The form that a command opens without reading anything; null where it opens none, or only dispatch may say. */
  #formAtOnce(
    { command: name, options }: Action,
    interaction: Interaction,
    { locale }: Conversation,
  ): Form | null {
    const command = this.#parts.commands.find((candidate) => candidate.name === name);
    if (command?.form === undefined) return null;
    const role = roleWith(BigInt(interaction.member?.permissions ?? 0), [], []);
    if (command.who !== "member" && role !== "admin") return null;
    try {
      return command.form(parseOptions(command, { kind: "typed", options }), locale);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** Opens a form as the first response. False where something was said already, or a form was just sent. */
  async #open(form: Form, interaction: Interaction, conversation: Conversation): Promise<boolean> {
    if (interaction.type === InteractionType.ModalSubmit || !conversation.isFresh) return false;
    const command = this.#parts.commands.find(({ name }) => name === form.action.command);
    // A form that was opened in time may be sent a little after the close.
    const isTimed = command !== undefined && "opened" in command.options.shape;
    const options = isTimed
      ? { ...form.action.options, opened: instantOf(interaction.id) }
      : form.action.options;
    const { modal, keep } = renderForm(
      { ...form, action: { ...form.action, options } },
      serverNamed(interaction),
    );
    // Nothing may come before the form: what it does is written while it opens.
    const keeping = keepAll(keepingTenantOf(interaction), keep, this.#parts.services);
    const isOpened = await conversation.openForm(modal);
    await keeping;
    return isOpened;
  }

  async #suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { calls, commands, services, after, seenIn } = this.#parts;
    const focused = optionsGiven(interaction.data.options).find((option) => option.focused === true);
    const command = commands.find(({ name }) => name === interaction.data.name);
    if (focused === undefined || command === undefined) return;
    const locale = spokenIn(interaction);
    const member = memberOf(interaction);
    const find = async () => {
      const guild = interaction.guild_id ?? (await seenIn.placesOf(member))[0]?.guild;
      if (guild === undefined) return [];
      const typed = String(focused.value ?? "");
      return complete(command, focused.name, typed, { tenant: tenantOf(guild), locale }, services);
    };
    let cancel = (): void => {};
    const tooLate = new Promise<[]>((resolve) => {
      cancel = after(SUGGEST_WITHIN_MS, () => resolve([]));
    });
    const found = await Promise.race([find(), tooLate]).finally(() => cancel());
    const fitting = found.filter(({ value }) => value.length <= MOST_SUGGESTED);
    await calls.suggest(
      interaction,
      fitting.map(({ value, label }) => ({ name: [...label].slice(0, MOST_SUGGESTED).join(""), value })),
    );
  }
}
