import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { Refusal } from "#core/refusal";

const MOST_TRIES = 20;
const WAL_HEADER_BYTES = 32;

const walOf = (file: string): string => `${file}-wal`;

/** The log's header, whose salts change whenever the log begins anew; '' where there is no log. */
const walHeader = (file: string): string => {
  if (!existsSync(walOf(file))) return "";
  const handle = openSync(walOf(file), "r");
  try {
    const header = Buffer.alloc(WAL_HEADER_BYTES);
    return header.toString("hex", 0, readSync(handle, header, 0, WAL_HEADER_BYTES, 0));
  } finally {
    closeSync(handle);
  }
};

/** What is the same before and after a copy that is whole. */
const stateOf = (file: string): string => {
  const header = walHeader(file);
  // With a log the file itself may change: what is moved into it still stands in the log.
  if (header !== "") return header;
  const { size, mtimeMs, ino } = statSync(file);
  return `${size} ${mtimeMs} ${ino}`;
};

/**
 * Copies a data file that another process may be writing. The bot holds its file alone, so nobody else can ask SQLite
 * for a copy; but pages come into the file only from the log (WAL), and the log only grows until it begins anew. The
 * file, and after it the log, are therefore what a kill at that moment would have left, unless the log began anew
 * meanwhile: then it is copied again.
 *
 * @param copy copies one file
 * @throws Refusal where it never held still
 * @see https://www.sqlite.org/fileformat2.html#walformat
 */
export const copyDataFile = (
  file: string,
  into: string,
  copy: (from: string, to: string) => void = copyFileSync,
): void => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = stateOf(file);
    rmSync(walOf(into), { force: true });
    copy(file, into);
    try {
      if (existsSync(walOf(file))) copy(walOf(file), walOf(into));
      if (stateOf(file) === before) return;
    } catch (error) {
      // Whoever ended the bot ended the log with it.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  throw new Refusal((say) => say.backup.restless(file));
};
