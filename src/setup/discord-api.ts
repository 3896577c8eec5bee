import { z } from "zod";
import { Refusal } from "#core/refusal";
import { aheadIn } from "./date-header.ts";

const applicationSchema = z.object({ id: z.string().regex(/^\d{17,20}$/), name: z.string() });
export type DiscordApplication = z.infer<typeof applicationSchema>;

const guildsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), permissions: z.string().regex(/^\d{1,30}$/) }),
);
export type DiscordGuild = z.infer<typeof guildsSchema>[number];

const gatewaySchema = z.object({
  shards: z.int().positive(),
  session_start_limit: z.object({ remaining: z.int(), reset_after: z.number() }),
});
export type DiscordGateway = z.infer<typeof gatewaySchema>;

const namesSchema = z.array(z.object({ name: z.string() }));

const faultSchema = z.object({ message: z.string(), code: z.number().default(0) });
const waitSchema = z.object({ retry_after: z.number() });

/** Discord does not answer, or asks to wait: nothing that is typed would change that. */
export class NotNow extends Refusal {}

/** The bot is not there, or may not do that there. */
export class NotInGuild extends Error {}

const TIMEOUT_MS = 15_000;
/** Longer than this nobody waits for in front of a terminal. */
const LONGEST_WAIT_SECONDS = 30;

/** What the set-up asks of Discord. Every failure that a person can mend is a Refusal that says how. */
export class DiscordApi {
  /** The platform's clock minus this machine's, as the last answer told it; null before. */
  aheadMs: number | null = null;
  readonly #base: string;
  readonly #token: string;
  readonly #pause: (ms: number) => Promise<void>;

  /**
   * @param base where the API is, without a version: https://discord.com/api
   * @param pause waits; given, so that tests need not
   */
  constructor(base: string, token: string, pause: (ms: number) => Promise<void>) {
    this.#base = `${base.replace(/\/+$/, "")}/v10`;
    this.#token = token;
    this.#pause = pause;
  }

  async #call(method: "GET" | "PUT", path: string, body?: unknown): Promise<unknown> {
    for (let waited = false; ; waited = true) {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: {
          authorization: `Bot ${this.#token}`,
          "user-agent": "DiscordBot (rehearsal, 0.1)",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // The token goes to this host only.
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: unknown) => {
        throw new NotNow((say) => say.setup.unreachable(new URL(this.#base).host), { cause: error });
      });
      this.aheadMs = aheadIn(response.headers) ?? this.aheadMs;
      const answer: unknown = await response.json().catch(() => null);
      if (response.ok) return answer;
      if (response.status === 429) {
        const seconds = Math.ceil(waitSchema.safeParse(answer).data?.retry_after ?? 1);
        if (waited || seconds > LONGEST_WAIT_SECONDS) throw new NotNow((say) => say.setup.busy(seconds));
        await this.#pause(seconds * 1000);
        continue;
      }
      if (response.status === 401) throw new Refusal((say) => say.setup.wrongToken);
      const fault = faultSchema.safeParse(answer).data ?? { message: response.statusText, code: 0 };
      // 50001: missing access; 10004: unknown guild.
      if (fault.code === 50001 || fault.code === 10004) throw new NotInGuild(fault.message);
      throw new Refusal((say) =>
        say.setup.refused(response.status, JSON.stringify(answer ?? fault.message).slice(0, 600)),
      );
    }
  }

  /** The application that the token belongs to. */
  async application(): Promise<DiscordApplication> {
    return applicationSchema.parse(await this.#call("GET", "/applications/@me"));
  }

  /** The servers that it is in, at most 200 of them, with what it may do there. */
  async guilds(): Promise<readonly DiscordGuild[]> {
    return guildsSchema.parse(await this.#call("GET", "/users/@me/guilds"));
  }

  /** How many shards Discord advises, and how often it may still connect today. */
  async gateway(): Promise<DiscordGateway> {
    return gatewaySchema.parse(await this.#call("GET", "/gateway/bot"));
  }

  /** Names of what is registered: in one server, or in all. */
  async registered(application: string, guild: string | null): Promise<readonly string[]> {
    const where = guild === null ? "" : `/guilds/${guild}`;
    const commands = namesSchema.parse(
      await this.#call("GET", `/applications/${application}${where}/commands`),
    );
    return commands.map(({ name }) => name);
  }

  /**
   * Puts these commands in the place of all that are registered.
   *
   * @param guild one server, or null for all
   * @throws NotInGuild where the bot may register nothing there
   */
  async register(application: string, guild: string | null, commands: readonly unknown[]): Promise<void> {
    const where = guild === null ? "" : `/guilds/${guild}`;
    await this.#call("PUT", `/applications/${application}${where}/commands`, commands);
  }
}
