import type { Reply } from "#core/reply";
import type { Once, Opened, Stage, Stages } from "#core/stages";
import { wordsOf } from "#test/doubles/team";

export interface RecordedStages extends Stages {
  /** Every message that stands in a thread, as it reads now, in the order they were posted. */
  posts(thread?: string): readonly { readonly key: string; readonly reply: Reply }[];
  /** What they say, as one text. */
  words(thread?: string): string;
  /** From now on calls fail with it, where it is no null; the message stands there all the same where `after` is set. */
  fail(error: Error | null, after?: boolean): void;
}

/** Threads in memory, in which the same key twice is one message. */
export function recordedStages(): RecordedStages {
  const messages = new Map<string, { readonly thread: string; readonly reply: Reply }>();
  let failure: { readonly error: Error; readonly after: boolean } | null = null;
  const put = (thread: string, key: string, reply: Reply): void => {
    if (failure !== null && !failure.after) throw failure.error;
    if (!messages.has(key)) messages.set(key, { thread, reply });
    if (failure !== null) throw failure.error;
  };
  const postsIn = (thread?: string) =>
    [...messages]
      .filter(([, message]) => thread === undefined || message.thread === thread)
      .map(([key, { reply }]) => ({ key, reply }));
  return {
    obstacle: () => null,
    async open(_tenant, _channel, _title, first: Reply, { key }: Once): Promise<Opened> {
      put(key, key, first);
      return { thread: key, message: key };
    },
    async post({ thread }: Stage, reply: Reply, { key }: Once): Promise<string> {
      put(thread, key, reply);
      return key;
    },
    async edit(_stage, message, read): Promise<void> {
      if (failure !== null) throw failure.error;
      const before = messages.get(message);
      const reply = await read();
      if (before !== undefined && reply !== null) messages.set(message, { ...before, reply });
    },
    posts: postsIn,
    words: (thread) =>
      postsIn(thread)
        .map(({ reply }) => wordsOf(reply))
        .join("\n\n"),
    fail(error, after = false) {
      failure = error === null ? null : { error, after };
    },
  };
}
