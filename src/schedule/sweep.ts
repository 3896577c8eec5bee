import { planReports } from "#core/report/act";
import type { WakingSchedule } from "#core/schedule/schedule";
import { sweepChannel } from "./channel.ts";
import { type ClockParts, LEASE_MS } from "./parts.ts";
import { spreadOut } from "./spread.ts";

/** How many channels a process takes up at once; the rest stays for the other processes. */
const CHANNELS_TAKEN = 128;
/** A bound for one sweep, so that its process can be counted on to look up; the others come with the next tick. */
const CHANNELS_PER_SWEEP = 10_000;
/** How many at a time, so that one slow platform call does not hold up everybody. */
const AT_A_TIME = 8;
const TRY_AGAIN_MS = 60_000;

/** What a sweep did. */
export interface SweepCount {
  readonly looked: number;
  readonly posted: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface SweepOptions {
  /** Whether the process is to end: what has begun is finished, and nothing more is taken up. */
  readonly isEnding?: () => boolean;
  /** Called before each decision: the store's clock is read again where that is needed. */
  readonly settle?: () => Promise<void>;
  /** Told how many channels this process has taken up and not come to yet. */
  readonly waiting?: (count: number) => void;
}

/** Whoever has the least time left before its question can no longer be posted comes first. */
const byDeadline = (one: WakingSchedule, other: WakingSchedule): number =>
  one.wakeAt + one.schedule.catchUpMs - (other.wakeAt + other.schedule.catchUpMs);

/**
 * One look at all channels whose time has come. It holds no state and may run at any time, any number of times, in
 * any number of processes: each takes up channels that no other has taken, what was posted is in the store, and the
 * store alone decides.
 *
 * A channel's failure is logged, and the others go on.
 *
 * @throws what the store throws where the channels cannot be read at all
 */
export const sweep = async (
  parts: ClockParts,
  { isEnding = () => false, settle = async () => {}, waiting = () => {} }: SweepOptions = {},
): Promise<SweepCount> => {
  const { store, clock, log } = parts;
  const count = { looked: 0, posted: 0, skipped: 0, failed: 0 };

  const sweepOne = async (
    { schedule, wakeAt: plannedAt }: WakingSchedule,
    takenAt: number,
  ): Promise<void> => {
    if (isEnding()) return store.wakeSchedule(schedule, plannedAt);
    // It took too long to come to this one: by now another process may have taken it up.
    if (clock.now() - takenAt >= LEASE_MS) return;
    count.looked += 1;
    parts.beat?.();
    try {
      await settle();
      const { wakeAt, posted, skipped } = await sweepChannel(schedule, parts);
      // A channel that was just asked is looked at again at once; its question does not wait for this.
      if (posted === 0) await planReports(schedule, parts);
      count.posted += posted;
      count.skipped += skipped;
      await store.wakeSchedule(schedule, spreadOut(schedule, wakeAt, clock.now(), count.looked));
    } catch (error) {
      count.failed += 1;
      const { tenant, channel } = schedule;
      log.error("a channel could not be looked at", error, { tenant, channel });
      await store.wakeSchedule(schedule, clock.now() + TRY_AGAIN_MS).catch(() => {
        // The same trouble once more: the channel comes again when the time for which it was taken is over.
      });
    }
  };

  while (!isEnding() && count.looked < CHANNELS_PER_SWEEP) {
    await settle();
    const takenAt = clock.now();
    const taken = [...(await store.takeSchedules(takenAt, LEASE_MS, CHANNELS_TAKEN))].sort(byDeadline);
    if (taken.length === 0) break;
    const work = async (): Promise<void> => {
      for (let next = taken.shift(); next !== undefined; next = taken.shift()) {
        waiting(taken.length);
        await sweepOne(next, takenAt);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  }
  return count;
};
