import { performance } from "node:perf_hooks";
import type { ClockParts } from "./parts.ts";
import { sharedClock } from "./shared-clock.ts";
import { sweep } from "./sweep.ts";
import { type RunningClock, startSweeping } from "./sweeping.ts";
import type { Tick } from "./tick.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Every channel is looked at once a day, and a crowd of them is spread over minutes. */
const LATEST_PLAN_MS = DAY_MS + HOUR_MS;

/**
 * Starts the clock of the daily questions.
 *
 * @param monotonic milliseconds that only ever grow
 */
export const startClock = (
  given: ClockParts,
  tick?: Tick,
  monotonic: () => number = () => performance.now(),
): RunningClock => {
  const { store, log } = given;
  const clock = sharedClock(store, given.clock, monotonic);
  const parts: ClockParts = { ...given, clock };
  let reconciledAt: number | null = null;
  let waiting = 0;
  parts.operation?.addQueue({ name: "channels", waiting: () => waiting, limit: null });

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

  const sweepOnce = async (isEnding: () => boolean): Promise<void> => {
    parts.beat?.();
    const begun = parts.meter?.now() ?? 0;
    try {
      await clock.settle();
      await reconcile();
      const count = await sweep(parts, {
        isEnding,
        settle: clock.settle,
        waiting: (count) => {
          waiting = count;
        },
      });
      if (count.posted + count.skipped > 0) log.info("the clock went round", { ...count });
    } finally {
      parts.meter?.time("sweep", { clock: "channels" }, parts.meter.now() - begun);
    }
  };

  const trouble = "the clock could not read the schedules; it goes on trying";
  return startSweeping({ sweep: sweepOnce, log, trouble, again: "the clock goes again" }, tick);
};
