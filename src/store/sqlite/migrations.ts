import { readdirSync, readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { StoreFailure } from "#core/store-failure";

/** Where the steps that make and change the tables lie. */
export const MIGRATIONS = new URL("./migrations/", import.meta.url);

/** One step of the schema: the SQL that leads from `version - 1` to `version`. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

const versionRowSchema = z.object({ user_version: z.int().nonnegative() });

/**
 * The steps in a folder of files named `<version>-<what>.sql`, in order.
 *
 * @throws Error where the versions are not 1, 2, 3 … without a gap.
 */
export const readMigrations = (folder: URL): readonly Migration[] => {
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => ({ version: Number.parseInt(name, 10), sql: readFileSync(new URL(name, folder), "utf8") }))
    .sort((one, other) => one.version - other.version);
  for (const [index, { version }] of migrations.entries())
    if (version !== index + 1) throw new Error(`expected migration ${index + 1}, found ${version}`);
  return migrations;
};

/** How many steps have made the tables what they are. */
export const layoutOf = (database: DatabaseSync): number =>
  versionRowSchema.parse(database.prepare("PRAGMA user_version").get()).user_version;

/**
 * Brings a database to the newest version, each step in a transaction of its own with its version number, so that a
 * kill between two steps leaves a database that the next start continues from.
 *
 * @throws StoreFailure `newer-version` where the database was written by a later release; it stays untouched.
 */
export const migrate = (database: DatabaseSync, migrations: readonly Migration[], where: string): void => {
  const from = layoutOf(database);
  if (from > migrations.length) throw new StoreFailure("newer-version", where);
  // Another program's database has tables already and no version of ours: adding tables to it would be an intrusion.
  if (from === 0 && database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() !== undefined)
    throw new StoreFailure("damaged", where, { cause: new Error("it holds another program's tables") });
  for (const { version, sql } of migrations.slice(from)) {
    try {
      database.exec(`BEGIN IMMEDIATE; ${sql}\n; PRAGMA user_version = ${version}; COMMIT`);
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }
};
