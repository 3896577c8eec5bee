import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileFailureOf, openingFailureOf } from "./failure.ts";
import { MIGRATIONS, type Migration, migrate, readMigrations } from "./migrations.ts";

/** SQLite's name for a database that no file holds. */
const IN_MEMORY = ":memory:";

/** What members write is for nobody else on the machine: SQLite gives its log the rights of the file. */
const makeFile = (file: string): void => {
  if (file === IN_MEMORY) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  } catch (error) {
    throw fileFailureOf(error, file);
  }
};

/**
 * Opens (or creates) the database file for this process alone and brings its schema up to date.
 *
 * @throws StoreFailure `in-use` where another process has it, `read-only`, `full`, `damaged`, `newer-version`, or
 * `unreachable` for everything else that the file system refuses.
 */
export const openDatabase = (
  file: string,
  migrations: readonly Migration[] = readMigrations(MIGRATIONS),
): DatabaseSync => {
  makeFile(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    // The lock is the operating system's, taken with the first transaction and held until the process ends, so a
    // killed process leaves none behind. It must be asked for before WAL begins.
    // FULL waits for the disk at every commit: with NORMAL, WAL may lose acknowledged answers when the power fails.
    // secure_delete overwrites what is deleted; what moved within a page goes with the VACUUM of `purge`.
    database.exec(
      "PRAGMA secure_delete = ON; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT",
    );
    migrate(database, migrations, file);
    return database;
  } catch (error) {
    database?.close();
    throw openingFailureOf(error, file);
  }
};
