import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateBetween } from "#src/cli/migration";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { allOf, anyDeed, type Deed } from "#test/store/histories";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";

describe("Any history", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  /** What both stores come to, and what is left of it after the journal was played again and after a migration. */
  const outcomesOf = async (deeds: readonly Deed[], path: string): Promise<Record<string, unknown>> => {
    const file = join(path, "one.db");
    const back = join(path, "back.db");
    const sqlite = await openSqliteStore({ file });
    const shared = await openRedisStore({ url: redis.url, log: silent });
    const said: [unknown[], unknown[]] = [[], []];
    for (const deed of deeds) {
      said[0].push(await deed(sqlite));
      said[1].push(await deed(shared));
    }
    const seen = [await allOf(sqlite), await allOf(shared)];
    await sqlite.close();
    await rebuildFromJournal({ url: redis.url, log: silent });
    const rebuilt = await allOf(shared);
    await shared.close();
    await migrateBetween(redis.url, `sqlite:${back}`, 1_000);
    const moved = await openSqliteStore({ file: back });
    const after = await allOf(moved);
    await moved.close();
    return { said, seen, rebuilt, after };
  };

  it("ends the same in a file and in Redis, after the journal is played again, and after a migration", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { maxLength: 100, size: "max" }), async (deeds) => {
        await redis.admin.flushall();
        const folder = newFolder();
        try {
          const { said, seen, rebuilt, after } = await outcomesOf(deeds, folder.path);
          const [ofSqlite, ofRedis] = said as [unknown, unknown];
          const [inSqlite, inRedis] = seen as [unknown, unknown];
          expect(ofRedis).toEqual(ofSqlite);
          expect(inRedis).toEqual(inSqlite);
          expect(rebuilt).toEqual(inSqlite);
          expect(after).toEqual(inSqlite);
        } finally {
          folder.remove();
        }
      }),
      { numRuns: 8, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});
