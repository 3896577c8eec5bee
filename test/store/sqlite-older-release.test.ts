import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import { scheduleSchema } from "#core/schedule/schedule";
import { openDatabase } from "#src/store/sqlite/database";
import { MIGRATIONS, readMigrations } from "#src/store/sqlite/migrations";
import { openSqliteStore } from "#src/store/sqlite/store";
import { newFolder } from "#test/store/sqlite-folder";

/** A schedule as the releases before /settings kept it. */
const before = {
  zone: "Asia/Shanghai",
  time: "09:00",
  weekdays: [1, 2, 3, 4, 5],
  holidays: "CN",
  catchUpMs: 14_400_000,
  closesAfterHours: null,
  reveal: true,
  tenant: "local",
  channel: "local",
  enabled: true,
  revision: 3,
  changedAt: 1_700_000_000_000,
  firstDate: "2026-11-02",
};
const tenant = tenantIdSchema.parse("local");
const channel = channelIdSchema.parse("local");

describe("a data file of a release before /settings", () => {
  let folder: ReturnType<typeof newFolder>;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => folder.remove());

  it("keeps its schedule, which asks all topics and was decided by the environment", async () => {
    const file = join(folder.path, "rehearsal.db");
    const database = openDatabase(file, readMigrations(MIGRATIONS).slice(0, 2));
    database
      .prepare("INSERT INTO schedules (tenant, channel, schedule, revision, wake_at) VALUES (?, ?, ?, ?, ?)")
      .run('"local"', '"local"', JSON.stringify(before), 3, 5);
    database.close();
    const store = await openSqliteStore({ file });
    const kept = await store.schedule(tenant, channel);
    expect(kept).toEqual(
      scheduleSchema.parse({
        ...before,
        topics: null,
        locale: "en",
        editors: [],
        decidedBy: "environment",
      }),
    );
    expect(await store.schedules(tenant)).toEqual([kept]);
    await store.close();
  });
});
