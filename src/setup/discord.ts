import type { Bilingual, Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Asking } from "./asking.ts";
import { type DiscordApi, type DiscordApplication, NotInGuild, NotNow } from "./discord-api.ts";
import { keepVariables } from "./env-file.ts";

/** What Discord's adapter says about itself. */
export interface DiscordBot {
  /** Commands as Discord registers them; type 1 is a slash command. */
  readonly commands: readonly { readonly type?: number | undefined }[];
  inviteUrl(application: string, guild: string | null): string;
  readonly scopes: readonly { readonly name: string; readonly why: Bilingual }[];
  readonly permissions: readonly { readonly label: Bilingual; readonly why: Bilingual }[];
}

export interface DiscordSetup {
  readonly asking: Asking;
  readonly locale: Locale;
  readonly bot: DiscordBot;
  api(token: string): DiscordApi;
  /** What is set already, `.env` included. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile: string;
  /** One server, null for all; undefined where that is to be asked. */
  readonly guild: string | null | undefined;
  /** Whether everything is answered already: nothing is asked, and `.env` is written. */
  readonly unattended: boolean;
}

const PORTAL = "https://discord.com/developers/applications";
const MOST_TRIES = 3;
const ID = /^\d{17,20}$/;

const variables = {
  token: "REHEARSAL_DISCORD_TOKEN",
  application: "REHEARSAL_DISCORD_APPLICATION",
  guild: "REHEARSAL_DISCORD_GUILD",
} as const;

/** What was pasted in place of a token, as far as its look tells; null where it may be one. */
export function mistakenToken(text: string) {
  if (/\s/.test(text)) return "blanks";
  if (ID.test(text)) return "application-id";
  if (/^[0-9a-f]{64}$/i.test(text)) return "public-key";
  if (/^[\w-]{32}$/.test(text)) return "client-secret";
  return /^[\w-]{10,}\.[\w-]{4,}\.[\w-]{20,}$/.test(text) ? null : "shape";
}

/** The set-up of the bot on Discord, one question after the other, each answer checked at once. */
class Conversation {
  readonly #with: DiscordSetup;
  readonly #say;

  constructor(given: DiscordSetup) {
    this.#with = given;
    this.#say = messagesFor(given.locale).setup;
  }

  async #ask(question: string, how?: { readonly secret: boolean }): Promise<string> {
    const typed = await this.#with.asking.ask(question, how);
    if (typed === null) throw new Refusal((say) => say.setup.ended);
    return typed;
  }

  /** Asks until what was typed is taken; the last refusal is thrown. */
  async #insist<Result>(
    question: string,
    secret: boolean,
    take: (typed: string) => Promise<Result>,
  ): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      const typed = await this.#ask(question, { secret });
      try {
        return await take(typed);
      } catch (error) {
        if (!(error instanceof Refusal) || error instanceof NotNow || tries === MOST_TRIES) throw error;
        this.#with.asking.say(error.sentence(messagesFor(this.#with.locale)));
      }
    }
  }

  async #check(text: string): Promise<{ token: string; api: DiscordApi; application: DiscordApplication }> {
    const token = text.replace(/^Bot\s+/i, "");
    const mistake = mistakenToken(token);
    if (mistake !== null) throw new Refusal((say) => say.setup.mistaken(mistake));
    const api = this.#with.api(token);
    return { token, api, application: await api.application() };
  }

  async #token() {
    const { asking, environment, unattended } = this.#with;
    const set = environment[variables.token] ?? "";
    if (set === "") {
      if (unattended) throw new Refusal((say) => say.setup.noToken);
      asking.say(this.#say.welcome(PORTAL));
      return this.#insist(this.#say.askToken, true, (typed) => this.#check(typed));
    }
    asking.say(this.#say.foundToken);
    try {
      return await this.#check(set);
    } catch (error) {
      if (!(error instanceof Refusal) || error instanceof NotNow || unattended) throw error;
      asking.say(error.sentence(messagesFor(this.#with.locale)));
      return this.#insist(this.#say.askToken, true, (typed) => this.#check(typed));
    }
  }

  async #application({ id, name }: DiscordApplication): Promise<void> {
    const { asking, environment, unattended } = this.#with;
    asking.say(this.#say.tokenWorks(name, id));
    const agree = async (given: string): Promise<void> => {
      if (given !== "" && given !== id)
        throw new Refusal((say) => say.setup.otherApplication(given, id, name));
    };
    const set = environment[variables.application] ?? "";
    if (unattended || set === id) return agree(set);
    if (set !== "") asking.say(this.#say.otherApplication(set, id, name));
    await this.#insist(this.#say.askApplication(id), false, agree);
  }

  async #guild(): Promise<string | null> {
    const { environment, unattended, guild } = this.#with;
    const agree = async (given: string): Promise<string | null> => {
      if (given !== "" && !ID.test(given)) throw new Refusal((say) => say.setup.badGuild(given));
      return given === "" ? null : given;
    };
    if (guild !== undefined) return agree(guild ?? "");
    if (unattended) return agree(environment[variables.guild] ?? "");
    return this.#insist(this.#say.askGuild, false, agree);
  }

  async #register(api: DiscordApi, application: string, guild: string | null): Promise<void> {
    const { asking, bot, environment } = this.#with;
    await api.register(application, guild, bot.commands).catch((error: unknown) => {
      if (!(error instanceof NotInGuild) || guild === null) throw error;
      const link = bot.inviteUrl(application, guild);
      throw new Refusal((say) => `${say.setup.notInGuild(guild)}\n  ${link}`, { cause: error });
    });
    const slash = bot.commands.filter(({ type = 1 }) => type === 1).length;
    asking.say(this.#say.registered(slash, bot.commands.length - slash, guild));
    const before = environment[variables.guild] ?? "";
    if (guild !== null || before === "") return;
    try {
      await api.register(application, before, []);
      asking.say(this.#say.cleared(before));
    } catch (error) {
      if (!(error instanceof NotInGuild)) throw error;
      asking.say(this.#say.notCleared(before));
    }
  }

  #invite(application: string, guild: string | null): void {
    const { asking, bot, locale } = this.#with;
    asking.say(`\n${this.#say.invite}\n  ${bot.inviteUrl(application, guild)}\n`);
    asking.say(this.#say.scopes);
    for (const { name, why } of bot.scopes) asking.say(this.#say.because(name, why[locale]));
    asking.say(this.#say.permissions);
    for (const { label, why } of bot.permissions) asking.say(this.#say.because(label[locale], why[locale]));
    asking.say("");
  }

  async run(): Promise<void> {
    const { asking, envFile, unattended } = this.#with;
    const { token, api, application } = await this.#token();
    await this.#application(application);
    const guild = await this.#guild();
    await this.#register(api, application.id, guild);
    this.#invite(application.id, guild);
    const values = {
      [variables.token]: token,
      [variables.application]: application.id,
      [variables.guild]: guild ?? "",
    };
    const agreed = unattended || this.#say.yes.test(await this.#ask(this.#say.askWrite(envFile)));
    if (agreed) {
      const isWritten = keepVariables(envFile, values, this.#with.environment);
      asking.say(isWritten ? this.#say.written(envFile) : this.#say.nothingToWrite);
    } else asking.say(this.#say.notWritten(Object.values(variables).slice(0, 2).join(", ")));
    asking.say(this.#say.next);
  }
}

/**
 * Asks for token and application, checks them, registers the commands, prints the invitation, and writes the
 * environment file on consent.
 *
 * @throws Refusal that says what is wrong and what to do; the file is then as it was
 */
export const setUpDiscord = (given: DiscordSetup): Promise<void> => new Conversation(given).run();
