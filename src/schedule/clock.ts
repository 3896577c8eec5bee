import { performance } from "node:perf_hooks";
import type { ClockParts } from "./parts.ts";
import { sharedClock } from "./shared-clock.ts";
import { sweep } from "./sweep.ts";
import { cronTick, type Tick } from "./tick.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Every channel is looked at once a day, and a crowd of them is spread over minutes. */
const LATEST_PLAN_MS = DAY_MS + HOUR_MS;

export interface RunningClock {
  /** Resolves when the sweep of the start is done; never rejects. */
  readonly ready: Promise<void>;
  /** Looks at the channels now; waits for a sweep that is running instead of starting a second. Never rejects. */
  sweepNow(): Promise<void>;
  /** Resolves when no sweep runs any more and none will. What it has begun is finished, the rest is left to others. */
  stop(): Promise<void>;
}

/**
 * Starts the clock: it sweeps once at once, for what fell due while the process was away, and then at every tick.
 * Trouble of the store is logged when it begins and when it is over, not at every tick.
 *
 * @param monotonic milliseconds that only ever grow
 */
export const startClock = (
  given: ClockParts,
  tick: Tick = cronTick,
  monotonic: () => number = () => performance.now(),
): RunningClock => {
  const { store, log } = given;
  const clock = sharedClock(store, given.clock, monotonic);
  const parts: ClockParts = { ...given, clock };
  let reconciledAt: number | null = null;
  let isFailing = false;
  let waiting = 0;
  parts.operation?.addQueue({ name: "channels", waiting: () => waiting, limit: null });
  let isEnding = false;
  let running: Promise<void> | null = null;

  /**
   * Has every channel looked at, whatever was planned for it: at the start, after a new time zone database or a mistake,
   * and every hour. Processes that share a store take turns at that, once a day, as looking at a hundred thousand
   * channels is work; but at the start and every hour each has those looked at that lost their plan, and sees to it that
   * none is planned later than any channel can be.
   */
  const reconcile = async (): Promise<void> => {
    const now = clock.now();
    // A clock that was put back is a reason too.
    if (reconciledAt !== null && Math.abs(now - reconciledAt) < HOUR_MS) return;
    const isShared = store.now !== undefined;
    const name = `look-at-all/${process.versions.tz}`;
    const mayLook = !isShared || (await store.takeTurn(name, 1000 / DAY_MS, 0)) !== null;
    await store.wakeAllSchedules(mayLook ? now : now + LATEST_PLAN_MS);
    reconciledAt = now;
  };

  const sweepOnce = async (): Promise<void> => {
    parts.beat?.();
    const begun = parts.meter?.now() ?? 0;
    try {
      await clock.settle();
      await reconcile();
      const count = await sweep(parts, {
        isEnding: () => isEnding,
        settle: clock.settle,
        waiting: (count) => {
          waiting = count;
        },
      });
      if (count.posted + count.skipped > 0) log.info("the clock went round", { ...count });
      if (isFailing) log.info("the clock goes again");
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.error("the clock could not read the schedules; it goes on trying", error);
      isFailing = true;
    }
    parts.meter?.time("sweep", { clock: "channels" }, parts.meter.now() - begun);
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
      isEnding = true;
      await stopTicking();
      await running;
    },
  };
};
