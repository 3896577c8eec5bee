import { type Card, fitsCard } from "./gpus.ts";
import { memoryBytes } from "./memory.ts";
import type { Settings } from "./settings.ts";

/** Lengths are offered in steps that kernels like. */
const SEQUENCE_STEP = 64;
const MOST_BATCH = 65_536;
const MOST_STEPS = 2 ** 24 / SEQUENCE_STEP;

/** The largest whole number up to `most` that passes a test which, once failed, stays failed; 0 where 1 fails. */
function largestPassing(most: number, passes: (candidate: number) => boolean): number {
  let low = 0;
  let high = most + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return low;
}

export interface Largest {
  /** Largest micro-batch at the asked length; 0 where even one does not fit. */
  readonly batch: number;
  /** Largest length at the asked batch, a multiple of 64. */
  readonly seq: number;
}

/**
 * The largest batch and length that fit a card with the usual margin. The peak rises with both, in steps and
 * kinks, so this bisects the estimate itself.
 */
export function largestFor(settings: Settings, card: Card): Largest {
  const fits = (change: Partial<Settings>): boolean =>
    fitsCard(memoryBytes({ ...settings, ...change }).peakBytes, card);
  return {
    batch: largestPassing(MOST_BATCH, (batch) => fits({ batch })),
    seq:
      SEQUENCE_STEP *
      largestPassing(MOST_STEPS, (steps) => {
        const seq = steps * SEQUENCE_STEP;
        return fits({ seq, genTokens: Math.min(settings.genTokens, seq) });
      }),
  };
}
