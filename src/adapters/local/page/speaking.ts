import { createHash } from "node:crypto";
import type { Channels } from "#core/channels";
import type { DirectMessages } from "#core/direct-messages";
import type { Services } from "#core/services";
import type { Stages } from "#core/stages";
import type { ThreadName, Threads } from "./threads.ts";

export interface LocalSpeaking {
  readonly stages: Stages;
  readonly directMessages: DirectMessages;
  readonly reports: Pick<Channels, "post">;
  /** Resolves when no message is being edited: a press does not wait for that, but the end of the program does. */
  rest(): Promise<void>;
}

/** A message that says something else at every look is never done. */
const MOST_LOOKS = 10;

/** How the bot speaks unasked on this machine: threads, the channel, and each member's own messages are threads. */
export function speakOnThisMachine(threads: Threads, { store }: Pick<Services, "store">): LocalSpeaking {
  const localeIn: (...at: Parameters<typeof store.schedule>) => Promise<"en" | "zh"> = async (...at) =>
    (await store.schedule(...at))?.locale ?? "en";
  const of = (thread: string): ThreadName => ({ kind: "thread", thread });
  const editing = new Set<Promise<void>>();
  const edit = async (
    thread: string,
    message: string,
    read: Parameters<Stages["edit"]>[2],
  ): Promise<void> => {
    let written: string | null = null;
    // Whoever wrote something old over something new sees that afterwards, and mends it.
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const reply = await read();
      const says = reply === null ? null : JSON.stringify(reply);
      if (reply === null || says === written) return;
      await threads.rewrite(of(thread), message, reply);
      written = says;
    }
  };
  return {
    stages: {
      obstacle: () => null,
      async open(tenant, channel, title, reply, { key }) {
        // The key may be longer than the id of a dossier has room for.
        const thread = createHash("sha256").update(key).digest("base64url").slice(0, 22);
        await threads.tidy();
        await threads.write(of(thread), { key, reply, title, locale: await localeIn(tenant, channel) });
        return { thread, message: key };
      },
      async post({ tenant, channel, thread }, reply, { key }) {
        await threads.write(of(thread), { key, reply, locale: await localeIn(tenant, channel) });
        return key;
      },
      async edit({ thread }, message, read) {
        const running = edit(thread, message, read);
        editing.add(running);
        await running.finally(() => editing.delete(running));
      },
    },
    directMessages: {
      async send(_tenant, member, reply, key, locale) {
        await threads.write({ kind: "member", member }, { key, reply, locale });
        return "sent";
      },
    },
    reports: {
      async post(tenant, channel, reply, submission) {
        const locale = await localeIn(tenant, channel);
        await threads.write({ kind: "channel" }, { key: submission, reply, locale });
      },
    },
    async rest() {
      await Promise.allSettled(editing);
    },
  };
}
