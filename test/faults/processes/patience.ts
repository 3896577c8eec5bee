import { setTimeout as sleep } from "node:timers/promises";
import { StoreFailure } from "#core/store-failure";

const PAUSE_MS = 100;

/** Asks the store again while it is away, for at most so long. */
export const patiently = async <Result>(ask: () => Promise<Result>, withinMs = 60_000): Promise<Result> => {
  const until = Date.now() + withinMs;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreFailure) || Date.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
};
