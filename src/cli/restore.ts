import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Restored } from "#src/backup/restoration";
import { readConfig } from "#src/config";
import { endOrderly } from "./backup.ts";
import { isPlace } from "./migrate.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

class RestoreVerb implements Verb {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async #restore(): Promise<Restored> {
    // The stores' libraries are large, and few verbs need them.
    const { restoreBackup } = await import("#src/backup/restoration");
    const { placeNamed } = await import("#src/backup/place");
    const { to = "", words, force } = this.#call;
    const place = placeNamed(to, readConfig(process.env));
    const forget = endOrderly();
    try {
      return await restoreBackup(words, place, { isForced: force === true, now: Date.now() });
    } finally {
      forget();
    }
  }

  async answerLine(): Promise<Fields> {
    throw new Refusal((say) => say.backup.noLines);
  }

  async answerText(): Promise<Fields> {
    return { ...(await this.#restore()), verified: true };
  }

  async show(): Promise<string> {
    const say = messagesFor(this.#call.locale).backup;
    const { to, tenants, records, madeAt, before } = await this.#restore();
    const done = say.restored(to, tenants, records, new Date(madeAt).toISOString());
    return `${done}\n${before === null ? "" : `${say.before(before)}\n`}`;
  }
}

export const restore: VerbEntry = {
  usage: "rehearsal restore FILE [--to sqlite:FILE|redis://HOST:PORT] [--force] [--json], while no bot runs",
  settings: "needed",
  readsInput: () => false,
  misuse: ({ words, to }, lines) => {
    if (lines) return "restore brings everything back once: give it without --jsonl.";
    if (words === "") return "restore needs the file that rehearsal backup wrote.";
    return to === undefined || isPlace(to)
      ? null
      : "--to takes sqlite, sqlite:FILE, redis (REHEARSAL_REDIS_URL) or an address such as redis://host:6379.";
  },
  prepare: async (call) => new RestoreVerb(call),
};
