import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Moved } from "#src/backup/copying";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

class MigrateVerb implements Verb {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async #move(): Promise<Moved> {
    // The stores' libraries are large, and no other verb needs them.
    const { migrateBetween } = await import("./migration.ts");
    const { from = "", to = "" } = this.#call;
    return migrateBetween(from, to, Date.now());
  }

  async answerLine(): Promise<Fields> {
    throw new Refusal((say) => say.cli.noLines);
  }

  async answerText(): Promise<Fields> {
    return { ...(await this.#move()), verified: true };
  }

  async show(): Promise<string> {
    const { tenants, records, digest } = await this.#move();
    return `${messagesFor(this.#call.locale).cli.moved(tenants, records, digest.slice(0, 16))}\n`;
  }
}

export const isPlace = (text: string | undefined): boolean =>
  text !== undefined && /^(?:sqlite$|sqlite:.|redis$|rediss?(?:\+sentinel|\+cluster)?:\/\/)/.test(text);

export const migrate: VerbEntry = {
  usage: "rehearsal migrate --from sqlite:FILE --to redis://HOST:PORT [--json], or the other way round",
  settings: "needed",
  readsInput: () => false,
  misuse: ({ from, to }, lines) => {
    if (lines) return "migrate moves everything once: give it without --jsonl.";
    return isPlace(from) && isPlace(to) && from !== to
      ? null
      : "migrate needs --from and --to: sqlite, sqlite:FILE, redis (REHEARSAL_REDIS_URL) or an address such as redis://host:6379.";
  },
  prepare: async (call) => new MigrateVerb(call),
};
