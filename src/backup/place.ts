import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { StoreContents } from "#core/migration/record";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import type { Config } from "#src/config";
import { createLog } from "#src/log";
import { readAddress } from "#src/store/redis/address";
import { openRedisContents } from "#src/store/redis/contents";
import { beginMigration, endMigration } from "#src/store/redis/migration";
import type { RedisOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteContents } from "#src/store/sqlite/contents";
import { openSqliteStore } from "#src/store/sqlite/store";
import { copyDataFile } from "./snapshot.ts";

/** Where everything is kept, as a migration's end, a backup's source or a restore's target. */
export interface Place {
  /** Without a password. */
  readonly shown: string;
  /** The data file, or how Redis is reached. */
  readonly at:
    | { readonly kind: "sqlite"; readonly file: string }
    | { readonly kind: "redis"; readonly options: RedisOptions };
  contents(): Promise<StoreContents>;
  /**
   * What is kept while a bot goes on writing.
   *
   * @param folder for this alone, with room for a copy of the data file
   */
  snapshot(folder: string): Promise<StoreContents>;
  /** @throws Refusal where it holds anything that this migration did not bring */
  begin(from: string): Promise<void>;
  store(): Promise<Store>;
  end(): Promise<void>;
}

/** What lies beside a data file while it is not whole. */
const unfinishedMark = (file: string): string => `${file}.migrating`;

const sqlitePlace = (file: string): Place => {
  const mustExist = (): void => {
    if (!existsSync(file)) throw new Refusal((say) => say.cli.noDataFile(file));
  };
  return {
    shown: `sqlite:${file}`,
    at: { kind: "sqlite", file },
    contents: async () => {
      mustExist();
      return openSqliteContents({ file });
    },
    snapshot: async (folder) => {
      mustExist();
      if (existsSync(unfinishedMark(file))) throw new Refusal((say) => say.redis.migrating(file));
      const copy = join(folder, "copy.db");
      copyDataFile(file, copy);
      // Trouble with a copy is trouble with what it was made of.
      return openSqliteContents({ file: copy, shown: file });
    },
    begin: async (from) => {
      const mark = unfinishedMark(file);
      const begun = existsSync(mark) ? readFileSync(mark, "utf8").trimEnd() : null;
      if (begun === from) return;
      if (begun !== null) throw new Refusal((say) => say.redis.otherMigration(`sqlite:${file}`, begun));
      if (existsSync(file)) throw new Refusal((say) => say.redis.notEmpty(`sqlite:${file}`));
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(mark, `${from}\n`);
      } catch (cause) {
        throw new StoreFailure("read-only", file, { cause });
      }
    },
    store: () => openSqliteStore({ file }),
    end: async () => rmSync(unfinishedMark(file)),
  };
};

const redisPlace = (options: RedisOptions): Place => {
  // Reading asks nothing of how safe it is.
  const contents = () => openRedisContents({ ...options, durability: "none", isMigrating: true });
  return {
    shown: readAddress(options.url).shown,
    at: { kind: "redis", options },
    contents,
    snapshot: () => openRedisContents({ ...options, durability: "none" }),
    begin: (from) => beginMigration(options, from),
    store: () => openRedisStore({ ...options, isMigrating: true }),
    end: () => endMigration(options),
  };
};

/** `sqlite`, `sqlite:FILE`, `redis` (the one in the environment), an address of Redis; '' is what a bot would use. */
export const placeNamed = (text: string, { dataFolder, redis, logLevel }: Config): Place => {
  const log = createLog(logLevel);
  const name = text === "" ? (redis === null ? "sqlite" : "redis") : text;
  if (name === "sqlite") return sqlitePlace(resolve(join(dataFolder, "rehearsal.db")));
  if (name.startsWith("sqlite:")) return sqlitePlace(resolve(name.slice("sqlite:".length)));
  if (name !== "redis") return redisPlace({ ...redis, url: name, log });
  if (redis === null) throw new Refusal((say) => say.cli.noRedis);
  return redisPlace({ ...redis, log });
};
