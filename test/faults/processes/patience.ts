import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import type { RedisOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";

const PAUSE_MS = 100;

/** Asks the store again while it is away, for at most so long. */
export const patiently = async <Result>(ask: () => Promise<Result>, withinMs = 60_000): Promise<Result> => {
  const until = Date.now() + withinMs;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof StoreFailure || error instanceof Refusal;
      if (!isAway || Date.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
};

/** Opens a store on a server that a test may be killing at this moment. */
export const openPatiently = (options: RedisOptions): Promise<Store> =>
  patiently(() => openRedisStore(options));
