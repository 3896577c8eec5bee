import type { Log } from "#core/ports";
import { cronTick, type Tick } from "./tick.ts";

export interface RunningClock {
  /** Resolves when the sweep of the start is done; never rejects. */
  readonly ready: Promise<void>;
  /** Looks at what is due now; waits for a sweep that is running instead of starting a second. Never rejects. */
  sweepNow(): Promise<void>;
  /** Resolves when no sweep runs any more and none will. What it has begun is finished, the rest is left to others. */
  stop(): Promise<void>;
}

/** What a clock does, and what the operator reads where it cannot. */
export interface Sweeping {
  /** @param isEnding whether the process is to end: nothing more is taken up then */
  readonly sweep: (isEnding: () => boolean) => Promise<void>;
  readonly log: Log;
  readonly trouble: string;
  readonly again: string;
}

/**
 * Sweeps once at once, for what fell due while the process was away, and then at every tick. Trouble is logged when it
 * begins and when it is over, not at every tick.
 */
export const startSweeping = (
  { sweep, log, trouble, again }: Sweeping,
  tick: Tick = cronTick,
): RunningClock => {
  let isFailing = false;
  let isEnding = false;
  let running: Promise<void> | null = null;

  const sweepOnce = async (): Promise<void> => {
    try {
      await sweep(() => isEnding);
      if (isFailing) log.info(again);
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.error(trouble, error);
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
      isEnding = true;
      await stopTicking();
      await running;
    },
  };
};
