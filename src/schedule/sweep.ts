import type { Schedule } from "#core/schedule/schedule";
import { sweepChannel } from "./channel.ts";
import type { ClockParts } from "./parts.ts";

/** How many channels one sweep takes up; the others come with the next tick. */
const CHANNELS_PER_SWEEP = 500;
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

/**
 * One look at all channels whose time has come. It holds no state and may run at any time, any number of times, in
 * any number of processes: what was posted is in the store, and the store alone decides.
 *
 * A channel's failure is logged, and the others go on.
 *
 * @throws what the store throws where the channels cannot be read at all
 */
export const sweep = async (parts: ClockParts): Promise<SweepCount> => {
  const { store, clock, log } = parts;
  const waking = await store.schedulesToWake(clock.now(), CHANNELS_PER_SWEEP);

  const sweepOne = async (schedule: Schedule): Promise<Omit<SweepCount, "looked">> => {
    try {
      const { wakeAt, ...count } = await sweepChannel(schedule, parts);
      await store.wakeSchedule(schedule, wakeAt);
      return { ...count, failed: 0 };
    } catch (error) {
      const { tenant, channel } = schedule;
      log.error("a channel could not be looked at", error, { tenant, channel });
      await store.wakeSchedule(schedule, clock.now() + TRY_AGAIN_MS).catch(() => {
        // The same trouble once more: the channel stays due and comes with the next tick.
      });
      return { posted: 0, skipped: 0, failed: 1 };
    }
  };

  let count: SweepCount = { looked: 0, posted: 0, skipped: 0, failed: 0 };
  for (let at = 0; at < waking.length; at += AT_A_TIME) {
    const group = waking.slice(at, at + AT_A_TIME);
    for (const one of await Promise.all(group.map(({ schedule }) => sweepOne(schedule))))
      count = {
        looked: count.looked + 1,
        posted: count.posted + one.posted,
        skipped: count.skipped + one.skipped,
        failed: count.failed + one.failed,
      };
  }
  return count;
};
