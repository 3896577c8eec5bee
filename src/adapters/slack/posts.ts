import { z } from "zod";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import type { PastMessage, PostOptions } from "./calls.ts";
import type { SlackMessage } from "./render.ts";
import type { Sending } from "./sending.ts";

const EVENT_TYPE = "daily_post";

const payloadSchema = z.object({
  key: z.string(),
  at: z.int().nonnegative(),
  of: z.int().positive(),
});

/** One message of a post, and what it is found again by. */
export interface PostPart {
  readonly message: SlackMessage;
  readonly metadata: NonNullable<PostOptions["metadata"]>;
}

/** The messages of a post, in order. */
export async function drawPost(
  replies: readonly Reply[],
  locale: Locale,
  key: string,
  sending: Sending,
): Promise<readonly PostPart[]> {
  const messages: SlackMessage[] = [];
  for (const reply of replies) messages.push(...(await sending.draw(reply, locale)));
  return messages.map((message, at) => ({
    message,
    metadata: { event_type: EVENT_TYPE, event_payload: { key, at, of: messages.length } },
  }));
}

/** Which part of a post a message is, from 0, and of how many; null where it belongs to another. */
export function partIn(
  { metadata }: PastMessage,
  key: string,
): { readonly at: number; readonly of: number } | null {
  if (metadata?.event_type !== EVENT_TYPE) return null;
  const payload = payloadSchema.safeParse(metadata.event_payload).data;
  return payload?.key === key ? payload : null;
}
