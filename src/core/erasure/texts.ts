import { z } from "zod";
import { readAppeal } from "#core/appeal/appeal";
import { changeDossier } from "#core/dossier-change";
import type { Instant, TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { dossiersOf, isSlip } from "./dossiers.ts";
import { planPurgeThisWeek } from "./purge.ts";
import { usualRetention } from "./retention.ts";

const DAY_MS = 24 * 3_600_000;
/** How many answers are rewritten before others have their turn. */
const AT_ONCE = 500;
/** What is left waits for the next sweep. */
const MOST_A_SWEEP = 50_000;

/** A tenant's plan of emptying old answers. */
export const TEXTS = "texts";

/** What admins may choose, in days. */
export const KEPT_DAYS = { least: 30, most: 3650 } as const;

const planSchema = z.strictObject({
  /** Null where the operator's number holds. */
  days: z.int().min(KEPT_DAYS.least).max(KEPT_DAYS.most).nullable(),
});

const keyOf = (tenant: TenantId) => ({ tenant, kind: "erasure", id: TEXTS }) as const;
const read = (text: string | undefined) =>
  text === undefined ? { days: null } : planSchema.parse(JSON.parse(text));

type Parts = Pick<Services, "store" | "clock" | "retention">;

/** For how many days the texts of a tenant's answers are kept. */
export async function keptDaysOf(
  tenant: TenantId,
  { store, retention = usualRetention }: Pick<Parts, "store" | "retention">,
): Promise<number> {
  const { days } = read((await store.dossier(tenant, "erasure", TEXTS))?.text);
  return days ?? retention.textsDays;
}

/** Sets it; null for the operator's own number. Old answers are emptied with the next look of the clock. */
export async function setKeptDays(
  tenant: TenantId,
  days: number | null,
  { store, clock }: Pick<Parts, "store" | "clock">,
): Promise<void> {
  await changeDossier(store, keyOf(tenant), () => ({ text: JSON.stringify({ days }), wakeAt: clock.now() }));
}

/** Has the clock look at a tenant's answers every day; where that is planned it changes nothing. */
export async function planTexts(
  tenant: TenantId,
  { store, clock }: Pick<Parts, "store" | "clock">,
): Promise<void> {
  await changeDossier(store, keyOf(tenant), (standing) =>
    standing === null ? { text: JSON.stringify({ days: null }), wakeAt: clock.now() + DAY_MS } : null,
  );
}

/** Takes the words out of old appeals, which quote an answer; what was decided stays. Returns how many there were. */
async function emptyAppeals(tenant: TenantId, before: Instant, store: Parts["store"]): Promise<number> {
  let emptied = 0;
  for await (const dossier of dossiersOf(store, tenant, "appeal")) {
    if (isSlip(dossier)) continue;
    const kept = await changeDossier(store, dossier, (standing) => {
      if (standing === null) return null;
      const appeal = readAppeal(standing.text);
      if (appeal.filedAt >= before || (appeal.words === null && appeal.reason === null)) return null;
      return { text: JSON.stringify({ ...appeal, words: null, reason: null }), wakeAt: standing.wakeAt };
    });
    if (kept !== null && kept.text !== dossier.text) emptied += 1;
  }
  return emptied;
}

/** Empties the answers of a tenant that are too old, and what was quoted of them; returns when to look again. */
export async function sweepTexts(tenant: TenantId, parts: Parts): Promise<Instant> {
  const { store, clock } = parts;
  const now = clock.now();
  const before = now - (await keptDaysOf(tenant, parts)) * DAY_MS;
  let emptied = 0;
  while (emptied < MOST_A_SWEEP) {
    const some = before > 0 ? await store.forgetTexts(tenant, before, AT_ONCE) : 0;
    emptied += some;
    if (some < AT_ONCE) break;
  }
  const quoted = before > 0 ? await emptyAppeals(tenant, before, store) : 0;
  if (emptied + quoted > 0) await planPurgeThisWeek(tenant, parts);
  return now + (emptied < MOST_A_SWEEP ? DAY_MS : 60_000);
}
