import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmdirSync,
  statfsSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import type { RedisConfig } from "#src/config";
import type { Inspection } from "#src/store/redis/inspection";
import { fileFailureOf } from "#src/store/sqlite/failure";
import { MIGRATIONS, readMigrations } from "#src/store/sqlite/migrations";
import { type Finding, on } from "./finding.ts";

const MEBIBYTE = 1024 * 1024;
const LITTLE_SPACE = 200 * MEBIBYTE;
const NO_SPACE = 20 * MEBIBYTE;

const data = on("data");

/** The folder itself, or the nearest one above it that is there. */
const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(dirname(folder));

/** @param free how many bytes */
export const spaceFinding = (folder: string, free: number): Finding => {
  const mebibytes = Math.floor(free / MEBIBYTE);
  if (free < NO_SPACE) return data.fail((say) => say.doctor.noSpace(folder, mebibytes));
  if (free < LITTLE_SPACE) return data.warn((say) => say.doctor.littleSpace(folder, mebibytes));
  return data.ok((say) => say.doctor.space(folder, mebibytes));
};

/** `user_version` stands in the file's first page: https://www.sqlite.org/fileformat2.html#the_database_header */
const VERSION_AT = 60;
const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/** The layout that a file's first page names; null where it is no database, 0 where it is empty. */
const layoutIn = (file: string): number | null => {
  const handle = openSync(file, "r");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    const length = readSync(handle, header, 0, HEADER_BYTES, 0);
    if (length === 0) return 0;
    return header.toString("latin1", 0, MAGIC.length) === MAGIC ? header.readUInt32BE(VERSION_AT) : null;
  } finally {
    closeSync(handle);
  }
};

/** Whether the file is whole; asked of SQLite only where no bot has it, whose lock would be given up otherwise. */
const integrityOf = (file: string): Finding => {
  const mebibytes = Math.ceil(statSync(file).size / MEBIBYTE);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const row = database.prepare("PRAGMA quick_check(1)").get();
    const isWhole = row !== undefined && Object.values(row)[0] === "ok";
    return isWhole
      ? data.ok((say) => say.doctor.dataFile(file, mebibytes))
      : data.fail((say) => say.start.storeTrouble("damaged", file));
  } catch (error) {
    const isLocked =
      error instanceof Error && "errcode" in error && [5, 6].includes(Number(error.errcode) & 0xff);
    if (isLocked) return data.ok((say) => say.doctor.dataInUse(file, mebibytes));
    return data.fail((say) => say.start.storeTrouble("damaged", file));
  } finally {
    database?.close();
  }
};

/** An older release made files that everybody on the machine can read. */
const rightsOf = (file: string): readonly Finding[] => {
  const isOpen = process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0;
  return isOpen ? [data.warn((say) => say.doctor.dataOpen(file))] : [];
};

const fileIn = (file: string): readonly Finding[] => {
  if (existsSync(`${file}.migrating`)) return [data.fail((say) => say.redis.migrating(file))];
  if (!existsSync(file)) return [data.ok((say) => say.doctor.noDataFile(file))];
  accessSync(file, constants.R_OK | constants.W_OK);
  const layout = layoutIn(file);
  const own = readMigrations(MIGRATIONS).length;
  if (layout === null) return [data.fail((say) => say.start.storeTrouble("damaged", file))];
  if (layout > own) return [data.fail((say) => say.start.storeTrouble("newer-version", file))];
  const older = layout > 0 && layout < own ? [data.ok((say) => say.doctor.olderData(layout, own))] : [];
  return [integrityOf(file), ...older, ...rightsOf(file)];
};

/** @param file the data file of a bot without Redis */
export const examineDataFile = (file: string): readonly Finding[] => {
  const folder = nearestFolder(resolve(dirname(file)));
  try {
    // Rights alone do not tell of every file system that takes nothing.
    rmdirSync(mkdtempSync(join(folder, ".rehearsal-doctor-")));
    const { bavail, bsize } = statfsSync(folder);
    return [...fileIn(file), spaceFinding(folder, bavail * bsize)];
  } catch (error) {
    const { trouble, where } = fileFailureOf(error, file);
    return [data.fail((say) => say.start.storeTrouble(trouble, where))];
  }
};

/** Further than this from the server, members wait. */
const SLOW_MS = 50;
/** Platforms give three seconds for all that an answer takes. */
const TOO_SLOW_MS = 700;
const FULL_SHARE = 0.85;

const redis = on("redis");

/** What is to be said of a Redis that was looked at. */
export const redisFindings = (seen: Inspection): readonly Finding[] => {
  const { where, latencyMs, memoryShare } = seen;
  const found: Finding[] = seen.findings.map(({ sentence, isAccepted }) =>
    isAccepted ? redis.warn(sentence) : redis.fail(sentence),
  );
  if (seen.data === "newer") found.push(redis.fail((say) => say.redis.newer(where)));
  if (seen.data === "migrating") found.push(redis.fail((say) => say.redis.migrating(where)));
  if (seen.data === "restoring") found.push(redis.fail((say) => say.redis.restoring(where)));
  if (seen.data === "foreign") found.push(redis.fail((say) => say.redis.foreign(where, seen.keys)));
  if (seen.forbidden.length > 0) found.push(redis.fail((say) => say.doctor.aclLacks(where, seen.forbidden)));
  if (seen.dangerous.length > 0) found.push(redis.warn((say) => say.doctor.aclWide(where, seen.dangerous)));
  if (!seen.mayRewrite) found.push(redis.warn((say) => say.doctor.aclNoRewrite(where)));
  if (seen.isDiskFailing) found.push(redis.fail((say) => say.doctor.redisDisk(where)));
  if (memoryShare !== null && memoryShare > FULL_SHARE)
    found.push(redis.warn((say) => say.doctor.redisMemory(where, Math.round(memoryShare * 100))));
  const [median, longest] = [latencyMs.median, latencyMs.longest].map((ms) => Math.round(ms * 10) / 10) as [
    number,
    number,
  ];
  if (median > TOO_SLOW_MS) found.push(redis.fail((say) => say.doctor.redisSlow(where, median, longest)));
  else if (median > SLOW_MS) found.push(redis.warn((say) => say.doctor.redisSlow(where, median, longest)));
  if (found.every(({ state }) => state !== "fail"))
    found.unshift(redis.ok((say) => say.doctor.redis(where, seen.version, median, longest)));
  return found;
};

/** Looks at the Redis that is set; the second part is how far its clock is ahead, null where it was not reached. */
export const examineRedis = async (
  { url, durability, caFile, sentinelPassword }: RedisConfig,
  now: () => number,
): Promise<{ readonly findings: readonly Finding[]; readonly aheadMs: number | null }> => {
  const { inspectRedis } = await import("#src/store/redis/inspection");
  try {
    const seen = await inspectRedis({ url, durability, caFile, sentinelPassword, now });
    const lax = durability === "none" ? [redis.warn((say) => say.doctor.durabilityNone)] : [];
    return { findings: [...redisFindings(seen), ...lax], aheadMs: seen.aheadMs };
  } catch (error) {
    if (error instanceof Refusal) return { findings: [redis.fail(error.sentence)], aheadMs: null };
    if (!(error instanceof StoreFailure)) throw error;
    const { trouble, where } = error;
    return { findings: [redis.fail((say) => say.start.storeTrouble(trouble, where))], aheadMs: null };
  }
};
