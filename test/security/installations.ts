import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { startRedis } from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";

/** A store with the eyes of somebody who has the disk it lies on. */
export interface Installation {
  readonly store: Store;
  /** Every byte that is kept of it, on the disk and in memory, as one text a byte a character. */
  bytes(): Promise<string>;
  /** Works everything out again from what is kept of it, where it can be. */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

const filesUnder = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");

const onSqlite = async (): Promise<Installation> => {
  const folder = newFolder();
  const store = await openSqliteStore({ file: join(folder.path, "rehearsal.db") });
  return {
    store,
    bytes: async () => filesUnder(folder.path),
    rebuild: async () => {},
    stop: async () => {
      await store.close();
      folder.remove();
    },
  };
};

const onRedis = async (): Promise<Installation> => {
  // Packed texts would hide what is looked for.
  const redis = await startRedis({ settings: { rdbcompression: "no" } });
  const store = await openRedisStore({ url: redis.url, log: silent });
  /** Until whatever the bot has asked for is done: nothing is asked for here. */
  const settled = async (): Promise<void> => {
    while (/aof_rewrite_(?:in_progress|scheduled):1/.test(await redis.admin.info("persistence")))
      await sleep(20);
  };
  return {
    store,
    bytes: async () => {
      await settled();
      const keys = await redis.admin.keys("*");
      const dumps = await Promise.all(keys.map((key) => redis.admin.dumpBuffer(key)));
      return [filesUnder(redis.dir), ...keys, ...dumps.map((dump) => dump?.toString("latin1") ?? "")].join(
        "\n",
      );
    },
    rebuild: async () => {
      await rebuildFromJournal({ url: redis.url, log: silent });
    },
    stop: async () => {
      await store.close();
      await redis.stop();
    },
  };
};

export const installations = { SQLite: onSqlite, Redis: onRedis } as const;
