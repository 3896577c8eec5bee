import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { memoryNow } from "#core/practice/next";
import { migrateBetween } from "#src/cli/migration";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, member, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";

const DAY_MS = 86_400_000;

/** Answers to rounds and in practice, with hints, pending ones and one that an appeal corrected. */
async function study(store: Store): Promise<void> {
  for (let day = 1; day <= 9; day += 1) {
    const round = await store.openRound(roundOn(day));
    const judged = resultOf(day * 10);
    const result = day % 3 === 0 ? { ...judged, flags: [...judged.flags, "hinted" as const] } : judged;
    const submission = submissionIdSchema.parse(`day-${day}`);
    const inRound = { round: round.id, sentAt: round.opensAt + 1, credit: null };
    await store.recordAttempt(attemptAs(submission, { ...inRound, result: day === 4 ? null : result }));
    const practised = { round: null, sentAt: round.opensAt + DAY_MS / 2, credit: null };
    const again = submissionIdSchema.parse(`practice-${day}`);
    await store.recordAttempt(attemptAs(again, { ...practised, result: resultOf(100 - day * 10) }));
    if (day !== 7) continue;
    const points = judged.points.map((point) => ({ ...point, verdict: "hit" as const }));
    const revised = { ...result, points };
    await store.reviseResult({
      tenant,
      member,
      round: round.id,
      submission,
      judged: result,
      result: revised,
      credit: null,
    });
  }
}

const remembered = async (store: Store): Promise<unknown> => {
  const { memory, lastAsked } = await memoryNow({ tenant, member }, { store });
  return { memory: [...memory].toSorted(), lastAsked: [...lastAsked].toSorted() };
};

describe("What a member remembers", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it("is the same in a file and in Redis, after the journal was played again, and after a migration", async () => {
    const folder = newFolder();
    const file = await openSqliteStore({ file: join(folder.path, "one.db") });
    const shared = await openRedisStore({ url: redis.url, log: silent });
    try {
      await study(file);
      await study(shared);
      const expected = await remembered(file);
      expect(JSON.stringify(expected)).toContain("stability");
      expect(await remembered(shared)).toEqual(expected);
      await rebuildFromJournal({ url: redis.url, log: silent });
      expect(await remembered(shared)).toEqual(expected);
      const back = join(folder.path, "back.db");
      await migrateBetween(redis.url, `sqlite:${back}`, 1_000);
      const moved = await openSqliteStore({ file: back });
      expect(await remembered(moved)).toEqual(expected);
      await moved.close();
    } finally {
      await file.close();
      await shared.close();
      folder.remove();
    }
  });
});
