import type { TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { type Kept, keyIn, type Pressed, readPressed } from "./pressed.ts";

/** How long a button works that is too long for its platform. */
const KEPT_MS = 90 * 24 * 3_600_000;

type Keepers = Pick<Services, "store" | "clock" | "log">;

/**
 * Keeps what the buttons and menus of a message stand for. Never rejects: a message that is shown with a dead button
 * is better than none, and whoever presses it reads why.
 */
export async function keepAll(
  tenant: TenantId,
  kept: readonly Kept[],
  { store, clock, log }: Keepers,
): Promise<void> {
  const now = clock.now();
  try {
    for (const { key, text } of kept) await store.keepAction(tenant, key, text, now, now + KEPT_MS);
  } catch (error) {
    log.error("what a button does could not be kept", error, { tenant });
  }
}

/** The text that a short one stands for, or itself; null where it was kept and is not any more. */
export async function textBehind(
  short: string,
  tenant: TenantId,
  { store, clock }: Keepers,
): Promise<string | null> {
  const key = keyIn(short);
  return key === null ? short : store.keptAction(tenant, key, clock.now());
}

/** What a component does, by its id; null where the id is not ours, or forgotten. */
export async function pressedBy(id: string, tenant: TenantId, keepers: Keepers): Promise<Pressed | null> {
  const text = await textBehind(id, tenant, keepers);
  return text === null ? null : readPressed(text);
}
