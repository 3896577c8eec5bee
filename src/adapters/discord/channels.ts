import type { ChannelId, TenantId } from "#core/ids";
import type { Channels } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import type { Calls } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import { keepAll } from "./kept.ts";
import type { Guilds } from "./parts.ts";
import { renderReply } from "./render.ts";
import { guildOf } from "./whereabouts.ts";

/** Speaks in channels of guilds: a test post, for those who set the bot up. */
export class DiscordChannels implements Channels {
  readonly #calls: Calls;
  readonly #guilds: Guilds;
  readonly #services: Pick<Services, "store" | "clock" | "log">;

  constructor(calls: Calls, guilds: Guilds, services: Pick<Services, "store" | "clock" | "log">) {
    this.#calls = calls;
    this.#guilds = guilds;
    this.#services = services;
  }

  async post(tenant: TenantId, channel: ChannelId, reply: Reply): Promise<void> {
    const guild = guildOf(tenant) ?? "";
    const lacking = this.#guilds.lacking(guild, channel).map(({ label }) => label);
    const refusal = (cause?: unknown): Refusal =>
      new Refusal((say) => say.discord.lacks(this.#guilds.channelName(guild, channel), lacking), { cause });
    // Also what only the close will need: whoever sets the bot up is there now.
    if (lacking.length > 0) throw refusal();
    const locale = (await this.#services.store.schedule(tenant, channel))?.locale ?? "en";
    const messages = renderReply(reply, { locale });
    await keepAll(
      tenant,
      messages.flatMap(({ keep }) => keep),
      this.#services,
    );
    try {
      for (const message of messages) await this.#calls.post(channel, message);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === "no-channel") throw new Refusal((say) => say.discord.channelGone, { cause: error });
      if (trouble === "no-access" || trouble === "no-permission") throw refusal(error);
      throw error;
    }
  }
}
