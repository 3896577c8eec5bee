import type { ClockParts } from "./parts.ts";
import { sweep } from "./sweep.ts";
import { cronTick, type Tick } from "./tick.ts";

/** How often every channel is looked at, whatever was planned for it: after a new time zone database, or a mistake. */
const RECONCILE_MS = 3_600_000;

export interface RunningClock {
  /** Resolves when the sweep of the start is done; never rejects. */
  readonly ready: Promise<void>;
  /** Looks at the channels now; waits for a sweep that is running instead of starting a second. Never rejects. */
  sweepNow(): Promise<void>;
  /** Resolves when no sweep runs any more and none will. */
  stop(): Promise<void>;
}

/**
 * Starts the clock: it sweeps once at once, for what fell due while the process was away, and then at every tick.
 * Trouble of the store is logged when it begins and when it is over, not at every tick.
 */
export const startClock = (parts: ClockParts, tick: Tick = cronTick): RunningClock => {
  const { store, clock, log } = parts;
  let reconciledAt: number | null = null;
  let isFailing = false;
  let running: Promise<void> | null = null;

  const sweepOnce = async (): Promise<void> => {
    try {
      const now = clock.now();
      // A clock that was put back is a reason too.
      if (reconciledAt === null || Math.abs(now - reconciledAt) >= RECONCILE_MS) {
        await store.wakeAllSchedules(now);
        reconciledAt = now;
      }
      const count = await sweep(parts);
      if (count.posted + count.skipped > 0) log.info("the clock went round", { ...count });
      if (isFailing) log.info("the clock goes again");
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.error("the clock could not read the schedules; it goes on trying", error);
      isFailing = true;
    }
  };
  const sweepNow = (): Promise<void> => {
    running ??= sweepOnce().finally(() => {
      running = null;
    });
    return running;
  };

  const ready = sweepNow();
  const stopTicking = tick(sweepNow);
  return {
    ready,
    sweepNow,
    stop: async () => {
      await stopTicking();
      await running;
    },
  };
};
