import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Instant } from "#core/ids";

/** Slack's own rule, in both directions. */
const MOST_SKEW_MS = 5 * 60_000;
/** Longer than a signature is good for: from five minutes ahead to five minutes ago. */
const REMEMBERED_MS = 11 * 60_000;

export type Verdict =
  | { readonly kind: "ok"; readonly sentAt: Instant }
  | { readonly kind: "refused"; readonly why: "headers" | "time" | "signature" | "replay" };

const single = (value: string | string[] | undefined): string | null =>
  typeof value === "string" ? value : null;

/** Lets in what Slack has signed within the last minutes, once. */
export class HttpGuard {
  readonly #secret: string;
  readonly #now: () => Instant;
  readonly #seen = new Map<string, Instant>();

  constructor(secret: string, now: () => Instant) {
    this.#secret = secret;
    this.#now = now;
  }

  judge(headers: IncomingHttpHeaders, body: Uint8Array): Verdict {
    const signature = single(headers["x-slack-signature"]);
    const timestamp = single(headers["x-slack-request-timestamp"]);
    if (signature === null || timestamp === null || !/^\d{1,12}$/.test(timestamp))
      return { kind: "refused", why: "headers" };
    const sentAt = Number(timestamp) * 1000;
    const now = this.#now();
    if (Math.abs(now - sentAt) > MOST_SKEW_MS) return { kind: "refused", why: "time" };
    const hmac = createHmac("sha256", this.#secret).update(`v0:${timestamp}:`).update(body);
    const own = Buffer.from(`v0=${hmac.digest("hex")}`);
    const given = Buffer.from(signature);
    if (own.length !== given.length || !timingSafeEqual(own, given))
      return { kind: "refused", why: "signature" };
    // Remembered after it was verified: nobody fills the memory who cannot sign.
    this.#forget(now);
    if (this.#seen.has(signature)) return { kind: "refused", why: "replay" };
    this.#seen.set(signature, now);
    return { kind: "ok", sentAt };
  }

  #forget(now: Instant): void {
    for (const [signature, at] of this.#seen) {
      if (now - at <= REMEMBERED_MS) return;
      this.#seen.delete(signature);
    }
  }
}
