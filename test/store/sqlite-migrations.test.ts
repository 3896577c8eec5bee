import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "#src/store/sqlite/database";
import { type Migration, readMigrations } from "#src/store/sqlite/migrations";
import { newFolder } from "#test/store/sqlite-folder";

const first: Migration = { version: 1, sql: "CREATE TABLE days (date TEXT NOT NULL) STRICT" };
const second: Migration = {
  version: 2,
  sql: "ALTER TABLE days ADD COLUMN kind TEXT NOT NULL DEFAULT 'pass'; UPDATE days SET kind = 'madeup' WHERE date < '2026'",
};
const broken: Migration = { version: 3, sql: "DELETE FROM days; INSERT INTO nowhere VALUES (1)" };

describe("an older database in SQLite", () => {
  let folder: ReturnType<typeof newFolder>;
  let file = "";
  beforeEach(() => {
    folder = newFolder();
    file = join(folder.path, "rehearsal.db");
    const database = openDatabase(file, [first]);
    database.exec("INSERT INTO days VALUES ('2025-12-31'), ('2026-01-01')");
    database.close();
  });
  afterEach(() => folder.remove());

  const stateOf = (database: DatabaseSync): unknown => {
    const version = database.prepare("PRAGMA user_version").get()?.user_version;
    const rows = database.prepare("SELECT * FROM days").all();
    database.close();
    return { version, rows: rows.map((row) => ({ ...row })) };
  };
  const migrated = {
    version: 2,
    rows: [
      { date: "2025-12-31", kind: "madeup" },
      { date: "2026-01-01", kind: "pass" },
    ],
  };

  it("is brought to the newest version with all that it holds", () => {
    expect(stateOf(openDatabase(file, [first, second]))).toEqual(migrated);
  });

  it("takes each step once, however often it is opened", () => {
    openDatabase(file, [first, second]).close();
    expect(stateOf(openDatabase(file, [first, second]))).toEqual(migrated);
  });

  it("keeps the steps before one that fails, and nothing of that one", () => {
    expect(() => openDatabase(file, [first, second, broken])).toThrow(/nowhere/);
    expect(stateOf(new DatabaseSync(file))).toEqual(migrated);
  });

  it("is not touched by a release that is older still", () => {
    openDatabase(file, [first, second]).close();
    expect(() => openDatabase(file, [first])).toThrow(expect.objectContaining({ trouble: "newer-version" }));
    expect(stateOf(new DatabaseSync(file))).toEqual(migrated);
  });

  it("has its steps in files numbered without a gap, in the order of their numbers", () => {
    const steps = pathToFileURL(`${folder.path}/`);
    for (const version of [10, 9, 8, 7, 6, 5, 4, 3, 2])
      writeFileSync(new URL(`${version}-x.sql`, steps), `-- ${version}`);
    expect(() => readMigrations(steps)).toThrow("expected migration 1, found 2");
    writeFileSync(new URL("1-x.sql", steps), "-- 1");
    expect(readMigrations(steps).map(({ sql }) => sql)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `-- ${n}`),
    );
  });
});
