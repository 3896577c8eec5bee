import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TenantId } from "#core/ids";
import { recordText, type StoreContents } from "#core/migration/record";
import { restoreInto } from "#core/migration/restore";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import { type Config, readConfig } from "#src/config";
import { createLog } from "#src/log";
import { readAddress } from "#src/store/redis/address";
import { openRedisContents } from "#src/store/redis/contents";
import { beginMigration, endMigration } from "#src/store/redis/migration";
import type { RedisOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteContents } from "#src/store/sqlite/contents";
import { openSqliteStore } from "#src/store/sqlite/store";

/** How many records are written at once. */
const AT_ONCE = 200;

/** One end of a migration. */
interface Place {
  /** Without a password. */
  readonly shown: string;
  contents(): Promise<StoreContents>;
  /** @throws Refusal where it holds anything that this migration did not bring */
  begin(from: string): Promise<void>;
  store(): Promise<Store>;
  end(): Promise<void>;
}

/** What lies beside a data file while it is not whole. */
const unfinishedMark = (file: string): string => `${file}.migrating`;

const sqlitePlace = (file: string): Place => ({
  shown: `sqlite:${file}`,
  contents: async () => {
    if (!existsSync(file)) throw new Refusal((say) => say.cli.noDataFile(file));
    return openSqliteContents({ file });
  },
  begin: async (from) => {
    const mark = unfinishedMark(file);
    const begun = existsSync(mark) ? readFileSync(mark, "utf8").trimEnd() : null;
    if (begun === from) return;
    if (begun !== null) throw new Refusal((say) => say.redis.otherMigration(`sqlite:${file}`, begun));
    if (existsSync(file)) throw new Refusal((say) => say.redis.notEmpty(`sqlite:${file}`));
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(mark, `${from}\n`);
    } catch (cause) {
      throw new StoreFailure("read-only", file, { cause });
    }
  },
  store: () => openSqliteStore({ file }),
  end: async () => rmSync(unfinishedMark(file)),
});

const redisPlace = (options: RedisOptions): Place => ({
  shown: readAddress(options.url).shown,
  // Reading asks nothing of how safe it is.
  contents: () => openRedisContents({ ...options, durability: "none", isMigrating: true }),
  begin: (from) => beginMigration(options, from),
  store: () => openRedisStore({ ...options, isMigrating: true }),
  end: () => endMigration(options),
});

/** `sqlite`, `sqlite:FILE`, `redis` (the one in the environment) or an address of Redis. */
const placeNamed = (text: string, { dataFolder, redis, logLevel }: Config): Place => {
  const log = createLog(logLevel);
  if (text === "sqlite") return sqlitePlace(resolve(join(dataFolder, "rehearsal.db")));
  if (text.startsWith("sqlite:")) return sqlitePlace(resolve(text.slice("sqlite:".length)));
  if (text !== "redis") return redisPlace({ ...redis, url: text, log });
  if (redis === null) throw new Refusal((say) => say.cli.noRedis);
  return redisPlace({ ...redis, log });
};

interface Sum {
  readonly records: number;
  readonly digest: string;
}

/** Counts what is kept of a tenant and digests it, in whatever order it comes. */
const sumOf = async (contents: StoreContents, tenant: TenantId, now: number): Promise<Sum> => {
  const digests: string[] = [];
  for await (const record of contents.records(tenant, now))
    digests.push(createHash("sha256").update(recordText(record)).digest("hex"));
  const digest = createHash("sha256").update(digests.toSorted().join("\n")).digest("hex");
  return { records: digests.length, digest };
};

const copyTenant = async (from: StoreContents, to: Store, tenant: TenantId, now: number): Promise<void> => {
  const restore = restoreInto(to, tenant, now);
  let group: Promise<void>[] = [];
  let kind = "";
  for await (const record of from.records(tenant, now)) {
    // A kind is written whole before the next; rounds, hints and posts one after the other: their order counts.
    const isOrdered = record.kind === "round" || record.kind === "hint" || record.kind === "post";
    if (group.length >= AT_ONCE || record.kind !== kind || isOrdered) {
      await Promise.all(group);
      group = [];
    }
    kind = record.kind;
    group.push(restore(record));
  }
  await Promise.all(group);
};

export interface Moved {
  readonly tenants: number;
  readonly records: number;
  /** Of every tenant's digest, the same on both sides. */
  readonly digest: string;
}

/** Copies all and reads it back from both sides. */
const copyAll = async (from: Place, to: Place, now: number): Promise<Moved> => {
  const source = await from.contents();
  try {
    await to.begin(from.shown);
    const tenants = await source.tenants();
    const target = await to.store();
    try {
      for (const tenant of tenants) await copyTenant(source, target, tenant, now);
    } finally {
      await target.close();
    }
    const arrived = await to.contents();
    const whole = createHash("sha256");
    let records = 0;
    try {
      for (const tenant of tenants) {
        const sent = await sumOf(source, tenant, now);
        const got = await sumOf(arrived, tenant, now);
        if (sent.digest !== got.digest || sent.records !== got.records)
          throw new Refusal((say) => say.redis.differs(to.shown));
        whole.update(sent.digest);
        records += sent.records;
      }
    } finally {
      await arrived.close();
    }
    await to.end();
    return { tenants: tenants.length, records, digest: whole.digest("hex") };
  } finally {
    await source.close();
  }
};

/**
 * Moves everything from one place to another and reads it back; what was interrupted goes on when it is called again.
 *
 * @param from `sqlite`, `sqlite:FILE`, `redis` or an address of Redis
 * @throws Refusal where the target is not empty, or what arrived differs
 */
export const migrateBetween = (from: string, to: string, now: number): Promise<Moved> => {
  const config = readConfig(process.env);
  return copyAll(placeNamed(from, config), placeNamed(to, config), now);
};
