import type { Instant } from "#core/ids";
import type { Announcement, Poster } from "#core/ports";

export interface PostedMessage {
  readonly id: string;
  readonly announcement: Announcement;
  readonly at: Instant;
}

/** A platform that keeps every message it was ever sent, also the second one with the same key. */
export interface Platform extends Poster {
  readonly messages: PostedMessage[];
  of(kind: Announcement["kind"]): readonly PostedMessage[];
  dropTwins(announcement: Announcement, since: Instant, kept: string): Promise<void>;
}

/** @param now when a message arrives */
export const openPlatform = (now: () => Instant): Platform => {
  const messages: PostedMessage[] = [];
  let count = 0;
  return {
    messages,
    of: (kind) => messages.filter(({ announcement }) => announcement.kind === kind),
    post: async (announcement) => {
      count += 1;
      const id = `message-${count}`;
      messages.push({ id, announcement, at: now() });
      return id;
    },
    find: async ({ key, tenant, channel }) =>
      messages.find(
        ({ announcement: other }) =>
          other.key === key && other.tenant === tenant && other.channel === channel,
      )?.id ?? null,
    dropTwins: async ({ key }, _, kept) => {
      const twins = messages.filter(({ id, announcement }) => announcement.key === key && id !== kept);
      for (const twin of twins) messages.splice(messages.indexOf(twin), 1);
    },
  };
};
