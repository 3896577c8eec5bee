import type { Clock } from "#core/ports";

/** What identifies messages, events and actions: seconds and micro-seconds, each later than the one before. */
export function timestamps(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const made = BigInt(Math.floor(clock.now())) * 1000n;
    last = made > last ? made : last + 1n;
    return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, "0")}`;
  };
}
