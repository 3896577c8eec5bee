import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { openDatabase } from "#src/store/sqlite/database";
import { MIGRATIONS, readMigrations } from "#src/store/sqlite/migrations";
import { openSqliteStore, sqliteStore } from "#src/store/sqlite/store";
import { attemptAs, roundOn, tenant } from "#test/contracts/store-samples";
import { newFolder } from "#test/store/sqlite-folder";

const NOBODY = 65534;

/** Runs `act` without the superuser's right to write everywhere. */
const asNobody = async (act: () => Promise<void>): Promise<void> => {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    await act();
  } finally {
    process.seteuid?.(0);
  }
};

const failure = (trouble: string) => ({ name: "StoreFailure", trouble });

describe("a store in SQLite in trouble", () => {
  let folder: ReturnType<typeof newFolder>;
  let file = "";
  beforeEach(() => {
    folder = newFolder();
    file = join(folder.path, "rehearsal.db");
  });
  afterEach(() => {
    chmodSync(folder.path, 0o755);
    folder.remove();
  });

  it("makes the folder that its file is to lie in", async () => {
    const nested = join(folder.path, "a", "b", "rehearsal.db");
    await (await openSqliteStore({ file: nested })).close();
    expect(existsSync(nested)).toBe(true);
  });

  it("waits for the disk at every commit", () => {
    const database = openDatabase(file);
    expect({ ...database.prepare("PRAGMA synchronous").get() }).toEqual({ synchronous: 2 });
    expect({ ...database.prepare("PRAGMA journal_mode").get() }).toEqual({ journal_mode: "wal" });
    database.close();
  });

  it("says that another has the file, even within one process", async () => {
    const store = await openSqliteStore({ file });
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ ...failure("in-use"), where: file });
    await store.recordAttempt(attemptAs("s1"));
    await store.close();
    await (await openSqliteStore({ file })).close();
  });

  it("says that a folder is read-only, with and without a file in it", async () => {
    // Read first: whoever may not write here may not be able to read where the project lies either.
    const migrations = readMigrations(MIGRATIONS);
    await (await openSqliteStore({ file })).close();
    chmodSync(folder.path, 0o555);
    await asNobody(async () => {
      expect(() => openDatabase(file, migrations)).toThrow(expect.objectContaining(failure("read-only")));
      for (const missing of ["new.db", "sub/new.db"]) {
        const open = () => openDatabase(join(folder.path, missing), migrations);
        expect(open).toThrow(expect.objectContaining(failure("read-only")));
      }
    });
  });

  it("says that the file's place cannot be reached where it is a folder or lies under a file", async () => {
    mkdirSync(file);
    await expect(openSqliteStore({ file })).rejects.toMatchObject(failure("unreachable"));
    const plain = join(folder.path, "plain");
    writeFileSync(plain, "");
    await expect(openSqliteStore({ file: join(plain, "x.db") })).rejects.toMatchObject(
      failure("unreachable"),
    );
  });

  it("says that a file is damaged which is no database, and leaves it as it is", async () => {
    const text = "shopping list\n".repeat(1_000);
    writeFileSync(file, text);
    await expect(openSqliteStore({ file })).rejects.toMatchObject(failure("damaged"));
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("adds no tables to a database of another program", async () => {
    const other = new DatabaseSync(file);
    other.exec("CREATE TABLE contacts (name TEXT)");
    other.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject(failure("damaged"));
  });

  it("says that the data is damaged where a row is not one it could have written", async () => {
    const database = openDatabase(file);
    const store = sqliteStore(database, file);
    await store.recordAttempt(attemptAs("s1"));
    database.exec("UPDATE attempts SET result = '{\"score\": 5000}'");
    await expect(store.attemptsOfRound(tenant, roundOn(1).id)).rejects.toMatchObject(failure("damaged"));
    database.exec("UPDATE attempts SET result = '{'");
    await expect(store.attemptsOfRound(tenant, roundOn(1).id)).rejects.toMatchObject(failure("damaged"));
    await store.close();
  });

  it("refuses what a later release wrote, and leaves it as it is", async () => {
    const database = openDatabase(file);
    database.exec("PRAGMA user_version = 999");
    database.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject(failure("newer-version"));
    expect({ ...new DatabaseSync(file).prepare("PRAGMA user_version").get() }).toEqual({ user_version: 999 });
  });

  describe("on a full disk", () => {
    const long = "x".repeat(50_000);
    const recordUntilFull = async (store: Store): Promise<{ kept: string[]; refused: string }> => {
      const kept: string[] = [];
      for (;;) {
        const name = `member-${kept.length}`;
        try {
          await store.recordAttempt(attemptAs(name, { as: name, text: long }));
        } catch (error) {
          expect(error).toMatchObject(failure("full"));
          return { kept, refused: name };
        }
        kept.push(name);
      }
    };

    it("keeps what it acknowledged, nothing of what it refused, and works again when there is space", async () => {
      const database = openDatabase(file);
      const store = sqliteStore(database, file);
      database.exec("PRAGMA max_page_count = 100");
      const { kept, refused } = await recordUntilFull(store);
      expect(kept.length).toBeGreaterThan(0);
      expect(await store.attemptsOfRound(tenant, roundOn(1).id)).toHaveLength(kept.length);
      expect(await store.ledger(tenant, memberIdSchema.parse(refused))).toEqual([]);

      database.exec("PRAGMA max_page_count = 100000");
      const again = await store.recordAttempt(attemptAs(refused, { as: refused, text: long }));
      expect(again).toMatchObject({ outcome: "recorded", fresh: true, count: 1 });
      await store.close();

      const reopened = await openSqliteStore({ file });
      for (const name of [...kept, refused])
        expect(await reopened.ledger(tenant, memberIdSchema.parse(name))).toHaveLength(1);
      await reopened.close();
    });

    it("acknowledges of many answers at once exactly those that it kept", async () => {
      const database = openDatabase(file);
      const store = sqliteStore(database, file);
      database.exec("PRAGMA max_page_count = 100");
      const names = Array.from({ length: 40 }, (_, index) => `member-${index}`);
      const outcomes = await Promise.allSettled(
        names.map((as) => store.recordAttempt(attemptAs(as, { as, text: long }))),
      );
      const acknowledged = names.filter((_, index) => outcomes[index]?.status === "fulfilled");
      expect(acknowledged.length).toBeLessThan(names.length);
      await store.close();
      const reopened = await openSqliteStore({ file });
      const kept = (await reopened.attemptsOfRound(tenant, roundOn(1).id)).map(({ member }) => member);
      expect(kept.toSorted()).toEqual(acknowledged.toSorted());
      await reopened.close();
    });
  });

  it("undoes one refused answer alone among those that came with it", async () => {
    const store = await openSqliteStore({ file });
    await store.recordAttempt(attemptAs("s1"));
    const [refused, kept] = await Promise.allSettled([
      store.recordAttempt(attemptAs("s1", { text: "another" })),
      store.recordAttempt(attemptAs("s2")),
    ]);
    expect([refused?.status, kept?.status]).toEqual(["rejected", "fulfilled"]);
    expect(await store.attemptsOfRound(tenant, roundOn(1).id)).toHaveLength(2);
    await store.close();
  });

  it("commits what still waits when it is closed", async () => {
    const store = await openSqliteStore({ file });
    const names = Array.from({ length: 1_200 }, (_, index) => `member-${index}`);
    const recorded = names.map((as) => store.recordAttempt(attemptAs(as, { as })));
    await store.close();
    await Promise.all(recorded);
    const reopened = await openSqliteStore({ file });
    expect(await reopened.attemptsOfRound(tenant, roundOn(1).id)).toHaveLength(names.length);
    await reopened.close();
  });
});
