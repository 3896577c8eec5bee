import type { ChannelId, TenantId } from "#core/ids";
import { PostRefused } from "#core/ports";
import type { Sentence } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import type { Once, Opened, Stage, Stages } from "#core/stages";
import type { Upkeep } from "#src/adapters/chat/upkeep";
import type { SlackChannels } from "./channels.ts";
import { troubleOf } from "./failure.ts";
import type { Letters } from "./letters.ts";
import type { Place, Posted } from "./posted.ts";
import type { SlackMessage } from "./render.ts";

export interface StageParts {
  readonly posted: Posted;
  readonly letters: Letters;
  readonly upkeep: Upkeep;
  readonly channels: SlackChannels;
  readonly services: Pick<Services, "store" | "clock" | "log">;
}

/** Threads of channels, each below a message: a thread has that message's timestamp. */
export class SlackStages implements Stages {
  readonly #parts: StageParts;

  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null {
    return this.#parts.channels.obstacle(tenant, channel);
  }

  /** Slack's threads have no titles: the first message says what it is about. */
  async open(
    tenant: TenantId,
    channel: ChannelId,
    _title: string,
    first: Reply,
    { key }: Once,
  ): Promise<Opened> {
    const messages = await this.#draw({ tenant, channel }, first, await this.#parts.posted.at(tenant));
    const ids = await this.#posted({ tenant, channel }, key, messages);
    return { thread: ids[0] ?? "", message: ids.join(",") };
  }

  async post(stage: Stage, reply: Reply, { key }: Once): Promise<string> {
    const messages = await this.#draw(stage, reply, await this.#parts.posted.at(stage.tenant));
    return (await this.#posted(stage, key, messages)).join(",");
  }

  async edit(stage: Stage, message: string, read: () => Promise<Reply | null>): Promise<void> {
    const { upkeep, posted } = this.#parts;
    await upkeep.refresh(`${stage.tenant}/${stage.channel}/${message}`, {
      read,
      write: async (reply) => {
        const place = await posted.at(stage.tenant);
        await this.#put(stage, message, await this.#draw(stage, reply, place), place);
      },
    });
  }

  async #draw(
    { tenant, channel }: Pick<Stage, "tenant" | "channel">,
    reply: Reply,
    { sending }: Place,
  ): Promise<readonly SlackMessage[]> {
    const locale = (await this.#parts.services.store.schedule(tenant, channel))?.locale ?? "en";
    return sending.draw(reply, locale);
  }

  /** @throws PostRefused with the reason that somebody can mend, as its cause */
  async #posted(
    { tenant, channel, thread }: Omit<Stage, "thread"> & { readonly thread?: string },
    key: string,
    messages: readonly SlackMessage[],
  ): Promise<readonly string[]> {
    const { letters, channels } = this.#parts;
    const into = thread === undefined ? {} : { thread };
    try {
      return await letters.post({ tenant, key, channel, ...into, unseen: "again" }, messages);
    } catch (error) {
      const trouble = troubleOf(error);
      const isGone = trouble === "no-channel" || trouble === "archived" || trouble === "no-message";
      const obstacle = await channels.sentenceFor(error, tenant, channel);
      // From now on `obstacle` says it, too.
      if (obstacle !== null) await channels.look(tenant, channel);
      if (isGone) throw new PostRefused("channel-gone", { cause: error });
      throw obstacle === null && trouble !== "refused"
        ? error
        : new PostRefused("no-access", { cause: error });
    }
  }

  /** Puts messages in the place of others; what there is more of is posted, what there is less of is deleted. */
  async #put(
    stage: Stage,
    message: string,
    messages: readonly SlackMessage[],
    { sending, calls }: Place,
  ): Promise<void> {
    const { channel } = stage;
    const ids = message.split(",");
    const more = messages.slice(ids.length);
    try {
      for (const [at, ts] of ids.entries()) {
        const part = messages[at];
        if (part === undefined) await calls.remove(channel, ts);
        else
          await sending.withPictures(part, (blocks) => calls.edit(channel, ts, { text: part.text, blocks }));
      }
      if (more.length > 0) await this.#posted(stage, `more/${message}`, more);
    } catch (error) {
      // Whoever deleted it wants no edit of it.
      if (troubleOf(error) !== "no-message" && troubleOf(error) !== "no-channel") throw error;
    }
  }
}
