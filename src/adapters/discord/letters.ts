import { createHash } from "node:crypto";
import type { APIEmbed, APIMessage } from "discord.js";
import type { Instant, TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { SentOnce } from "#src/adapters/chat/sent-once";
import type { Calls } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import type { DiscordMessage } from "./render.ts";
import { snowflakeAt } from "./snowflake.ts";

/** As long as Discord surely knows a nonce: until then the same message is sent again, and Discord sees to the rest. */
const NONCE_MS = 120_000;
/** Pages of a hundred messages that are looked through for an earlier try. */
const MOST_PAGES = 20;

/** What a message says, as it is sent and as Discord gives it back. */
interface Said {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components?: readonly unknown[] | undefined;
}

const wordsOf = ({ title, description, fields = [], footer }: APIEmbed): readonly unknown[] => [
  title,
  description,
  ...fields.flatMap(({ name, value }) => [name, value]),
  footer?.text,
];

/** Ids of buttons and menus, wherever they stand in rows. */
const idsIn = (components: unknown): string[] =>
  [...JSON.stringify(components ?? []).matchAll(/"custom_id":("(?:[^"\\]|\\.)*")/g)].map(([, id = ""]) => id);

/** Recognises a message by what it says, for Discord keeps nothing else that could tell it from another. */
const markOf = ({ content, embeds, components }: Said): string => {
  const words = [content, ...embeds.flatMap(wordsOf)].map((each) =>
    String(each ?? "")
      .replace(/\s+/gu, " ")
      .trim(),
  );
  const said = JSON.stringify([words.filter((each) => each !== ""), idsIn(components)]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 22);
};

/** What a message is sent under; a nonce takes 25 characters. */
const nonceOf = (key: string, at: number): string =>
  `${createHash("sha256").update(key).digest("base64url").slice(0, 20)}-${at}`;

export interface Address {
  readonly tenant: TenantId;
  /** The same at every try, and no other letter's of the tenant. */
  readonly key: string;
  /** A channel, a thread, or the direct messages with a member. */
  readonly place: string;
}

/** Posts messages under keys, each once, whichever process does and however often. */
export class Letters {
  readonly #calls: Calls;
  readonly #application: string;
  readonly #once: SentOnce;

  /** @param application the bot's own id, by which its messages are told from others' */
  constructor(calls: Calls, services: Pick<Services, "store" | "clock">, application: string) {
    this.#calls = calls;
    this.#application = application;
    this.#once = new SentOnce(services);
  }

  /** The ids of the messages, in order. */
  post(address: Address, messages: readonly DiscordMessage[]): Promise<readonly string[]> {
    const { tenant, key, place } = address;
    return this.#once.send({
      tenant,
      key,
      marks: messages.map(({ body }) => markOf(body)),
      sureForMs: NONCE_MS,
      send: async (there) => {
        const ids: string[] = [];
        for (const [at, message] of messages.entries())
          ids.push(
            there.get(at) ?? (await this.#calls.post(place, message, { nonce: nonceOf(key + place, at) })),
          );
        return ids;
      },
      find: (since, marks) => this.#find(address, since, marks),
      isUnsent: (error) => troubleOf(error) !== "unsure",
    });
  }

  /** @throws Error where more was written since than can be looked through */
  async #find(
    { tenant, key, place }: Address,
    since: Instant,
    marks: readonly string[],
  ): Promise<ReadonlyMap<number, string>> {
    const found = new Map<number, string>();
    let after = snowflakeAt(since - 60_000);
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const messages = await this.#calls.messagesAfter(place, after);
      for (const message of messages) {
        const at = await this.#partOf(message, { tenant, key }, marks);
        if (at !== null) found.set(at, message.id);
      }
      if (messages.length < 100) return found;
      after = String(
        messages.map(({ id }) => BigInt(id)).reduce((newest, id) => (id > newest ? id : newest)),
      );
    }
    throw new Error("more was written since than can be looked through");
  }

  async #partOf(
    message: APIMessage,
    letter: { readonly tenant: TenantId; readonly key: string },
    marks: readonly string[],
  ): Promise<number | null> {
    if (message.author.id !== this.#application) return null;
    const at = marks.indexOf(markOf(message));
    return at === -1 || (await this.#once.isOthers(letter, message.id)) ? null : at;
  }
}
