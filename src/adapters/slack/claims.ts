import { createHash } from "node:crypto";
import type { TenantId } from "#core/ids";
import type { Services } from "#core/services";

/** As long as dealing with a delivery takes at most; if its process ended meanwhile, the next delivery may have it. */
const DEALING_MS = 60_000;
/** Slack brings a thing again for minutes, and sometimes after a day. */
const DONE_MS = 3 * 24 * 3_600_000;

const keyOf = (id: string): string =>
  `dealt/${createHash("sha256").update(id).digest("base64url").slice(0, 22)}`;

type Parts = Pick<Services, "store" | "clock" | "log"> & { newToken(): string };

/**
 * Deals with a delivery unless it was dealt with, in this process or another, today or the day before: Slack has no
 * way to take a reply only once. Where the store cannot say, it is dealt with: two replies are better than none.
 */
export async function once(
  tenant: TenantId,
  id: string,
  { store, clock, log, newToken }: Parts,
  deal: () => Promise<void>,
): Promise<void> {
  const key = keyOf(id);
  const token = newToken();
  const now = clock.now();
  let isOurs = true;
  try {
    isOurs = (await store.keepActionOnce(tenant, key, token, now, now + DEALING_MS)) === token;
  } catch (error) {
    log.error("whether a delivery was dealt with could not be read", error, { tenant });
  }
  if (!isOurs) {
    log.info("a delivery was dealt with before", { tenant });
    return;
  }
  await deal();
  try {
    await store.keepAction(tenant, key, token, clock.now(), clock.now() + DONE_MS);
  } catch (error) {
    log.error("that a delivery was dealt with could not be written", error, { tenant });
  }
}
