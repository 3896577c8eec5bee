import type { Instant } from "#core/ids";
import type { Clock, Store } from "#core/ports";

/** A reading older than this is made again: two machines' seconds are not quite of one length. */
const READING_MS = 10_000;
/** By so much a machine's two clocks may differ before one of them must have been set, or stopped with the machine. */
const MOVED_MS = 1_000;

export interface SharedClock extends Clock {
  /** Reads the store's clock again where the last reading cannot be trusted any more. To be called before any decision. */
  settle(): Promise<void>;
}

/**
 * The time by the store's clock, on which all processes agree, so that one whose own clock is wrong posts nothing early
 * and keeps no lease for longer than the others believe. Where the store has no clock it is the machine's.
 *
 * Between two readings the further of the machine's clocks counts: the monotonic one where somebody put the other back,
 * the wall clock where the machine was asleep. Both errors make a lease seem shorter than it is, never longer.
 *
 * @param wall the machine's time of day, which anybody may set
 * @param monotonic milliseconds that only ever grow
 */
export const sharedClock = (store: Store, wall: Clock, monotonic: () => number): SharedClock => {
  if (store.now === undefined) return { now: () => wall.now(), settle: async () => {} };
  const readStore = store.now.bind(store);
  let reading: { readonly at: Instant; readonly wall: number; readonly monotonic: number } | null = null;

  const passed = (since: NonNullable<typeof reading>) => ({
    byWall: wall.now() - since.wall,
    byMonotonic: monotonic() - since.monotonic,
  });
  return {
    now: () => {
      if (reading === null) return wall.now();
      const { byWall, byMonotonic } = passed(reading);
      return Math.floor(reading.at + Math.max(byWall, byMonotonic));
    },
    settle: async () => {
      if (reading !== null) {
        const { byWall, byMonotonic } = passed(reading);
        if (byMonotonic < READING_MS && Math.abs(byWall - byMonotonic) < MOVED_MS) return;
      }
      const at = await readStore();
      reading = { at, wall: wall.now(), monotonic: monotonic() };
    },
  };
};
