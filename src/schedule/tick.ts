import { schedule } from "node-cron";

/** Calls `run` again and again until it is stopped. It may come late, twice or never: it decides nothing. */
export type Tick = (run: () => Promise<void>) => () => Promise<void>;

/** Processes that were started together do not all come to the store in the same moment. */
const APART_MS = 4_000;

/**
 * Every ten seconds, give or take. node-cron drops runs when the machine slept or the event loop was busy, which is why no
 * channel's time is ever given to it.
 */
export const cronTick: Tick = (run) => {
  const task = schedule("*/10 * * * * *", run, {
    name: "the clock",
    noOverlap: true,
    maxRandomDelay: APART_MS,
    suppressMissedWarning: true,
  });
  return async () => {
    await task.destroy();
  };
};
