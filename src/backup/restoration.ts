import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { ConflictingSubmission } from "#core/store-failure";
import { compare, copyTenant, type Moved } from "./copying.ts";
import type { Place } from "./place.ts";
import { type Backup, openBackup } from "./reading.ts";
import { type Target, targetAt } from "./target.ts";

export interface Restored extends Moved {
  readonly to: string;
  /** When the backup was made. */
  readonly madeAt: number;
  /** Where what was there before lies now; null where there was nothing, or it is gone. */
  readonly before: string | null;
}

/** Brings every tenant over; two answers with one id are none that a store gave. */
const copyAll = async (backup: Backup, store: Store, now: number, file: string): Promise<void> => {
  try {
    for (const tenant of await backup.tenants()) await copyTenant(backup, store, tenant, now);
  } catch (error) {
    if (!(error instanceof ConflictingSubmission)) throw error;
    throw new Refusal((say) => say.backup.damaged(file), { cause: error });
  }
};

const fill = async (backup: Backup, target: Target, now: number, file: string): Promise<Moved | null> => {
  const tenants = await backup.tenants();
  const store = await target.store();
  try {
    await copyAll(backup, store, now, file);
  } finally {
    await store.close();
  }
  const arrived = await target.contents();
  try {
    // What is there beyond the backup would be somebody who writes meanwhile.
    if ((await arrived.tenants()).length !== tenants.length) return null;
    return await compare(backup, arrived, tenants, now);
  } finally {
    await arrived.close();
  }
};

/**
 * Brings what a backup holds into a place and reads it back.
 *
 * @param isForced whether what is there already goes
 * @throws Refusal where the backup is none or damaged, the place holds anything, a bot runs there, or what arrived
 * differs; what the place held is then as it was, or, where it was a Redis and was to go, gone
 */
export const restoreBackup = async (
  file: string,
  place: Place,
  { isForced, now }: { readonly isForced: boolean; readonly now: number },
): Promise<Restored> => {
  const backup = await openBackup(file);
  try {
    const target = await targetAt(place, { isForced, from: `backup:${backup.digest}`, now });
    // Also where somebody ends the process meanwhile.
    process.once("exit", target.release);
    try {
      const moved = await fill(backup, target, now, file);
      if (moved === null) throw new Refusal((say) => say.backup.differs(place.shown));
      const before = await target.finish();
      return { to: place.shown, madeAt: backup.about.at, before, ...moved };
    } finally {
      process.off("exit", target.release);
      target.release();
    }
  } finally {
    await backup.close();
  }
};
