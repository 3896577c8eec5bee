import { closeSync, openSync } from "node:fs";
import { z } from "zod";
import { StoreFailure, type StoreTrouble } from "#core/store-failure";

/** SQLite's primary result codes, from https://www.sqlite.org/rescode.html (read 2026-10). */
const troubleOfCode: Readonly<Record<number, StoreTrouble>> = {
  3: "read-only", // PERM
  5: "in-use", // BUSY
  6: "in-use", // LOCKED
  8: "read-only", // READONLY
  10: "unreachable", // IOERR
  11: "damaged", // CORRUPT
  13: "full", // FULL
  14: "unreachable", // CANTOPEN
  26: "damaged", // NOTADB
};

const troubleOfErrno: Readonly<Record<string, StoreTrouble>> = {
  EACCES: "read-only",
  EPERM: "read-only",
  EROFS: "read-only",
  ENOSPC: "full",
  EDQUOT: "full",
};

/** The primary code is the low byte: 1544 (READONLY_DIRECTORY) is a kind of 8. */
const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;

/**
 * What the operator can do about an error of SQLite on `file`; an error that is not the medium's (a broken
 * constraint is our mistake) comes back as it is.
 */
const failureOf = (error: unknown, file: string): unknown => {
  const code = primaryCode(error);
  const trouble = code === undefined ? undefined : troubleOfCode[code];
  return trouble === undefined ? error : new StoreFailure(trouble, file, { cause: error });
};

/** A header that is whole before pages that are not: SQLite then misses tables that every file of ours has. */
const lacksTables = (error: unknown): boolean =>
  error instanceof Error && /^no such (?:table|column)\b/.test(error.message);

/** As `failureOf`, for what was read: what does not parse was not written by us, and to the operator is damaged. */
export const readingFailureOf = (error: unknown, file: string): unknown =>
  error instanceof z.ZodError || lacksTables(error)
    ? new StoreFailure("damaged", file, { cause: error })
    : failureOf(error, file);

/** What the operator can do about an error of the file system. */
export const fileFailureOf = (error: unknown, file: string): StoreFailure => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new StoreFailure(troubleOfErrno[code] ?? "unreachable", file, { cause: error });
};

/**
 * As `failureOf`, for a file that could not be opened: SQLite says no more than "unable to open" or "disk I/O error",
 * so the file is opened once more to hear the system's reason.
 *
 * Never for a database that is open: closing a second handle on its file gives up the process's lock on it.
 */
export const openingFailureOf = (error: unknown, file: string): unknown => {
  const failure = failureOf(error, file);
  if (!(failure instanceof StoreFailure) || failure.trouble !== "unreachable") return failure;
  try {
    closeSync(openSync(file, "a"));
    return failure;
  } catch (reason) {
    return fileFailureOf(reason, file);
  }
};
