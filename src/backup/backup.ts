import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import { fileFailureOf } from "#src/store/sqlite/failure";
import type { Place } from "./place.ts";
import { openBackup } from "./reading.ts";
import { type Written, writeBackup } from "./writing.ts";

export interface Taken extends Written {
  readonly file: string;
  readonly from: string;
}

/** Makes the name of a file durable as well. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const DRAFTS = ".rehearsal-backup-";
/** A backup that goes on changes something in its folder all the time; one that was killed never again. */
const LEFT_AFTER_MS = 3_600_000;

/** Removes what backups left that were killed: a copy of everything that members wrote. */
const removeLeftovers = (parent: string, now: number): void => {
  for (const name of readdirSync(parent).filter((one) => one.startsWith(DRAFTS))) {
    const folder = join(parent, name);
    const changed = [folder, ...readdirSync(folder).map((file) => join(folder, file))].map(
      (path) => statSync(path).mtimeMs,
    );
    if (now - Math.max(...changed) > LEFT_AFTER_MS) rmSync(folder, { recursive: true, force: true });
  }
};

const isOfFiles = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && !(error instanceof StoreFailure);

/**
 * Writes everything that is kept into one new file that only its owner can read, also while a bot runs. The file is
 * there whole or not at all, and was read back.
 *
 * @param to a file that does not exist
 * @throws Refusal where there is such a file, nothing to read, or no rest to read it in
 * @throws StoreFailure where the file cannot be written, or the store not be read
 */
export const takeBackup = async (place: Place, to: string, now: number): Promise<Taken> => {
  const file = resolve(to);
  if (existsSync(file)) throw new Refusal((say) => say.backup.exists(file));
  let folder: string | undefined;
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  // Also where somebody ends the process meanwhile.
  process.once("exit", remove);
  try {
    removeLeftovers(dirname(file), Date.now());
    // Beside the file, so that it can be renamed into place; nobody else may look in.
    folder = mkdtempSync(join(dirname(file), DRAFTS));
    const draft = join(folder, "backup");
    const contents = await place.snapshot(folder);
    try {
      const handle = await open(draft, "wx", 0o600);
      let written: Written;
      try {
        written = await writeBackup(handle, contents, place.shown, now);
      } finally {
        await handle.close();
      }
      await (await openBackup(draft)).close();
      chmodSync(draft, 0o600);
      renameSync(draft, file);
      await syncFolder(dirname(file));
      return { file, from: place.shown, ...written };
    } finally {
      await contents.close();
    }
  } catch (error) {
    throw isOfFiles(error) ? fileFailureOf(error, file) : error;
  } finally {
    process.off("exit", remove);
    remove();
  }
};
