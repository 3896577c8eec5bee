import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "#core/store-failure";
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

/** Which file has that name now. */
const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/** Opens a file and takes the lock on it by `pragmas`, then does what only its one holder may. */
const openAlone = (file: string, pragmas: string, work: (database: DatabaseSync) => void): DatabaseSync => {
  const inode = inodeOf(file);
  // A restore may put another file there between the opening and the lock: what is written here would be kept in the
  // one that was moved aside.
  const wasReplaced = (): boolean => inodeOf(file) !== inode;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(pragmas);
    if (wasReplaced()) throw new StoreFailure("in-use", file);
    work(database);
    return database;
  } catch (error) {
    database?.close();
    throw wasReplaced() ? new StoreFailure("in-use", file, { cause: error }) : openingFailureOf(error, file);
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
  // The lock is the operating system's, taken with the first transaction and held until the process ends, so a
  // killed process leaves none behind. It must be asked for before WAL begins.
  // FULL waits for the disk at every commit: with NORMAL, WAL may lose acknowledged answers when the power fails.
  // secure_delete overwrites what is deleted; what moved within a page goes with the VACUUM of `purge`.
  const pragmas =
    "PRAGMA secure_delete = ON; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT";
  return openAlone(file, pragmas, (database) => migrate(database, migrations, file));
};

/**
 * Takes the lock of `openDatabase` on a file that is there, whatever its tables are, so that nobody else can open it.
 * Its log is brought into it and gone: one that stays would be taken for that of the file that comes in its place.
 *
 * @throws StoreFailure as `openDatabase`
 */
export const holdDatabase = (file: string): DatabaseSync =>
  openAlone(
    file,
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT",
    () => {},
  );
