/** What a fake platform is asked to post. */
export interface Post {
  readonly key: string;
  readonly channel: string;
  /** The platform takes a message with the same nonce in the same channel once, for a few minutes. */
  readonly nonce: string | null;
}

/** How a request ends for whoever sent it; `lost` and `failed-after` have had their effect. */
export type Outcome =
  | { readonly kind: "sent"; readonly id: string }
  | { readonly kind: "too-many" | "failed" | "failed-after" | "lost" };

/** How likely each fault is, from 0 to 1. */
export interface PlatformFaults {
  /** The effect is there, the answer never comes. */
  readonly lost: number;
  /** 5xx, half of them before the effect and half of them after it. */
  readonly failed: number;
  /** 429: nothing has happened. */
  readonly tooMany: number;
}
export const noFaults: PlatformFaults = { lost: 0, failed: 0, tooMany: 0 };

export interface PlatformRules {
  /** How long a nonce is remembered; the platforms promise no more than "a few minutes". */
  readonly nonceMs: number;
  readonly faults: PlatformFaults;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface PlatformReport {
  readonly messages: number;
  /** Keys that stand in their channel more than once. */
  readonly doubled: readonly string[];
  readonly lookBacks: number;
  readonly faults: number;
}

/** A message that should be there, and when at the earliest. */
export type Wanted = readonly [channel: string, key: string, dueAt: number];

export interface PlatformCheck {
  readonly absent: readonly string[];
  readonly early: readonly string[];
  /** How long after it was due the latest of them came. */
  readonly latestMs: number;
}

/** A platform's memory. Every call is one step: whatever goes wrong, a message is there once or not at all. */
export interface Platform {
  post(post: Post): Outcome;
  /** The first message with the key in the channel, or null. */
  find(channel: string, key: string): string | null;
  /** Compares what stands there with what should. */
  check(wanted: readonly Wanted[]): PlatformCheck;
  report(): PlatformReport;
}

const nameOf = (channel: string, key: string): string => `${channel.length}:${channel}${key}`;

export const createPlatform = ({ nonceMs, faults, now, random }: PlatformRules): Platform => {
  const first = new Map<string, { readonly id: string; readonly at: number }>();
  const doubled: string[] = [];
  const nonces = new Map<string, { readonly at: number; readonly id: string }>();
  let [messages, lookBacks, faultsMade] = [0, 0, 0];

  const forget = (): void => {
    // The oldest stand first.
    for (const [nonce, { at }] of nonces) {
      if (now() - at < nonceMs) return;
      nonces.delete(nonce);
    }
  };
  const keep = ({ key, channel, nonce }: Post): string => {
    forget();
    const known = nonce === null ? undefined : nonces.get(nameOf(channel, nonce));
    if (known !== undefined) return known.id;
    messages += 1;
    const id = `m${messages}`;
    const name = nameOf(channel, key);
    if (first.has(name)) doubled.push(name);
    else first.set(name, { id, at: now() });
    if (nonce !== null) nonces.set(nameOf(channel, nonce), { at: now(), id });
    return id;
  };

  return {
    post: (post) => {
      const chance = random();
      const { lost, failed, tooMany } = faults;
      if (chance >= lost + failed + tooMany) return { kind: "sent", id: keep(post) };
      faultsMade += 1;
      if (chance < tooMany) return { kind: "too-many" };
      if (chance < tooMany + failed / 2) return { kind: "failed" };
      keep(post);
      return { kind: chance < tooMany + failed ? "failed-after" : "lost" };
    },
    find: (channel, key) => {
      lookBacks += 1;
      return first.get(nameOf(channel, key))?.id ?? null;
    },
    check: (wanted) => {
      const [absent, early]: [string[], string[]] = [[], []];
      let latestMs = 0;
      for (const [channel, key, dueAt] of wanted) {
        const name = nameOf(channel, key);
        const at = first.get(name)?.at;
        if (at === undefined) absent.push(name);
        else if (at < dueAt) early.push(name);
        else latestMs = Math.max(latestMs, at - dueAt);
      }
      return { absent, early, latestMs };
    },
    report: () => ({ messages, doubled, lookBacks, faults: faultsMade }),
  };
};
