import type { Bilingual, Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Asking } from "./asking.ts";
import { keepVariables } from "./env-file.ts";
import { type SlackApi, SlackNo, SlackNotNow } from "./slack-api.ts";

/** What Slack's adapter says about itself. */
export interface SlackBot {
  readonly manifest: object;
  readonly creationUrl: string;
  readonly features: readonly {
    readonly name: string;
    readonly isNeeded: boolean;
    readonly scopes: readonly string[];
    readonly why: Bilingual;
  }[];
}

export interface SlackSetup {
  readonly asking: Asking;
  readonly locale: Locale;
  readonly bot: SlackBot;
  readonly api: SlackApi;
  /** What is set already, `.env` included. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile: string;
  readonly manifestFile: string;
  /** Puts the manifest into its file; false where there is no place for one, as in a container. */
  write(file: string, text: string): boolean;
  /** Where Slack finds the app, for many workspaces; null for one workspace in Socket Mode. */
  readonly url: string | null;
  readonly prefix: string;
  /** Makes a key that seals the tokens of workspaces. */
  newSealKey(): string;
  /** Whether everything is answered already: nothing is asked, and `.env` is written. */
  readonly unattended: boolean;
}

const MOST_TRIES = 3;

const socketVariables = ["REHEARSAL_SLACK_BOT_TOKEN", "REHEARSAL_SLACK_APP_TOKEN"];
const httpVariables = [
  "REHEARSAL_SLACK_URL",
  "REHEARSAL_SLACK_CLIENT_ID",
  "REHEARSAL_SLACK_CLIENT_SECRET",
  "REHEARSAL_SLACK_SIGNING_SECRET",
];

type Wanted = "bot-token" | "app-token" | "client-id" | "secret";

const looks: Readonly<Record<Wanted, RegExp>> = {
  "bot-token": /^xoxb-[\w-]{10,250}$/,
  "app-token": /^xapp-[\w-]{10,250}$/,
  "client-id": /^\d{6,30}\.\d{6,30}$/,
  secret: /^[0-9a-f]{32}$/i,
};

/** What was pasted in place of what is wanted, as far as its look tells; null where it may be it. */
export function mistakenFor(text: string, wanted: Wanted) {
  if (/\s/.test(text)) return "blanks" as const;
  if (looks[wanted].test(text)) return null;
  if (text.startsWith("xapp-")) return wanted === "bot-token" ? ("app-token" as const) : ("shape" as const);
  if (text.startsWith("xoxb-")) return wanted === "app-token" ? ("bot-token" as const) : ("shape" as const);
  if (text.startsWith("xoxp-")) return "user-token" as const;
  return /^https:\/\/hooks\./.test(text) ? ("webhook" as const) : ("shape" as const);
}

/** The set-up of the bot on Slack, one question after the other, each answer checked at once. */
class Conversation {
  readonly #with: SlackSetup;
  readonly #say;

  constructor(given: SlackSetup) {
    this.#with = given;
    this.#say = messagesFor(given.locale).setupSlack;
  }

  #tell(text: string): void {
    if (text !== "") this.#with.asking.say(text);
  }

  async #ask(question: string, secret: boolean): Promise<string> {
    const typed = await this.#with.asking.ask(question, { secret });
    if (typed === null) throw new Refusal((say) => say.setup.ended);
    return typed;
  }

  /** What a variable holds, or what is typed for it until it is taken; the last refusal is thrown. */
  async #value(
    name: string,
    question: string,
    wanted: Wanted,
    check: (value: string) => Promise<void> = async () => {},
  ): Promise<string> {
    const { environment, unattended, locale } = this.#with;
    const take = async (value: string): Promise<string> => {
      const mistake = mistakenFor(value, wanted);
      if (mistake !== null) throw new Refusal((say) => say.setupSlack.mistaken(mistake));
      await check(value);
      return value;
    };
    const set = environment[name] ?? "";
    if (set === "" && unattended) throw new Refusal((say) => say.setupSlack.none(name));
    if (set !== "") this.#tell(this.#say.found(name));
    for (let tries = set === "" ? 1 : 0; ; tries += 1) {
      const value = tries === 0 ? set : await this.#ask(question, wanted !== "client-id");
      try {
        return await take(value);
      } catch (error) {
        const isFinal = unattended || tries === MOST_TRIES || error instanceof SlackNotNow;
        if (!(error instanceof Refusal) || isFinal) throw error;
        this.#tell(error.sentence(messagesFor(locale)));
      }
    }
  }

  #introduce(): void {
    const { bot, manifestFile, locale, url, write } = this.#with;
    const isWritten = write(manifestFile, `${JSON.stringify(bot.manifest, null, 2)}\n`);
    this.#tell(`${this.#say.welcome(isWritten ? manifestFile : null)}\n\n${bot.creationUrl}\n`);
    this.#tell(this.#say.openLink);
    this.#tell(url === null ? this.#say.install : this.#say.distribute);
    this.#tell(`\n${this.#say.asks}`);
    for (const { scopes, why } of bot.features) {
      if (scopes.length > 0) this.#tell(this.#say.because(scopes.join(", "), why[locale]));
    }
    const optional = bot.features.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name);
    this.#tell(`${this.#say.without(optional)}\n`);
  }

  /** Says which scopes a token lacks, and what for. */
  #judgeScopes(has: readonly string[]): void {
    const { bot, locale } = this.#with;
    const lacking = bot.features.flatMap(({ scopes, why, isNeeded }) =>
      scopes.filter((scope) => !has.includes(scope)).map((scope) => ({ scope, why, isNeeded })),
    );
    const needed = lacking.find(({ isNeeded }) => isNeeded);
    if (needed !== undefined) throw new Refusal((say) => say.setupSlack.lacksNeeded(needed.scope));
    if (lacking.length === 0) this.#tell(this.#say.allScopes);
    else {
      this.#tell(this.#say.lacks);
      for (const { scope, why } of lacking) this.#tell(this.#say.because(scope, why[locale]));
      this.#tell(this.#say.lacksHint);
    }
    const wanted = new Set(bot.features.flatMap(({ scopes }) => scopes));
    const beyond = has.filter((scope) => !wanted.has(scope));
    if (beyond.length > 0) this.#tell(this.#say.tooMany(beyond));
  }

  async #botToken(): Promise<string> {
    const { api } = this.#with;
    return this.#value("REHEARSAL_SLACK_BOT_TOKEN", this.#say.askBotToken, "bot-token", async (token) => {
      const { self, scopes } = await api.self(token).catch((error: unknown) => {
        if (!(error instanceof SlackNo)) throw error;
        throw new Refusal((say) => say.setupSlack.wrongToken(error.code), { cause: error });
      });
      this.#tell(this.#say.tokenWorks(self.user, self.team));
      this.#judgeScopes(scopes);
    });
  }

  async #appToken(): Promise<string> {
    const { api } = this.#with;
    return this.#value("REHEARSAL_SLACK_APP_TOKEN", this.#say.askAppToken, "app-token", async (token) => {
      await api.connect(token).catch((error: unknown) => {
        if (!(error instanceof SlackNo)) throw error;
        throw new Refusal((say) => say.setupSlack.wrongAppToken(error.code), { cause: error });
      });
      this.#tell(this.#say.connects);
    });
  }

  async #testPost(token: string): Promise<void> {
    if (this.#with.unattended) return;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const channel = await this.#ask(this.#say.askChannel, false);
      if (channel === "") return;
      try {
        await this.#with.api.post(token, channel, this.#say.testPost);
        return this.#tell(this.#say.posted(channel));
      } catch (error) {
        if (!(error instanceof SlackNo)) throw error;
        this.#tell(this.#say.notPosted(channel, error.code));
      }
    }
  }

  async #values(): Promise<Record<string, string>> {
    const { url, environment, newSealKey } = this.#with;
    if (url === null) {
      const bot = await this.#botToken();
      const app = await this.#appToken();
      await this.#testPost(bot);
      return { REHEARSAL_SLACK_BOT_TOKEN: bot, REHEARSAL_SLACK_APP_TOKEN: app };
    }
    return {
      REHEARSAL_SLACK_URL: url,
      REHEARSAL_SLACK_CLIENT_ID: await this.#value(
        "REHEARSAL_SLACK_CLIENT_ID",
        this.#say.askClientId,
        "client-id",
      ),
      REHEARSAL_SLACK_CLIENT_SECRET: await this.#value(
        "REHEARSAL_SLACK_CLIENT_SECRET",
        this.#say.askClientSecret,
        "secret",
      ),
      REHEARSAL_SLACK_SIGNING_SECRET: await this.#value(
        "REHEARSAL_SLACK_SIGNING_SECRET",
        this.#say.askSigningSecret,
        "secret",
      ),
      // A new key would open nothing that the old one has sealed.
      REHEARSAL_SLACK_SEAL_KEYS: environment.REHEARSAL_SLACK_SEAL_KEYS || newSealKey(),
    };
  }

  /** What the other mode needs is taken out: beside each other the program would not know which is meant. */
  #otherMode(): Record<string, string> {
    const { url, environment } = this.#with;
    const names = url === null ? httpVariables : socketVariables;
    return Object.fromEntries(
      names.filter((name) => (environment[name] ?? "") !== "").map((name) => [name, ""]),
    );
  }

  async run(): Promise<void> {
    const { asking, envFile, unattended, url, prefix, locale } = this.#with;
    this.#introduce();
    const values = { ...(await this.#values()), REHEARSAL_SLACK_PREFIX: prefix };
    const { setup } = messagesFor(locale);
    const changed = { ...this.#otherMode(), ...values };
    const agreed = unattended || setup.yes.test(await this.#ask(this.#say.askWrite(envFile), false));
    if (agreed) {
      const isWritten = keepVariables(envFile, changed, this.#with.environment);
      asking.say(isWritten ? setup.written(envFile) : setup.nothingToWrite);
    } else asking.say(this.#say.notWritten(Object.keys(values).slice(0, -1).join(", ")));
    asking.say(url === null ? this.#say.next : this.#say.nextHttp(url));
  }
}

/**
 * Writes the app's manifest, prints where it is created from, asks for what Slack then shows, checks it, posts a test,
 * and writes the environment file on consent.
 *
 * @throws Refusal that says what is wrong and what to do; the environment file is then as it was
 */
export const setUpSlack = (given: SlackSetup): Promise<void> => new Conversation(given).run();
