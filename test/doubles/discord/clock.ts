import { instantSchema } from "#core/ids";
import type { Clock } from "#core/ports";

/** Milliseconds from 1970 to the first of January 2015, where Discord's ids begin to count. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

export interface MovingClock extends Clock {
  advance(ms: number): void;
}

/** A clock that a test puts forward; it goes on by itself where the one below does. */
export function movingClock(below: Clock, moved: () => void): MovingClock {
  let ahead = 0;
  return {
    now: () => instantSchema.parse(below.now() + ahead),
    advance(ms) {
      ahead += ms;
      moved();
    },
  };
}

export const machineClock: Clock = { now: () => instantSchema.parse(Date.now()) };

/** Ids as Discord makes them: later is larger, and when it was can be read from them. */
export function snowflakes(clock: Clock): (at?: number) => string {
  let last = 0n;
  let earlier = 0n;
  return (at) => {
    const made = BigInt(Math.floor(at ?? clock.now()) - DISCORD_EPOCH_MS) << 22n;
    if (at !== undefined) {
      earlier = (earlier + 1n) & 0xfffn;
      return String(made | earlier);
    }
    // Two in one millisecond, and a clock put back, still give ids in the order in which they were made.
    last = made > last ? made : last + 1n;
    return String(last);
  };
}
