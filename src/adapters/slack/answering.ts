import type { Instant } from "#core/ids";
import { submissionIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Action, type Amendment, type Reply, refusalReply } from "#core/reply";
import type { Input, Request } from "#core/request";
import { StoreFailure } from "#core/store-failure";
import { type Asking, requestOf } from "#src/adapters/chat/asking";
import { asMessage, formToOpen } from "#src/adapters/chat/opening";
import { orSentence } from "#src/adapters/chat/patience";
import { askingBy, type Sender } from "./asking.ts";
import { once } from "./claims.ts";
import type { Outlet, OutletParts } from "./outlet.ts";
import type { Parts } from "./parts.ts";
import { Sending, sentence } from "./sending.ts";
import { formAtOnce, openForm, type Trigger } from "./windows.ts";
import type { Connected } from "./workspaces.ts";

/** Longer than this nobody waits to learn a member's language. */
const LANGUAGE_WITHIN_MS = 1000;

/** A command with what stands behind it. */
export interface Meaning {
  readonly command: string;
  readonly input: Input;
  /** Whether the reply's form is to be opened as a window, in place of the reply. */
  readonly opensForm: boolean;
  /** The action itself, for a button. */
  readonly action?: Action;
}

/** One thing that a member asks for, and where the reply is shown. */
export interface Asked {
  readonly sender: Sender;
  /** The same for every delivery of the same thing. */
  readonly id: string;
  readonly sentAt: Instant;
  /** What lets a window open; null where none can. */
  readonly trigger: Trigger | null;
  readonly isPress?: boolean;
  /** Whether the reply may be shown again: it takes the place of itself. */
  readonly isRepeatable?: boolean;
  /** What is asked for as far as that can be said without reading anything. */
  atOnce(): Meaning | null;
  /** @throws Refusal where nothing is */
  meant(connected: Connected): Promise<Meaning | null>;
  outlet(parts: OutletParts): Outlet;
  /** Ends it with a sentence, where the app has no token for the workspace. */
  giveUp?(sentence: string): Promise<void>;
}

/** Carries what members ask for to the core, and the replies back. */
export class Answering {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Deals with one thing that was asked for; whatever goes wrong, the member reads one sentence. */
  async answer(asked: Asked): Promise<void> {
    const { workspaces, members, services } = this.#parts;
    const { tenant, member } = asked.sender;
    let connected: Connected;
    try {
      connected = await workspaces.at(tenant);
    } catch (error) {
      await asked.giveUp?.(messagesFor("en").slack.notInstalled);
      services.log.error("a delivery belongs to a workspace without a token", error, { tenant });
      return;
    }
    const { calls } = connected;
    const sending = new Sending({ tenant, calls, members, services });
    const outlet = asked.outlet({ sending, member, id: asked.id });
    const speaking = { locale: await this.#localeSoon(asked.sender) };
    if (await this.#openAtOnce(asked, sending, outlet, speaking.locale)) return;
    const deal = () => this.#reply(asked, connected, sending, outlet, speaking);
    if (asked.isRepeatable === true) return deal();
    await once(tenant, asked.id, { ...services, newToken: this.#parts.newToken }, deal);
  }

  /** The member's language; what is taken for it where Slack is slow to say. */
  async #localeSoon({ tenant, member }: Sender): Promise<Locale> {
    const { members, after } = this.#parts;
    let cancel = (): void => {};
    const tooLate = new Promise<null>((resolve) => {
      cancel = after(LANGUAGE_WITHIN_MS, () => resolve(null));
    });
    const info = await Promise.race([members.of(tenant, member), tooLate]).finally(() => cancel());
    return info?.locale ?? "en";
  }

  /** Opens the form that is asked for, where nothing has to be read for it. */
  async #openAtOnce(asked: Asked, sending: Sending, outlet: Outlet, locale: Locale): Promise<boolean> {
    const { commands, services } = this.#parts;
    const quick = asked.atOnce();
    const command = commands.find(({ name }) => name === quick?.command);
    if (quick === null || command === undefined || asked.trigger === null) return false;
    // Of an admin's buttons only admins see any; whether they still are one is asked when the form is sent.
    if (command.who !== "member" && asked.isPress !== true) return false;
    const form = formAtOnce(command, quick.input, locale);
    if (form === null) return false;
    try {
      const now = () => services.clock.now();
      const opened = await openForm(form, asked.trigger, locale, { sending, commands, now });
      if (opened === "late") await outlet.show(sentence(messagesFor(locale).slack.formTooLate), locale);
    } catch (error) {
      services.log.error("a form could not be opened", error, { command: command.name });
      await outlet.show(sentence(messagesFor(locale).dispatch.failed(asked.id)), locale);
    }
    return true;
  }

  async #reply(
    asked: Asked,
    connected: Connected,
    sending: Sending,
    outlet: Outlet,
    speaking: { locale: Locale },
  ): Promise<void> {
    const { after, inflow } = this.#parts;
    const amendments: Promise<Amendment | null>[] = [];
    const later = (amendment: Promise<Amendment | null>): void => void amendments.push(amendment);
    const running = this.#replyTo(asked, connected, sending, speaking, later);
    const reply = await orSentence(running, after, {
      sentence: () => messagesFor(speaking.locale).adapting.takesLong,
      later,
    });
    if (reply === null) return;
    await outlet.show(reply, speaking.locale);
    const follow = (): void => {
      for (const amendment of amendments.splice(0))
        inflow.run(async () => {
          const amended = await amendment;
          if (amended !== null) await outlet.amend(amended, speaking.locale);
          // A reply that came late may have one of its own.
          follow();
        });
    };
    follow();
  }

  /** The reply; null where a form was opened instead. Never rejects. */
  async #replyTo(
    asked: Asked,
    connected: Connected,
    sending: Sending,
    speaking: { locale: Locale },
    later: NonNullable<Request["later"]>,
  ): Promise<Reply | null> {
    const { dispatch, services, commands } = this.#parts;
    const { sender, sentAt, id } = asked;
    try {
      const meant = await asked.meant(connected);
      if (meant === null) return null;
      const { command, input } = meant;
      const asking = await askingBy(sender, command, this.#parts);
      speaking.locale = asking.locale;
      const isForAdmins = commands.find(({ name }) => name === command)?.who === "admin";
      if (asking.role === "admin" && isForAdmins) await this.#beforeSettings(asking);
      const submission = submissionIdSchema.parse(id);
      const request = requestOf({ command, input, sentAt, submission, later }, asking, commands);
      const reply = await dispatch(request);
      // Nothing has to be said here: whoever sends too fast has read it.
      if (reply.isRepeat === true) return null;
      const opened = await this.#openFrom(reply, meant, asked, sending, asking.locale);
      return opened ? null : asMessage(reply);
    } catch (error) {
      const say = messagesFor(speaking.locale);
      if (error instanceof Refusal) return refusalReply(error.sentence(say));
      services.log.error("a delivery could not be dealt with", error, { submission: id });
      if (error instanceof StoreFailure) return refusalReply(say.dispatch.notKept(error.trouble));
      return refusalReply(say.dispatch.failed(id));
    }
  }

  /** Whoever sets the bot up is the one to be told what it lacks, now and later. */
  async #beforeSettings({ tenant, member, place }: Asking): Promise<void> {
    const { channels, inflow } = this.#parts;
    inflow.run(() => channels.rememberAdmin(tenant, member));
    await channels.look(tenant, place);
  }

  /** Opens the form that a reply holds, where that is what was asked for and still can be done. */
  async #openFrom(
    reply: Reply,
    { command, action, opensForm }: Meaning,
    { trigger }: Asked,
    sending: Sending,
    locale: Locale,
  ): Promise<boolean> {
    const { commands, services } = this.#parts;
    const form = formToOpen(reply, { action: action ?? { command, options: {} }, opensForm });
    if (form === undefined || trigger === null) return false;
    const now = () => services.clock.now();
    return (await openForm(form, trigger, locale, { sending, commands, now })) === "opened";
  }
}
