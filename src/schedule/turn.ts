import type { Instant, TenantId } from "#core/ids";
import type { ClockParts } from "./parts.ts";

/** A turn this near is waited for; for one further off the channel goes back, and its worker takes up another. */
const PATIENCE_MS = 5_000;

/**
 * Waits until one more post for the tenant stays within what its platform allows all processes together. Asked before
 * the right to post, so that the wait takes nothing from its lease. Null when the turn has come; otherwise when to ask
 * again.
 */
export const waitForTurn = async (
  tenant: TenantId,
  { store, poster, clock, pause }: ClockParts,
): Promise<Instant | null> => {
  const pace = poster.pace?.(tenant) ?? null;
  if (pace === null) return null;
  const waitMs = await store.takeTurn(pace.name, pace.perSecond, PATIENCE_MS);
  if (waitMs === null) return clock.now() + PATIENCE_MS;
  if (waitMs > 0) await pause(waitMs);
  return null;
};
