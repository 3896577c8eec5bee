import { z } from "zod";
import { Refusal } from "#core/refusal";
import { aheadIn } from "./date-header.ts";

const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

const selfSchema = z.object({
  team: z.string(),
  team_id: z.string(),
  user: z.string(),
  bot_id: z.string().optional(),
});
export type SlackSelf = z.infer<typeof selfSchema>;

/** Slack does not answer, or asks to wait: nothing that is typed would change that. */
export class SlackNotNow extends Refusal {}

/** Slack said no, in its own word for why. */
export class SlackNo extends Error {
  readonly code: string;

  constructor(method: string, code: string) {
    super(`${method}: ${code}`);
    this.name = "SlackNo";
    this.code = code;
  }
}

const TIMEOUT_MS = 15_000;
/** Longer than this nobody waits for in front of a terminal. */
const LONGEST_WAIT_SECONDS = 30;

/** What the set-up asks of Slack. */
export class SlackApi {
  /** The platform's clock minus this machine's, as the last answer told it; null before. */
  aheadMs: number | null = null;
  readonly #base: string;
  readonly #pause: (ms: number) => Promise<void>;

  /**
   * @param base where the API is: https://slack.com/api
   * @param pause waits; given, so that tests need not
   */
  constructor(base: string, pause: (ms: number) => Promise<void>) {
    this.#base = base.replace(/\/+$/, "");
    this.#pause = pause;
  }

  async #call(
    method: string,
    token: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly answer: unknown; readonly headers: Headers }> {
    const { host } = new URL(this.#base);
    for (let waited = false; ; waited = true) {
      const response = await fetch(`${this.#base}/${method}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: new URLSearchParams(parameters),
        // The token goes to this host only.
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: unknown) => {
        throw new SlackNotNow((say) => say.setupSlack.unreachable(host), { cause: error });
      });
      this.aheadMs = aheadIn(response.headers) ?? this.aheadMs;
      if (response.status === 429) {
        const seconds = Number(response.headers.get("retry-after") ?? 1) || 1;
        if (waited || seconds > LONGEST_WAIT_SECONDS)
          throw new SlackNotNow((say) => say.setupSlack.busy(seconds));
        await this.#pause(seconds * 1000);
        continue;
      }
      const answer = answerSchema.safeParse(await response.json().catch(() => null)).data;
      if (answer === undefined) throw new SlackNotNow((say) => say.setupSlack.unreachable(host));
      if (!answer.ok) throw new SlackNo(method, answer.error ?? `HTTP ${response.status}`);
      return { answer, headers: response.headers };
    }
  }

  /**
   * Whose a bot's token is, and what it may do.
   *
   * @throws SlackNo where the token is not good
   */
  async self(token: string): Promise<{ readonly self: SlackSelf; readonly scopes: readonly string[] }> {
    const { answer, headers } = await this.#call("auth.test", token);
    const scopes = (headers.get("x-oauth-scopes") ?? "").split(",").map((scope) => scope.trim());
    return { self: selfSchema.parse(answer), scopes: scopes.filter((scope) => scope !== "") };
  }

  /** @throws SlackNo where an app-level token opens no connection */
  async connect(appToken: string): Promise<void> {
    await this.#call("apps.connections.open", appToken);
  }

  /** @throws SlackNo where the bot may not post there */
  async post(token: string, channel: string, text: string): Promise<void> {
    await this.#call("chat.postMessage", token, {
      channel,
      text,
      unfurl_links: "false",
      unfurl_media: "false",
    });
  }
}
