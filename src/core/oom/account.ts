import { idleCache } from "./arithmetic.ts";
import type { Figures } from "./kinds.ts";

/** The check line of a card: total = free + yours + idle cache + others + rest, all in GiB. */
export interface Account {
  readonly total: number;
  readonly free: number;
  readonly yours: number;
  readonly idle: number;
  /** 0 where nothing is held by others, as far as the message says. */
  readonly others: number;
  /** Context and communication buffers, normally 0.5–2; negative where the numbers contradict each other. */
  readonly rest: number;
}

/** Printed figures have two decimals; a sum of five may be off by this much (GiB). */
export const ROUNDING_GIB = 0.05;

/** Draws up the check line; null where the message states too little. */
export const drawUp = (figures: Figures): Account | null => {
  const { total, free, allocated, others } = figures;
  const idle = idleCache(figures);
  if (total === null || free === null || allocated === null || idle === null) return null;
  const taken = free + allocated + idle + (others ?? 0);
  return {
    total,
    free,
    yours: allocated,
    idle,
    others: others ?? 0,
    rest: Number((total - taken).toFixed(4)),
  };
};
