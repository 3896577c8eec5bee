import type { ChannelId, Instant } from "#core/ids";
import type { StreakChoice } from "./choice.ts";

const DAY_MS = 86_400_000;
/** So long must a member stay with a channel before their home can move again. */
const HOME_STAYS_MS = 30 * DAY_MS;

/** A channel whose rounds decided a member's streak where they opened within `from` ≤ opening < `until`. */
export interface Home {
  readonly channel: ChannelId;
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * A member's home channels one after the other, without a gap: first the one they answered in first, then those they
 * moved to. A move less than 30 days after the last one counts for nothing.
 */
export const homesOf = (first: ChannelId, choices: readonly StreakChoice[]): readonly [Home, ...Home[]] => {
  const moves = choices
    .filter((choice) => choice.kind === "home")
    .sort((one, other) => one.at - other.at || (one.channel < other.channel ? -1 : 1));
  let current: Home = { channel: first, from: 0, until: Number.MAX_SAFE_INTEGER };
  let movedAt: Instant | null = null;
  const homes: Home[] = [];
  for (const { channel, at } of moves) {
    if (channel === current.channel || (movedAt !== null && at - movedAt < HOME_STAYS_MS)) continue;
    homes.push({ ...current, until: at });
    current = { channel, from: at, until: Number.MAX_SAFE_INTEGER };
    movedAt = at;
  }
  const [oldest, ...others] = [...homes, current];
  return oldest === undefined ? [current] : [oldest, ...others];
};

/** The home at an instant. */
export const homeAt = (homes: readonly [Home, ...Home[]], at: Instant): ChannelId =>
  (homes.find((home) => home.from <= at && at < home.until) ?? homes[0]).channel;

/** When a member may move again; null where they may at once. */
export const movesAgainAt = (homes: readonly Home[], now: Instant): Instant | null => {
  const movedAt = homes.at(-1)?.from ?? 0;
  return movedAt === 0 || now - movedAt >= HOME_STAYS_MS ? null : movedAt + HOME_STAYS_MS;
};
