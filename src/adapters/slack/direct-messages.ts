import type { DirectMessageOutcome, DirectMessages } from "#core/direct-messages";
import type { MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import { codeOf, troubleOf } from "./failure.ts";
import type { Letters } from "./letters.ts";
import type { Place, Posted } from "./posted.ts";

/** All processes together, in one workspace: Slack takes several hundred messages a minute from an app. */
const PER_SECOND = 3;
const PATIENCE_MS = 20_000;
/** Members whose direct messages are remembered. */
const MOST_KNOWN = 10_000;

/** Slack's own words for a member who can or will not read it. */
const notTaken: ReadonlySet<string | null> = new Set([
  "channel_not_found",
  "user_not_found",
  "user_not_visible",
  "user_disabled",
  "users_not_found",
  "messages_tab_disabled",
  "cannot_dm_bot",
  "is_archived",
  "restricted_action",
  "not_in_channel",
]);

export interface DirectParts {
  readonly posted: Posted;
  readonly letters: Letters;
  readonly services: Pick<Services, "store" | "log">;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** Writes to members in their direct messages with the app. */
export class SlackDirectMessages implements DirectMessages {
  readonly #parts: DirectParts;
  readonly #channels = new Map<string, string>();

  constructor(parts: DirectParts) {
    this.#parts = parts;
  }

  async send(
    tenant: TenantId,
    member: MemberId,
    reply: Reply,
    key: string,
    locale: Locale,
  ): Promise<DirectMessageOutcome> {
    const { posted, letters, services } = this.#parts;
    const place = await posted.at(tenant);
    await this.#turn(tenant);
    try {
      const messages = await place.sending.draw(reply, locale);
      const channel = await this.#channelOf(tenant, member, place);
      const address = { tenant, key: `direct/${member}/${key}`, channel, unseen: "sent" } as const;
      await letters.post(address, messages);
      return "sent";
    } catch (error) {
      if (!notTaken.has(codeOf(error))) throw error;
      services.log.info("a member takes no direct messages", { tenant, reason: codeOf(error) });
      return "not-taken";
    }
  }

  async #turn(tenant: TenantId): Promise<void> {
    const { services, pause } = this.#parts;
    const waitMs = await services.store.takeTurn(`slack-direct/${tenant}`, PER_SECOND, PATIENCE_MS);
    if (waitMs === null) throw new Error("too many direct messages at once: this one comes later");
    if (waitMs > 0) await pause(Math.ceil(waitMs), AbortSignal.timeout(PATIENCE_MS));
  }

  /** Without the scope for it Slack finds the member by their own id, and nobody can look there afterwards. */
  async #channelOf(tenant: TenantId, member: MemberId, { calls }: Place): Promise<string> {
    const known = this.#channels.get(`${tenant}/${member}`);
    if (known !== undefined) return known;
    try {
      const channel = await calls.openDirect(member);
      if (this.#channels.size >= MOST_KNOWN) this.#channels.clear();
      this.#channels.set(`${tenant}/${member}`, channel);
      return channel;
    } catch (error) {
      if (troubleOf(error) !== "missing-scope") throw error;
      return member;
    }
  }
}
