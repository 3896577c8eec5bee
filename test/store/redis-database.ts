import { createLog } from "#src/log";
import type { RedisOptions as StoreOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import type { OpenedStore } from "#test/contracts/store";
import type { RunningRedis } from "#test/doubles/redis/server";

export const silent = createLog("silent");

/** Empties every master among the nodes. */
const emptied = async (nodes: readonly RunningRedis[]): Promise<void> => {
  await Promise.all(
    nodes.map(async ({ admin }) => {
      const [role] = (await admin.role()) as [string];
      if (role === "master") await admin.flushall();
    }),
  );
};

/** An empty store on servers that run already. */
export const openOnServers =
  (nodes: () => readonly RunningRedis[], options: () => Omit<StoreOptions, "log">) =>
  async (): Promise<OpenedStore> => {
    await emptied(nodes());
    const open = () => openRedisStore({ ...options(), log: silent });
    let store = await open();
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await open();
        return store;
      },
      dispose: () => store.close(),
    };
  };
