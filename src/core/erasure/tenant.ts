import { z } from "zod";
import { changeDossier } from "#core/dossier-change";
import { type Instant, instantSchema, type TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { dropDossiers } from "./dossiers.ts";
import { planPurge, purgeNow } from "./purge.ts";
import { usualRetention } from "./retention.ts";

const AGAIN_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** The erasure of a whole tenant that an admin asked for. */
export const TENANT_ERASURE = "tenant";
/** The same of a tenant that the bot was taken out of, when that is long enough ago. */
export const LEFT_ERASURE = "left";

const planSchema = z.strictObject({ at: instantSchema });

export const tenantErasureAt = (text: string): Instant => planSchema.parse(JSON.parse(text)).at;

type Parts = Pick<Services, "store" | "clock" | "log">;

const keyOf = (tenant: TenantId, id: string) => ({ tenant, kind: "erasure", id }) as const;

/**
 * Erases all of a tenant: its members' things, settings, posts, question packs, and what its platform gave to let the
 * bot in. A process that dies in between is taken over by the clock.
 */
export async function eraseTenant(tenant: TenantId, at: Instant, parts: Parts): Promise<void> {
  const { store, clock } = parts;
  await changeDossier(store, keyOf(tenant, TENANT_ERASURE), () => ({
    text: JSON.stringify({ at }),
    wakeAt: clock.now() + AGAIN_MS,
  }));
  await dropDossiers(tenant, store);
  await store.eraseTenant(tenant, at);
  const planned = await planPurge(tenant, parts);
  await purgeNow(tenant, planned, parts);
}

/** The bot was taken out: what it keeps of the tenant is erased when nobody brings it back for as long as the operator has set. */
export async function planErasure(
  tenant: TenantId,
  { store, clock, retention = usualRetention }: Parts & Pick<Services, "retention">,
): Promise<void> {
  const at = clock.now() + retention.leftDays * DAY_MS;
  await changeDossier(store, keyOf(tenant, LEFT_ERASURE), (standing) =>
    standing === null ? { text: JSON.stringify({ at }), wakeAt: at } : null,
  );
}

/** The bot is there again. */
export async function cancelErasure(tenant: TenantId, { store }: Pick<Parts, "store">): Promise<void> {
  await store.dropDossier(tenant, "erasure", LEFT_ERASURE);
}
