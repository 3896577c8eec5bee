import type { ChannelId, TenantId } from "#core/ids";
import { PostRefused } from "#core/ports";
import type { Sentence } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import type { Once, Opened, Stage, Stages } from "#core/stages";
import { keepAll } from "#src/adapters/chat/kept";
import { cutLine } from "#src/adapters/chat/plain-text";
import type { Upkeep } from "#src/adapters/chat/upkeep";
import type { Calls } from "./calls.ts";
import type { DiscordChannels } from "./channels.ts";
import { troubleOf } from "./failure.ts";
import type { Letters } from "./letters.ts";
import { LIMITS } from "./limits.ts";
import { type DiscordMessage, renderReply } from "./render.ts";

export interface StageParts {
  readonly calls: Calls;
  readonly letters: Letters;
  readonly upkeep: Upkeep;
  readonly channels: DiscordChannels;
  readonly services: Pick<Services, "store" | "clock" | "log">;
}

/** The messages that one reply became: the channel or thread, and their ids. */
const idOf = (place: string, ids: readonly string[]): string => `${place}/${ids.join(",")}`;

function placeOf(message: string): { readonly place: string; readonly ids: readonly string[] } {
  const [place = "", ids = ""] = message.split("/");
  return { place, ids: ids.split(",") };
}

/** Public threads of a guild's channels. A thread has the id of the message that it hangs on. */
export class DiscordStages implements Stages {
  readonly #parts: StageParts;

  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null {
    return this.#parts.channels.obstacle(tenant, channel);
  }

  async open(
    tenant: TenantId,
    channel: ChannelId,
    title: string,
    first: Reply,
    { key }: Once,
  ): Promise<Opened> {
    const { letters, calls } = this.#parts;
    const messages = await this.#draw({ tenant, channel }, first);
    const ids = await this.#refusable(() => letters.post({ tenant, key, place: channel }, messages));
    const [message = ""] = ids;
    try {
      await calls.openThread(channel, message, cutLine(title, LIMITS.threadName) || "…");
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== "has-thread") {
        // Nobody is to join what has no thread.
        if (trouble !== "unsure") await this.#remove(channel, ids);
        throw refusedOr(error);
      }
    }
    return { thread: message, message: idOf(channel, ids) };
  }

  async post(stage: Stage, reply: Reply, { key }: Once): Promise<string> {
    const { tenant, thread } = stage;
    const messages = await this.#draw(stage, reply);
    const send = () => this.#parts.letters.post({ tenant, key, place: thread }, messages);
    return idOf(thread, await this.#refusable(() => this.#awake(thread, send)));
  }

  async edit(stage: Stage, message: string, read: () => Promise<Reply | null>): Promise<void> {
    await this.#parts.upkeep.refresh(`${stage.tenant}/${message}`, {
      read,
      write: async (reply) => {
        const { place, ids } = placeOf(message);
        const messages = await this.#draw(stage, reply);
        await this.#awake(place, () => this.#put(stage, message, place, ids, messages));
      },
    });
  }

  async #draw(
    { tenant, channel }: Pick<Stage, "tenant" | "channel">,
    reply: Reply,
  ): Promise<readonly DiscordMessage[]> {
    const { services } = this.#parts;
    const locale = (await services.store.schedule(tenant, channel))?.locale ?? "en";
    const messages = renderReply(reply, { locale });
    await keepAll(
      tenant,
      messages.flatMap(({ keep }) => keep),
      services,
    );
    return messages;
  }

  /** Puts messages in the place of others; what there is more of is posted, what there is less of is deleted. */
  async #put(
    { tenant }: Stage,
    message: string,
    place: string,
    ids: readonly string[],
    messages: readonly DiscordMessage[],
  ): Promise<void> {
    const { calls, letters } = this.#parts;
    const more = messages.slice(ids.length);
    try {
      for (const [at, id] of ids.entries()) {
        const part = messages[at];
        if (part !== undefined) await calls.editPost(place, id, part);
      }
      if (more.length > 0) await letters.post({ tenant, key: `more/${message}`, place }, more);
    } catch (error) {
      const trouble = troubleOf(error);
      // Whoever deleted it wants no edit of it.
      if (trouble !== "no-message" && trouble !== "no-channel") throw error;
    }
    await this.#remove(place, ids.slice(messages.length));
  }

  /** Runs what an archived thread does not take; again where it was one. */
  async #awake<Result>(thread: string, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      if (troubleOf(error) !== "archived") throw error;
      await this.#parts.calls.unarchive(thread);
      return run();
    }
  }

  async #remove(place: string, ids: readonly string[]): Promise<void> {
    const { calls, services } = this.#parts;
    for (const id of ids)
      await calls.removePost(place, id).catch((error: unknown) => {
        services.log.info("a message stays that is of no use", { place, trouble: troubleOf(error) });
      });
  }

  async #refusable<Result>(run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      throw refusedOr(error);
    }
  }
}

/** What cannot heal by itself, as the core is to know it. */
function refusedOr(error: unknown): unknown {
  const trouble = troubleOf(error);
  if (trouble === "no-channel" || trouble === "no-message")
    return new PostRefused("channel-gone", { cause: error });
  if (trouble === "no-access" || trouble === "no-permission" || trouble === "refused")
    return new PostRefused("no-access", { cause: error });
  return error;
}
