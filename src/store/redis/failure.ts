import { z } from "zod";
import { StoreFailure, type StoreTrouble } from "#core/store-failure";
import { TooMuchWaits } from "./gate.ts";

/** What Redis's errors begin with, and what an operator can do about them (https://redis.io, read 2026-11). */
const troubles: readonly (readonly [RegExp, StoreTrouble])[] = [
  [/^OOM\b/, "full"],
  [/^MISCONF\b/, "full"],
  [/^READONLY\b/, "read-only"],
  [/^(?:WRONGPASS|NOAUTH|NOPERM)\b/, "read-only"],
  [/^WRONGTYPE\b/, "damaged"],
  [
    /^(?:NOREPLICAS|LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|MOVED|ASK|BUSY|UNKILLABLE|NOTBUSY)\b/,
    "unreachable",
  ],
];

/** The server or the way to it is away for now: the same again may succeed. */
const passing =
  /^(?:READONLY|NOREPLICAS|LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|MOVED|ASK|BUSY|UNBLOCKED)\b|Connection is closed|Redis is away|Command timed out|max retries per request|Stream isn't writeable|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|Failed to refresh slots cache|None of startup nodes|All sentinels are unreachable|Cluster isn't ready|Too many Cluster redirections|Socket closed unexpectedly/i;

/** It was sent, and what became of it is not known. */
const unconfirmed = /Command timed out|max retries per request/;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A script's own error comes with where it was raised; what raised it is what counts. */
const bare = (error: unknown): string =>
  messageOf(error)
    .replace(/^ERR (?:Error|user_script).{0,80}?: /, "")
    .replace(/^@user_script:? ?\d*:? ?/, "");

export const isForbidden = (error: unknown): boolean => /^(?:WRONGPASS|NOAUTH|NOPERM)\b/.test(bare(error));

/** The login is right, and the user may not do what was asked. */
export const isNoRight = (error: unknown): boolean => /^NOPERM\b/.test(bare(error));

/** The command that the user may not call, as an ACL names it: `SCRIPT|LOAD`; null where it is something else. */
export const lackedIn = (error: unknown): string | null =>
  /^NOPERM\b.{0,200}? run the '([\w|.-]{1,60})' command/.exec(bare(error))?.[1]?.toUpperCase() ?? null;

export const isPassing = (error: unknown): boolean => passing.test(bare(error));

/**
 * What the operator can do about an error of Redis; an error that is not the medium's (a mistake of ours) comes back
 * as it is, without the command, which may hold a member's words.
 *
 * @param where the address without its password
 * @param isWrite whether it matters that it may have been done all the same
 */
export const failureOf = (error: unknown, where: string, isWrite = false): unknown => {
  if (error instanceof StoreFailure) return error;
  // What does not parse was not written by us.
  if (error instanceof z.ZodError) return new StoreFailure("damaged", where, { cause: error });
  const message = bare(error);
  // ioredis puts the command and its arguments beside the message; they belong in no log.
  const cause = new Error(message.slice(0, 300));
  if (error instanceof TooMuchWaits) return new StoreFailure("unreachable", where, { cause });
  const trouble = troubles.find(([pattern]) => pattern.test(message))?.[1];
  if (trouble !== undefined) return new StoreFailure(trouble, where, { cause });
  if (isWrite && unconfirmed.test(message)) return new StoreFailure("unconfirmed", where, { cause });
  if (passing.test(message)) return new StoreFailure("unreachable", where, { cause });
  return error instanceof Error && "command" in error ? cause : error;
};

/** @throws StoreFailure where the work fails by the medium */
export const withFailure = async <Result>(where: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error, where);
  }
};
