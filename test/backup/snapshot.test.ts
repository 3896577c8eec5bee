import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import type { StoreContents } from "#core/migration/record";
import { takeBackup } from "#src/backup/backup";
import { type Place, placeNamed } from "#src/backup/place";
import { copyDataFile } from "#src/backup/snapshot";
import { readConfig } from "#src/config";
import { openDatabase } from "#src/store/sqlite/database";
import { newFolder } from "#test/store/sqlite-folder";
import { refusalOf } from "./calls.ts";

/** A table in which every change keeps the sum at 0, over many pages. */
const ROWS = 400;
const fillWith = (database: DatabaseSync): void => {
  database.exec("BEGIN");
  database.exec("CREATE TABLE pairs (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, filler TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO pairs VALUES (?, 0, ?)");
  for (let id = 0; id < ROWS; id += 1) insert.run(id, "x".repeat(900));
  database.exec("COMMIT");
};
const move = (database: DatabaseSync, from: number, to: number): void => {
  database.exec("BEGIN");
  const change = database.prepare(
    "UPDATE pairs SET amount = amount + ?, filler = filler || 'y' WHERE id = ?",
  );
  change.run(-1, from);
  change.run(1, to);
  database.exec("COMMIT");
};

describe("A data file that is copied while a bot writes", () => {
  let folder: ReturnType<typeof newFolder>;
  let file: string;
  let database: DatabaseSync;
  beforeEach(() => {
    folder = newFolder();
    file = join(folder.path, "rehearsal.db");
    database = openDatabase(file);
    // Waiting for the disk is not what is looked at.
    database.exec("PRAGMA synchronous = OFF");
    fillWith(database);
  });
  afterEach(() => {
    if (database.isOpen) database.close();
    folder.remove();
  });

  const sumIn = (copy: string): unknown => {
    const opened = openDatabase(copy);
    const [{ faults }, { sum, rows }] = [
      opened.prepare("SELECT integrity_check AS faults FROM pragma_integrity_check").get() ?? {},
      opened.prepare("SELECT SUM(amount) AS sum, COUNT(*) AS rows FROM pairs").get() ?? {},
    ] as [{ faults?: unknown }, { sum?: unknown; rows?: unknown }];
    opened.close();
    return { faults, sum, rows };
  };

  it("is whole, whatever is written and moved out of the log between the parts of the copy", async () => {
    const deed = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.nat({ max: ROWS - 1 }), fc.nat({ max: ROWS - 1 })) },
      { weight: 1, arbitrary: fc.constantFrom("PASSIVE", "RESTART", "TRUNCATE") },
    );
    const act = (what: readonly [number, number] | string): void => {
      if (typeof what === "string") database.exec(`PRAGMA wal_checkpoint(${what})`);
      else move(database, ...what);
    };
    let run = 0;
    const deeds = fc.array(deed, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(deeds, deeds, deeds, deeds, async (...between) => {
        const left = between.map((each) => [...each]);
        run += 1;
        const copy = join(folder.path, `copy-${run}`);
        copyDataFile(file, copy, (from, to) => {
          for (const one of left.shift() ?? []) act(one);
          copyFileSync(from, to);
          for (const one of left.shift() ?? []) act(one);
        });
        expect(sumIn(copy)).toEqual({ faults: "ok", sum: 0, rows: ROWS });
      }),
      { numRuns: 60 },
    );
  });

  it("is copied anew where the log began anew in between, and given up where it always does", async () => {
    let copies = 0;
    const beginAnew = (): void => {
      database.exec("PRAGMA wal_checkpoint(RESTART)");
      move(database, 1, 2);
    };
    copyDataFile(file, join(folder.path, "copy"), (from, to) => {
      copies += 1;
      copyFileSync(from, to);
      if (copies === 1) beginAnew();
    });
    expect(copies).toBe(4);
    const never = async () =>
      copyDataFile(file, join(folder.path, "other"), (from, to) => {
        beginAnew();
        copyFileSync(from, to);
      });
    expect(await refusalOf(never())).toContain("changes faster than it can be read");
  });
});

describe("A tenant that changes while it is read", () => {
  const tenant = tenantIdSchema.parse("guild-1");
  /** Contents that change in the middle of so many readings. */
  const placeOf = (changes: number): Place => {
    let [revision, left] = [0, changes];
    const contents: StoreContents = {
      tenants: async () => [tenant],
      records: async function* () {
        yield { kind: "practice", member: "m" as never, question: `before ${revision}` };
        if (left > 0) revision += 1;
        left -= 1;
        yield { kind: "practice", member: "n" as never, question: `after ${revision}` };
      },
      revision: async () => String(revision),
      close: async () => {},
    };
    return { ...placeNamed("sqlite:none", readConfig({})), snapshot: async () => contents };
  };

  it("is read again, and nothing of what was read before is in the backup; without rest there is no backup", async () => {
    const folder = newFolder();
    const taken = await takeBackup(placeOf(3), join(folder.path, "one"), 1);
    expect(taken).toMatchObject({ tenants: 1, records: 2 });
    const said = await refusalOf(takeBackup(placeOf(99), join(folder.path, "two"), 1));
    expect(said).toContain("changes faster than it can be read");
    folder.remove();
  });
});
