import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "#core/store-failure";
import { holdDatabase } from "#src/store/sqlite/database";

/** The place of a data file while no other process can open a data file there. */
export interface HeldPlace {
  /**
   * Puts another file there, at once: whenever a kill falls, one of the two is there, or a start is refused.
   *
   * @throws StoreFailure `in-use` where what lies there is no longer what was held
   */
  replaceWith(draft: string): void;
  /** Lets go; where nothing took the place, it is as it was. Can be called again. */
  release(): void;
}

const LOGS = ["-wal", "-shm"] as const;

/** What file systems say that know no second name for a file. */
const NO_LINKS: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/** @returns null for what SQLite cannot open: no bot starts there either */
const lockOn = (file: string, isKept: boolean): DatabaseSync | null => {
  try {
    return holdDatabase(file);
  } catch (error) {
    if (isKept && error instanceof StoreFailure && error.trouble === "damaged") return null;
    throw error;
  }
};

/**
 * Takes the place of a data file for this process alone, from now until it is released.
 *
 * @param aside where what lies there is kept; null where there is nothing to keep
 * @param link gives a file a second name
 * @throws StoreFailure `in-use` where a bot has it
 */
export const holdPlace = (file: string, aside: string | null, link = linkSync): HeldPlace => {
  const mark = `${file}.migrating`;
  const isNew = !existsSync(file);
  const moveLogs = (): void => {
    for (const log of LOGS.filter((end) => existsSync(`${file}${end}`)))
      if (aside === null) rmSync(`${file}${log}`);
      else renameSync(`${file}${log}`, `${aside}${log}`);
  };
  const bringLogsBack = (): void => {
    for (const log of LOGS.filter((end) => aside !== null && existsSync(`${aside}${end}`)))
      renameSync(`${aside}${log}`, `${file}${log}`);
  };
  const keepAside = (to: string): void => {
    try {
      link(file, to);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && NO_LINKS.has(error.code))) throw error;
      // No file is there for a moment: a bot that starts then would begin anew.
      writeFileSync(mark, "backup:\n");
      renameSync(file, to);
    }
  };

  if (isNew) {
    // SQLite removes a log whose file is empty, and this one may hold all that there is.
    moveLogs();
    closeSync(openSync(file, "wx", 0o600));
  }
  const lock = lockOn(file, aside !== null && !isNew);
  const inode = inodeOf(file);
  let isOpen = true;

  const undo = (): void => {
    if (aside !== null && !isNew && inodeOf(aside) === inode) {
      if (inodeOf(file) === inode) rmSync(aside);
      else if (!existsSync(file)) {
        renameSync(aside, file);
        rmSync(mark, { force: true });
      }
    }
    // Somebody else's file by now, and its log is the one beside it.
    if (inodeOf(file) !== inode) return;
    bringLogsBack();
    if (isNew) rmSync(file);
  };
  return {
    replaceWith: (draft) => {
      if (inodeOf(file) !== inode) throw new StoreFailure("in-use", file);
      if (aside !== null && !isNew) keepAside(aside);
      moveLogs();
      renameSync(draft, file);
      isOpen = false;
      rmSync(mark, { force: true });
    },
    release: () => {
      if (isOpen) undo();
      isOpen = false;
      if (lock?.isOpen) lock.close();
    },
  };
};
