import { z } from "zod";
import type { Instant, TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { SentOnce } from "#src/adapters/chat/sent-once";
import type { PastMessage, Sendable } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import type { Place, Posted } from "./posted.ts";
import type { SlackMessage } from "./render.ts";
import { tsAt } from "./whereabouts.ts";

const EVENT_TYPE = "letter";
/** Pages of fifteen messages that are looked through for an earlier try. */
const MOST_PAGES = 20;

const payloadSchema = z.object({ key: z.string(), at: z.int().nonnegative() });

export interface Address {
  readonly tenant: TenantId;
  /** The same at every try, and no other letter's of the tenant. */
  readonly key: string;
  /** A channel, or the direct messages with a member. */
  readonly channel: string;
  /** The message whose thread it goes into. */
  readonly thread?: string;
  /**
   * Where history may not be read nobody can see whether an earlier try has arrived: whether it is sent again then,
   * or taken for sent.
   */
  readonly unseen: "again" | "sent";
}

/** Stands for a message that may be there, where nobody can look. */
const UNSEEN = "unseen";

/** Posts messages under keys, each once, whichever process does and however often. */
export class Letters {
  readonly #posted: Posted;
  readonly #log: Services["log"];
  readonly #once: SentOnce;

  constructor(posted: Posted, services: Pick<Services, "store" | "clock" | "log">) {
    this.#posted = posted;
    this.#log = services.log;
    this.#once = new SentOnce(services);
  }

  /** The timestamps of the messages, in order; what follows the first stands in its thread. */
  async post(address: Address, messages: readonly SlackMessage[]): Promise<readonly string[]> {
    const place = await this.#posted.at(address.tenant);
    const { tenant, key } = address;
    const send = () =>
      this.#once.send({
        tenant,
        key,
        marks: messages.map(() => ""),
        sureForMs: 0,
        send: (there) => this.#send(address, messages, there, place),
        find: (since) => this.#find(address, messages.length, since, place),
        isUnsent: (error) => troubleOf(error) !== "unsure",
      });
    try {
      return await send();
    } catch (error) {
      if (troubleOf(error) !== "unsure") throw error;
      await place.calls.waitBriefly();
      return send();
    }
  }

  async #send(
    { key, channel, thread }: Address,
    messages: readonly SlackMessage[],
    there: ReadonlyMap<number, string>,
    { sending, calls }: Place,
  ): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const [at, message] of messages.entries()) {
      const known = there.get(at);
      const into = thread ?? ids[0];
      const metadata = { event_type: EVENT_TYPE, event_payload: { key, at } };
      const post = async (blocks: Sendable["blocks"]): Promise<string> => {
        const options = { metadata, ...(into === undefined ? {} : { thread: into }) };
        return (await calls.post(channel, { text: message.text, blocks }, options)).ts;
      };
      const id = known ?? (await sending.withPictures(message, post));
      ids.push(id);
      if (known === undefined) await sending.shareFiles(message, channel, into ?? id);
    }
    return ids;
  }

  /** @throws Error where more was written since than can be looked through */
  async #find(
    { key, channel, thread, unseen }: Address,
    of: number,
    since: Instant,
    place: Place,
  ): Promise<ReadonlyMap<number, string>> {
    try {
      const found = await this.#parts(channel, thread, key, since, place);
      const first = found.get(0);
      // What follows the first message of a letter at the top of a channel stands in its thread.
      if (thread !== undefined || first === undefined || of === 1) return found;
      return new Map([...found, ...(await this.#parts(channel, first, key, since, place))]);
    } catch (error) {
      if (troubleOf(error) !== "missing-scope") throw error;
      this.#log.warn("whether a message has arrived cannot be seen", { channel, taken: unseen });
      if (unseen === "again") return new Map();
      return new Map(Array.from({ length: of }, (_, at) => [at, UNSEEN] as const));
    }
  }

  async #parts(
    channel: string,
    thread: string | undefined,
    key: string,
    since: Instant,
    { calls, bot }: Place,
  ): Promise<Map<number, string>> {
    const isOwn = ({ user, bot_id: id }: PastMessage): boolean =>
      user === bot.user || (id !== undefined && id === bot.id);
    const found = new Map<number, string>();
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { messages, response_metadata: next } =
        thread === undefined
          ? await calls.history(channel, tsAt(since - 60_000), cursor)
          : await calls.replies(channel, thread, cursor);
      for (const message of messages) {
        const { metadata } = message;
        if (!isOwn(message) || metadata?.event_type !== EVENT_TYPE) continue;
        const payload = payloadSchema.safeParse(metadata.event_payload).data;
        if (payload?.key === key) found.set(payload.at, message.ts);
      }
      cursor = next?.next_cursor;
      if (cursor === undefined || cursor === "") return found;
    }
    throw new Error("more was written since than can be looked through");
  }
}
