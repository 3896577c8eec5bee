import { createHash } from "node:crypto";
import type { Clock, Poster } from "#core/ports";
import type { Wire } from "./wire.ts";

/** As long as a platform surely knows a nonce: the product's adapter counts on no more either. */
const NONCE_MS = 120_000;
/** The longest that Discord takes. */
const NONCE_LENGTH = 25;

/**
 * Posts as the product's adapters do: by a nonce, that is the same at every try, and later by looking back; or, where
 * the platform knows no nonces, by looking back alone.
 */
export const posterOn = (wire: Wire, clock: Clock, hasNonces: (tenant: string) => boolean): Poster => ({
  post: async ({ tenant, channel, key }) => {
    const nonce = hasNonces(tenant)
      ? createHash("sha256").update(key).digest("base64url").slice(0, NONCE_LENGTH)
      : null;
    const answered = await wire.ask({ post: { channel: `${tenant}/${channel}`, key, nonce } });
    if ("kind" in answered && answered.kind === "sent") return answered.id;
    throw new Error(`the platform: ${"kind" in answered ? answered.kind : "no answer"}`);
  },
  find: async ({ tenant, channel, key }, since) => {
    if (hasNonces(tenant) && clock.now() - since < NONCE_MS) return null;
    const answered = await wire.ask({ find: { channel: `${tenant}/${channel}`, key } });
    if (!("found" in answered)) throw new Error("the platform answered something else");
    return answered.found;
  },
});
