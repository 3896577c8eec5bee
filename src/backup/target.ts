import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { StoreContents } from "#core/migration/record";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import { endMigration, isEmptyServer, otherClients, wipeForMigration } from "#src/store/redis/migration";
import type { RedisOptions } from "#src/store/redis/server";
import { openSqliteContents } from "#src/store/sqlite/contents";
import { fileFailureOf } from "#src/store/sqlite/failure";
import { openSqliteStore } from "#src/store/sqlite/store";
import { syncFolder } from "./backup.ts";
import { holdPlace } from "./held-place.ts";
import type { Place } from "./place.ts";

/** What a backup is brought into. */
export interface Target {
  store(): Promise<Store>;
  contents(): Promise<StoreContents>;
  /** Puts it in its place; gives where that which was there lies now, or null. */
  finish(): Promise<string | null>;
  /** Lets go of the place; what did not come to be in it is removed. */
  release(): void;
}

interface Orders {
  /** Whether what is there already goes. */
  readonly isForced: boolean;
  /** Names the backup, so that what was interrupted can begin again. */
  readonly from: string;
  readonly now: number;
}

/** A data file, its log, and what a kill left of either. */
const partsOf = (file: string): readonly string[] => [file, `${file}-wal`, `${file}-shm`];

/** @throws StoreFailure where a bot has the file, or it is damaged */
const holdsAnything = async (file: string): Promise<boolean> => {
  // A log whose file is gone may hold all that there is.
  if (!existsSync(file)) return partsOf(file).some((part) => existsSync(part));
  const contents = openSqliteContents({ file });
  try {
    return (await contents.tenants()).length > 0;
  } finally {
    await contents.close();
  }
};

/** A file is made beside the one that is there, which nobody can open meanwhile, and takes its place when it is whole. */
const sqliteTarget = async (file: string, place: Place, { isForced, now }: Orders): Promise<Target> => {
  const isFull = await holdsAnything(file).catch((error: unknown) => {
    // A backup is for just that; one of a later release goes as well where that is wanted.
    if (!(error instanceof StoreFailure) || !["damaged", "newer-version"].includes(error.trouble))
      throw error;
    if (!isForced) throw error;
    return true;
  });
  if (isFull && !isForced) throw new Refusal((say) => say.backup.notEmpty(place.shown));
  const draft = `${file}.restoring`;
  const aside = isFull ? `${file}.before-${new Date(now).toISOString().replaceAll(":", "")}` : null;
  const ofFiles = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw error instanceof StoreFailure ? error : fileFailureOf(error, file);
    }
  };
  const removeDraft = (): void => {
    for (const part of partsOf(draft)) rmSync(part, { force: true });
  };
  const held = ofFiles(() => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return holdPlace(file, aside);
  });
  const release = (): void => {
    // Whatever members wrote stays nowhere but in its place.
    removeDraft();
    held.release();
  };
  try {
    // A kill leaves a draft.
    ofFiles(removeDraft);
  } catch (error) {
    held.release();
    throw error;
  }
  return {
    store: () => openSqliteStore({ file: draft }),
    contents: async () => openSqliteContents({ file: draft }),
    finish: async () => {
      ofFiles(() => held.replaceWith(draft));
      await syncFolder(dirname(file));
      return aside;
    },
    release: () => ofFiles(release),
  };
};

const redisTarget = async (
  options: RedisOptions,
  place: Place,
  { isForced, from }: Orders,
): Promise<Target> => {
  const others = await otherClients(options);
  if (others === null) throw new Refusal((say) => say.backup.mayRun(place.shown));
  if (others > 0) throw new Refusal((say) => say.backup.botsRun(place.shown, others));
  if (isForced) await wipeForMigration(options, from);
  else {
    if (!(await isEmptyServer(options, from))) throw new Refusal((say) => say.backup.notEmpty(place.shown));
    await place.begin(from);
  }
  return {
    store: () => place.store(),
    contents: () => place.contents(),
    finish: async () => {
      await endMigration(options);
      return null;
    },
    release: () => {},
  };
};

/**
 * Makes a place ready for what a backup holds.
 *
 * @throws Refusal where it holds anything and that is not to go, or a bot runs there
 */
export const targetAt = async (place: Place, orders: Orders): Promise<Target> =>
  place.at.kind === "sqlite"
    ? sqliteTarget(place.at.file, place, orders)
    : redisTarget(place.at.options, place, orders);
