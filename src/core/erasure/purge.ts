import { changeDossier } from "#core/dossier-change";
import type { TenantId } from "#core/ids";
import type { Services } from "#core/services";

/** What was removed of a tenant, and has still to go from the medium itself. */
export const PURGE = "purge";

const AGAIN_MS = 60_000;

type Parts = Pick<Services, "store" | "clock" | "log">;

/** Has the clock see to it that the bytes go, whatever becomes of this process. */
export async function planPurge(tenant: TenantId, { store, clock }: Omit<Parts, "log">): Promise<void> {
  const wakeAt = clock.now() + AGAIN_MS;
  await changeDossier(store, { tenant, kind: "erasure", id: PURGE }, () => ({
    text: String(wakeAt),
    wakeAt,
  }));
}

/** Lets the bytes go. Where that fails nobody can read what was removed all the same, and the clock tries again. */
export async function purgeNow(tenant: TenantId, { store, log }: Omit<Parts, "clock">): Promise<void> {
  try {
    await store.purge(tenant);
  } catch (error) {
    log.error("what was removed has left bytes behind; it is tried again", error, { tenant });
    return;
  }
  await store.dropDossier(tenant, "erasure", PURGE);
}
