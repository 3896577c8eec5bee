import { z } from "zod";
import { changeDossier } from "#core/dossier-change";
import { type Instant, instantSchema, type MemberId, type TenantId } from "#core/ids";
import { type Locale, localeSchema } from "#core/language";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";

/** A dossier holds 256 KiB; the oldest messages go where there is no room. */
const MOST_CHARACTERS = 80_000;
const MOST_MESSAGES = 200;
const DAY_MS = 24 * 3_600_000;
/** How long a message is shown: an interview of today, the report of the week. */
const SHOWN_MS = { thread: DAY_MS, channel: 8 * DAY_MS, member: 2 * DAY_MS } as const;
const MOST_READ = 100;
const KIND = "stage";

const messageSchema = z.strictObject({
  key: z.string(),
  at: instantSchema,
  locale: localeSchema,
  /** One more with every edit. */
  edits: z.int().nonnegative(),
  /** As JSON; a picture's bytes in base64. */
  reply: z.string(),
});
const threadSchema = z.strictObject({ title: z.string(), messages: z.array(messageSchema) });
type Message = z.infer<typeof messageSchema>;
type Written = z.infer<typeof threadSchema>;

/** A message of a thread, of the team's channel, or to one member, as this machine shows it. */
export interface ThreadMessage {
  readonly id: string;
  readonly at: Instant;
  readonly edits: number;
  readonly locale: Locale;
  readonly reply: Reply;
}

/** Messages that belong together. */
export interface Thread {
  readonly id: string;
  readonly title: string;
  readonly messages: readonly ThreadMessage[];
}

/** Whose a thread is: everybody's thread, the channel itself, or one member's own. */
export type ThreadName =
  | { readonly kind: "thread"; readonly thread: string }
  | { readonly kind: "channel" }
  | { readonly kind: "member"; readonly member: MemberId };

/** What has been written or changed, for those who look at it. */
export interface ThreadNews {
  readonly name: ThreadName;
  readonly message: ThreadMessage;
}

const idOf = (name: ThreadName): string =>
  name.kind === "thread"
    ? `thread/${name.thread}`
    : name.kind === "member"
      ? `member/${name.member}`
      : name.kind;

const pictured = z.looseObject({ kind: z.literal("picture"), png: z.string() });

const toText = (reply: Reply): string =>
  JSON.stringify(reply, function (this: Record<string, unknown>, key: string, value: unknown) {
    // A Buffer has turned itself into JSON before it arrives as `value`.
    const raw = this[key];
    return raw instanceof Uint8Array ? Buffer.from(raw).toString("base64") : value;
  });

/** What this program has written itself. */
const fromText = (text: string): Reply =>
  JSON.parse(text, (_, value: unknown) => {
    const { success, data } = pictured.safeParse(value);
    return success ? { ...data, png: new Uint8Array(Buffer.from(data.png, "base64")) } : value;
  });

const shown = ({ key, at, edits, locale, reply }: Message): ThreadMessage => ({
  id: key,
  at,
  edits,
  locale,
  reply: fromText(reply),
});

/** The first message, by which people come in, and the newest for which there is room. */
function fitting([first, ...others]: readonly Message[]): Message[] {
  if (first === undefined) return [];
  const kept: Message[] = [];
  let room = MOST_CHARACTERS - first.reply.length;
  for (const message of others.toReversed()) {
    room -= message.reply.length + message.key.length;
    if (kept.length > 0 && (room < 0 || kept.length === MOST_MESSAGES)) break;
    kept.push(message);
  }
  return [first, ...kept.toReversed()];
}

/** Keeps what the bot says unasked on this machine, where no platform does, and tells those who look. */
export class Threads {
  readonly #tenant: TenantId;
  readonly #services: Pick<Services, "store" | "clock">;
  readonly #listeners = new Set<(news: ThreadNews) => void>();

  constructor(tenant: TenantId, services: Pick<Services, "store" | "clock">) {
    this.#tenant = tenant;
    this.#services = services;
  }

  /** The result ends the listening. */
  listen(listener: (news: ThreadNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes a message unless one of its key is there. */
  async write(
    name: ThreadName,
    { key, reply, locale, title = "" }: { key: string; reply: Reply; locale: Locale; title?: string },
  ): Promise<void> {
    const message = { key, at: this.#services.clock.now(), locale, edits: 0, reply: toText(reply) };
    await this.#change(name, (thread) =>
      thread.messages.some((one) => one.key === key)
        ? null
        : { title: thread.title || title, messages: [...thread.messages, message] },
    );
  }

  /** Puts a reply in the place of a message; one that is gone is left so. */
  async rewrite(name: ThreadName, key: string, reply: Reply): Promise<void> {
    const text = toText(reply);
    await this.#change(name, ({ title, messages }) => {
      const standing = messages.find((one) => one.key === key);
      if (standing === undefined || standing.reply === text) return null;
      const edited = { ...standing, reply: text, edits: standing.edits + 1 };
      return { title, messages: messages.map((one) => (one === standing ? edited : one)) };
    });
  }

  async #change(name: ThreadName, change: (thread: Written) => Written | null): Promise<void> {
    let news: Message | undefined;
    const dossier = { tenant: this.#tenant, kind: KIND, id: idOf(name) } as const;
    await changeDossier(this.#services.store, dossier, (standing) => {
      news = undefined;
      const thread =
        standing === null ? { title: "", messages: [] } : threadSchema.parse(JSON.parse(standing.text));
      const next = change(thread);
      if (next === null) return null;
      news = next.messages.find((message) => !thread.messages.includes(message));
      return { text: JSON.stringify({ ...next, messages: fitting(next.messages) }), wakeAt: null };
    });
    if (news === undefined) return;
    for (const listener of this.#listeners) listener({ name, message: shown(news) });
  }

  /** What is shown of a thread. */
  async read(name: ThreadName): Promise<Thread> {
    const kept = await this.#services.store.dossier(this.#tenant, KIND, idOf(name));
    return this.#thread(idOf(name), name.kind, kept?.text ?? null);
  }

  /** Threads in which something was written within the last day, the newest first. */
  async threads(): Promise<readonly Thread[]> {
    const query = { tenant: this.#tenant, kind: KIND, prefix: "thread/", limit: MOST_READ } as const;
    const kept = await this.#services.store.dossiers(query);
    return kept
      .map(({ id, text }) => this.#thread(id.replace(/^thread\//, ""), "thread", text))
      .filter(({ messages }) => messages.length > 0)
      .toSorted((one, other) => (other.messages.at(-1)?.at ?? 0) - (one.messages.at(-1)?.at ?? 0));
  }

  /** Drops threads that nobody has written in for a day: their interviews are over. */
  async tidy(): Promise<void> {
    const query = { tenant: this.#tenant, kind: KIND, prefix: "thread/", limit: MOST_READ } as const;
    for (const { id, text } of await this.#services.store.dossiers(query))
      if (this.#thread(id, "thread", text).messages.length === 0)
        await this.#services.store.dropDossier(this.#tenant, KIND, id);
  }

  #thread(id: string, kind: ThreadName["kind"], text: string | null): Thread {
    if (text === null) return { id, title: "", messages: [] };
    const { title, messages } = threadSchema.parse(JSON.parse(text));
    const since = this.#services.clock.now() - SHOWN_MS[kind];
    return { id, title, messages: messages.filter(({ at }) => at >= since).map(shown) };
  }
}
