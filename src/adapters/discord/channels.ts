import type { Channels } from "#core/channels";
import type { ChannelId, SubmissionId, TenantId } from "#core/ids";
import { Refusal, type Sentence } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import { keepAll } from "#src/adapters/chat/kept";
import { troubleOf } from "./failure.ts";
import type { InvitePermission } from "./invite.ts";
import type { Letters } from "./letters.ts";
import type { Guilds } from "./parts.ts";
import { renderReply } from "./render.ts";
import { channelOf, guildOf } from "./whereabouts.ts";

/** Speaks in channels of guilds: a test post for those who set the bot up, and reports. */
export class DiscordChannels implements Channels {
  readonly #letters: Letters;
  readonly #guilds: Guilds;
  readonly #services: Pick<Services, "store" | "clock" | "log">;

  constructor(letters: Letters, guilds: Guilds, services: Pick<Services, "store" | "clock" | "log">) {
    this.#letters = letters;
    this.#guilds = guilds;
    this.#services = services;
  }

  async find(tenant: TenantId, named: string): Promise<ChannelId> {
    const id = /^(?:<#)?(\d{1,20})>?$/.exec(named)?.[1];
    // Another server's channel is as good as none: the bot may be in it, and it is nobody's business here.
    if (id === undefined || !(await this.#guilds.hasChannel(guildOf(tenant) ?? "", id)))
      throw new Refusal((say) => say.discord.noSuchChannel);
    return channelOf(id);
  }

  async nameOf(tenant: TenantId, channel: ChannelId): Promise<string> {
    return this.#guilds.channelName(guildOf(tenant) ?? "", channel);
  }

  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null {
    const lacking = this.#guilds.lacking(guildOf(tenant) ?? "", channel);
    return lacking.length === 0 ? null : this.#lacks(tenant, channel, lacking);
  }

  #lacks(tenant: TenantId, channel: ChannelId, lacking: readonly InvitePermission[]): Sentence {
    const name = this.#guilds.channelName(guildOf(tenant) ?? "", channel);
    const labels = lacking.map(({ label }) => label);
    return (say) => say.discord.lacks(name, labels);
  }

  async post(tenant: TenantId, channel: ChannelId, reply: Reply, submission: SubmissionId): Promise<void> {
    // Also what only the close will need: whoever sets the bot up is there now.
    const obstacle = this.obstacle(tenant, channel);
    if (obstacle !== null) throw new Refusal(obstacle);
    const locale = (await this.#services.store.schedule(tenant, channel))?.locale ?? "en";
    const messages = renderReply(reply, { locale });
    await keepAll(
      tenant,
      messages.flatMap(({ keep }) => keep),
      this.#services,
    );
    try {
      await this.#letters.post({ tenant, key: `post/${channel}/${submission}`, place: channel }, messages);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === "no-channel") throw new Refusal((say) => say.discord.channelGone, { cause: error });
      if (trouble === "no-access" || trouble === "no-permission")
        throw new Refusal(this.#lacks(tenant, channel, []), { cause: error });
      throw error;
    }
  }
}
