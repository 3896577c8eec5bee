import type { Redis } from "ioredis";
import { ACKNOWLEDGE_MS } from "./group-commit.ts";

/** A replica that has been silent for longer is not waited for: nobody's answer is held up by one that is ill. */
const KEEPS_UP_SECONDS = 3;
/** How long it counts how many keep up: asking costs about as much as a write. */
const KNOWN_MS = 500;

const followersIn = (info: string): number =>
  [...info.matchAll(/^slave\d+:.*\bstate=online\b.*\blag=(\d{1,9})\b/gm)].filter(
    ([, lag]) => Number(lag) <= KEEPS_UP_SECONDS,
  ).length;

/**
 * Whether all that a connection has written so far is on every replica that keeps up, and at least on one. One alone
 * would not do where there are more: sentinels go by what they heard seconds ago, and may promote the other.
 */
export const onFollowers = (now: () => number = () => performance.now()) => {
  const known = new WeakMap<object, { readonly count: number; readonly at: number }>();
  return async (node: Pick<Redis, "info" | "wait">): Promise<boolean> => {
    let followers = known.get(node);
    if (followers === undefined || now() - followers.at > KNOWN_MS) {
      followers = { count: followersIn(await node.info("replication")), at: now() };
      known.set(node, followers);
    }
    const wanted = Math.max(1, followers.count);
    return (await node.wait(wanted, ACKNOWLEDGE_MS)) >= wanted;
  };
};
