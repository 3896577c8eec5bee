import type { Instant } from "#core/ids";
import type { PostKey } from "#core/schedule/post-record";
import type { ClockParts } from "./parts.ts";

/** A turn this near is waited for; for one further off the channel goes back, and its worker takes up another. */
const PATIENCE_MS = 5_000;

/**
 * Waits until one more post into the channel stays within what its platform allows all processes together. Asked before
 * the right to post, so that the wait takes nothing from its lease. Null when the turn has come; otherwise when to ask
 * again.
 */
export const waitForTurn = async (
  { tenant, channel }: Pick<PostKey, "tenant" | "channel">,
  { store, poster, clock, pause }: ClockParts,
): Promise<Instant | null> => {
  let longest = 0;
  for (const { name, perSecond } of poster.paces?.(tenant, channel) ?? []) {
    const waitMs = await store.takeTurn(name, perSecond, PATIENCE_MS);
    if (waitMs === null) return clock.now() + PATIENCE_MS;
    longest = Math.max(longest, waitMs);
  }
  if (longest > 0) await pause(longest);
  return null;
};
