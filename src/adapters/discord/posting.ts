import type { Log } from "#core/ports";
import type { Calls } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import type { DiscordMessage } from "./render.ts";

/** Posts messages one after the other; whichever process does, and however often, each stands there once. */
export async function postAll(
  channel: string,
  messages: readonly DiscordMessage[],
  key: string,
  calls: Calls,
  replyTo?: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, message] of messages.entries()) {
    // Discord takes a message with the same nonce once: 25 characters at most, like an id and a number.
    const nonce = `${key}-${at}`;
    const options = at === 0 && replyTo !== undefined ? { nonce, replyTo } : { nonce };
    ids.push(await calls.post(channel, message, options));
  }
  return ids;
}

/** Sends messages to one member alone. Null where they take none from us, or Discord did not. */
export async function sendDirectly(
  member: string,
  messages: readonly DiscordMessage[],
  key: string,
  { calls, services: { log } }: { readonly calls: Calls; readonly services: { readonly log: Log } },
): Promise<{ channel: string; ids: readonly string[] } | null> {
  try {
    const channel = await calls.directChannel(member);
    return { channel, ids: await postAll(channel, messages, key, calls) };
  } catch (error) {
    if (troubleOf(error) === "closed") log.info("a member takes no direct messages");
    else log.error("a direct message could not be sent", error);
    return null;
  }
}
