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
}

/** @param now when a message arrives */
export const openPlatform = (now: () => Instant): Platform => {
  const messages: PostedMessage[] = [];
  return {
    messages,
    of: (kind) => messages.filter(({ announcement }) => announcement.kind === kind),
    post: async (announcement) => {
      const id = `message-${messages.length + 1}`;
      messages.push({ id, announcement, at: now() });
      return id;
    },
    find: async ({ key, tenant, channel }) =>
      messages.find(
        ({ announcement: other }) =>
          other.key === key && other.tenant === tenant && other.channel === channel,
      )?.id ?? null,
  };
};
