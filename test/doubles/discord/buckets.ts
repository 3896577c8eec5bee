/** How many requests in how long. */
export interface Rate {
  readonly requests: number;
  readonly windowMs: number;
}

export interface RateLimits {
  /** All requests together, interactions excepted. */
  readonly global: Rate;
  /** Posts to one channel. */
  readonly post: Rate;
  /** Every other route, each with its channel, guild or webhook. */
  readonly other: Rate;
}

/** 50 requests a second is documented; the others are of the kind that the headers announce, and no promise. */
export const discordRateLimits: RateLimits = {
  global: { requests: 50, windowMs: 1000 },
  post: { requests: 5, windowMs: 5000 },
  other: { requests: 5, windowMs: 1000 },
};

/** So wide that no test waits. */
export const wideRateLimits: RateLimits = {
  global: { requests: 100_000, windowMs: 1000 },
  post: { requests: 10_000, windowMs: 1000 },
  other: { requests: 10_000, windowMs: 1000 },
};

/** A request as the limits see it. */
export interface Counted {
  readonly rate: "post" | "other";
  /** The route without its channel, guild or webhook: what X-RateLimit-Bucket names. */
  readonly bucket: string;
  /** The channel, guild or webhook. */
  readonly major: string;
  readonly isInteraction: boolean;
}

export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  /** Null where the request may pass. */
  readonly refused: { readonly retryAfterSeconds: number; readonly global: boolean } | null;
}

interface Window {
  endsAt: number;
  left: number;
}

/** Counts requests as Discord does. @param now milliseconds of a clock that only goes forward */
export function rateBuckets(limits: RateLimits, now: () => number): (request: Counted) => Admission {
  const windows = new Map<string, Window>();
  const open = (key: string, { requests, windowMs }: Rate): Window => {
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > now()) return known;
    const fresh = { endsAt: now() + windowMs, left: requests };
    windows.set(key, fresh);
    return fresh;
  };
  return ({ rate, bucket, major, isInteraction }) => {
    const window = open(`${bucket} ${major}`, limits[rate]);
    const everything = isInteraction ? null : open("", limits.global);
    const seconds = (until: number) => Math.max(0.001, (until - now()) / 1000);
    const headers = () => ({
      "x-ratelimit-limit": String(limits[rate].requests),
      "x-ratelimit-remaining": String(window.left),
      "x-ratelimit-reset": String((Date.now() + window.endsAt - now()) / 1000),
      "x-ratelimit-reset-after": seconds(window.endsAt).toFixed(3),
      "x-ratelimit-bucket": Buffer.from(bucket).toString("hex").slice(0, 32),
    });
    const refuse = (until: number, global: boolean): Admission => ({
      headers: {
        ...headers(),
        "retry-after": String(Math.ceil(seconds(until))),
        "x-ratelimit-scope": global ? "global" : "user",
        ...(global ? { "x-ratelimit-global": "true" } : {}),
      },
      refused: { retryAfterSeconds: Math.ceil(seconds(until) * 1000) / 1000, global },
    });
    if (everything !== null && everything.left === 0) return refuse(everything.endsAt, true);
    if (window.left === 0) return refuse(window.endsAt, false);
    window.left -= 1;
    if (everything !== null) everything.left -= 1;
    return { headers: headers(), refused: null };
  };
}
