import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { openSqliteStore } from "#src/store/sqlite/store";
import { roundOn, tenant } from "#test/contracts/store-samples";
import { startWriter } from "#test/faults/store-process";
import { newFolder } from "#test/store/sqlite-folder";

describe("a store in SQLite whose process is killed", () => {
  let folder: ReturnType<typeof newFolder>;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => folder.remove());

  it("loses no acknowledged answer and no study day, wherever the kill falls, time after time", async () => {
    // All runs share one file: each start recovers what the kill before left behind.
    const file = join(folder.path, "rehearsal.db");
    const acknowledged = new Set<string>();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (linesBeforeKill) => {
        run += 1;
        const writer = startWriter(file, `run${run}`);
        await writer.lines(1 + linesBeforeKill);
        const [ready, ...names] = await writer.kill();
        expect(ready).toBe("ready");
        expect(names.length).toBeGreaterThanOrEqual(linesBeforeKill);
        for (const name of names) acknowledged.add(name);

        const store = await openSqliteStore({ file });
        const kept = await store.attemptsOfRound(tenant, roundOn(1).id);
        const keptNames = new Set<string>(kept.map(({ submission }) => submission));
        expect([...acknowledged].filter((name) => !keptNames.has(name))).toEqual([]);
        // Kept but not acknowledged is allowed (the kill fell between), half of an answer is not.
        for (const { member, submission, text } of kept) {
          expect(text).toBe(submission.repeat(20));
          expect(await store.ledger(tenant, member)).toEqual([{ date: roundOn(1).date, kind: "pass" }]);
        }
        await store.close();
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it("opens for the next process at once, and for no other while one has it", async () => {
    const file = join(folder.path, "rehearsal.db");
    const writer = startWriter(file, "holder");
    await writer.lines(2);
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      name: "StoreFailure",
      trouble: "in-use",
    });
    await writer.kill();
    const store = await openSqliteStore({ file });
    expect(await store.ledger(tenant, memberIdSchema.parse("holder-0-0"))).toHaveLength(1);
    await store.close();
  });
});
