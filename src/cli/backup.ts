import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Taken } from "#src/backup/backup";
import { readConfig } from "#src/config";
import { isPlace } from "./migrate.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

/** A signal that nobody listens for ends a process before it can remove what it has begun. */
export const endOrderly = (): (() => void) => {
  const ends = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143) } as const;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, ends[signal]);
  return () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeListener(signal, ends[signal]);
  };
};

class BackupVerb implements Verb {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async #take(): Promise<Taken> {
    // The stores' libraries are large, and few verbs need them.
    const { takeBackup } = await import("#src/backup/backup");
    const { placeNamed } = await import("#src/backup/place");
    const { from = "", words } = this.#call;
    const forget = endOrderly();
    try {
      return await takeBackup(placeNamed(from, readConfig(process.env)), words, Date.now());
    } finally {
      forget();
    }
  }

  async answerLine(): Promise<Fields> {
    throw new Refusal((say) => say.backup.noLines);
  }

  async answerText(): Promise<Fields> {
    return { ...(await this.#take()), verified: true };
  }

  async show(): Promise<string> {
    const say = messagesFor(this.#call.locale).backup;
    const { file, from, tenants, records, bytes } = await this.#take();
    return `${say.taken(file, from, tenants, records, bytes)}\n${say.keys}\n`;
  }
}

export const backup: VerbEntry = {
  usage: "rehearsal backup FILE [--from sqlite:FILE|redis://HOST:PORT] [--json], also while the bot runs",
  settings: "needed",
  readsInput: () => false,
  misuse: ({ words, from }, lines) => {
    if (lines) return "backup takes everything once: give it without --jsonl.";
    if (words === "") return "backup needs the name of the file to write.";
    return from === undefined || isPlace(from)
      ? null
      : "--from takes sqlite, sqlite:FILE, redis (REHEARSAL_REDIS_URL) or an address such as redis://host:6379.";
  },
  prepare: async (call) => new BackupVerb(call),
};
