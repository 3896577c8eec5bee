import type { DirectMessageOutcome, DirectMessages } from "#core/direct-messages";
import type { MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import { keepAll } from "#src/adapters/chat/kept";
import type { Calls } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import type { Letters } from "./letters.ts";
import { renderReply } from "./render.ts";
import { directTenantOf, guildOf } from "./whereabouts.ts";

/** All processes together: Discord stops a bot that opens direct messages by the hundred. */
const PER_SECOND = 5;
const PATIENCE_MS = 20_000;
/** Members whose channel of direct messages is remembered. */
const MOST_KNOWN = 10_000;

export interface DirectParts {
  readonly calls: Calls;
  readonly letters: Letters;
  readonly services: Pick<Services, "store" | "clock" | "log">;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** Writes to members of guilds; a button of such a message names the guild that it is for. */
export class DiscordDirectMessages implements DirectMessages {
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
    const { letters, services } = this.#parts;
    const messages = renderReply(reply, { locale, server: guildOf(tenant) ?? undefined });
    await keepAll(
      directTenantOf(member),
      messages.flatMap(({ keep }) => keep),
      services,
    );
    await this.#turn();
    try {
      const place = await this.#channelOf(member);
      await letters.post({ tenant, key: `direct/${member}/${key}`, place }, messages);
      return "sent";
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== "closed" && trouble !== "no-channel" && trouble !== "no-access") throw error;
      services.log.info("a member takes no direct messages", { tenant, trouble });
      return "not-taken";
    }
  }

  async #turn(): Promise<void> {
    const { services, pause } = this.#parts;
    const waitMs = await services.store.takeTurn("discord-direct", PER_SECOND, PATIENCE_MS);
    if (waitMs === null) throw new Error("too many direct messages at once: this one comes later");
    if (waitMs > 0) await pause(Math.ceil(waitMs), AbortSignal.timeout(PATIENCE_MS));
  }

  async #channelOf(member: MemberId): Promise<string> {
    const known = this.#channels.get(member);
    if (known !== undefined) return known;
    const channel = await this.#parts.calls.directChannel(member);
    if (this.#channels.size >= MOST_KNOWN) this.#channels.clear();
    this.#channels.set(member, channel);
    return channel;
  }
}
