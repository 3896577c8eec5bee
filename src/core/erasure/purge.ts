import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { instantSchema, type TenantId } from "#core/ids";
import type { Services } from "#core/services";

/** What was removed of a tenant, and has still to go from the medium itself. */
export const PURGE = "purge";

const AGAIN_MS = 60_000;
const WEEK_MS = 7 * 24 * 3_600_000;

/** What is left is the medium's own log; before that the dossier holds when it was planned, alone. */
const purgedSchema = z.strictObject({ purgedAt: instantSchema });

type Parts = Pick<Services, "store" | "clock" | "log">;
type Next = Pick<Dossier, "text" | "wakeAt">;

const keyOf = (tenant: TenantId) => ({ tenant, kind: "erasure", id: PURGE }) as const;

/**
 * Has the clock see to it that the bytes go, whatever becomes of this process.
 *
 * @returns the plan's text, by which `purgeNow` knows it again
 */
export async function planPurge(tenant: TenantId, { store, clock }: Omit<Parts, "log">): Promise<string> {
  const wakeAt = clock.now() + AGAIN_MS;
  const text = String(wakeAt);
  await changeDossier(store, keyOf(tenant), () => ({ text, wakeAt }));
  return text;
}

/**
 * Has the clock let the bytes go within a week, with those of whatever is removed until then: for words that have grown
 * old, where rewriting everything every day would cost more than it gives.
 */
export async function planPurgeThisWeek(
  tenant: TenantId,
  { store, clock }: Omit<Parts, "log">,
): Promise<void> {
  const now = clock.now();
  await changeDossier(store, keyOf(tenant), (standing) => {
    // What is under way began before these words went: it begins anew.
    const isUnderWay = standing !== null && purgedSchema.safeParse(JSON.parse(standing.text)).success;
    if (standing !== null && !isUnderWay) return null;
    const wakeAt = now + (isUnderWay ? AGAIN_MS : WEEK_MS);
    return { text: String(wakeAt), wakeAt };
  });
}

/** Goes on with a purge; returns what is left to do of it and when, null where that is nothing. */
export async function purgeFurther(
  tenant: TenantId,
  text: string,
  { store, clock }: Omit<Parts, "log">,
): Promise<Next | null> {
  let purgedAt = purgedSchema.safeParse(JSON.parse(text)).data?.purgedAt;
  if (purgedAt === undefined) {
    await store.purge(tenant);
    purgedAt = await (store.now?.() ?? clock.now());
  }
  if (store.rewriteLog === undefined || (await store.rewriteLog(purgedAt))) return null;
  return { text: JSON.stringify({ purgedAt }), wakeAt: clock.now() + AGAIN_MS };
}

/** Lets the bytes go. Where that fails nobody can read what was removed all the same, and the clock tries again. */
export async function purgeNow(tenant: TenantId, planned: string, parts: Parts): Promise<void> {
  const { store, log } = parts;
  try {
    const next = await purgeFurther(tenant, planned, parts);
    if (next === null) await store.dropDossier(tenant, "erasure", PURGE);
    // What somebody else has planned meanwhile is still to be done from its beginning.
    else await changeDossier(store, keyOf(tenant), (standing) => (standing?.text === planned ? next : null));
  } catch (error) {
    log.error("what was removed has left bytes behind; it is tried again", error, { tenant });
  }
}
