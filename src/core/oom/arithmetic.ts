import type { CaseId, Figures } from "./kinds.ts";

/** The driver keeps about this much back, so a request that nearly fits may fail on a full card (GiB). */
const DRIVER_RESERVE_GIB = 64 / 1024;
/** Less than this is the context of a process (GiB). */
const CONTEXT_GIB = 2.5;
/** JAX asks for a few bytes when another process or its own preallocation has taken the card (GiB). */
const TINY_GIB = 16 / 1024;

/** Reserved by this process and not in use (GiB). */
export const idleCache = (figures: Figures): number | null =>
  figures.reserved === null || figures.allocated === null
    ? null
    : Number((figures.reserved - figures.allocated).toPrecision(6));

/** The idle cache would have covered the request, had it been in one piece. */
export const isFragmented = (figures: Figures): boolean => {
  const idle = idleCache(figures);
  const { tried, free } = figures;
  if (idle === null || tried === null || free === null) return false;
  return idle >= 1 && free + idle >= tried && tried > free;
};

/** By how much the request is short at least (GiB); the run may want more later. Null where it is not stated. */
export const shortfall = (figures: Figures): number | null => {
  const { tried, free } = figures;
  return tried === null || free === null || tried <= free ? null : Number((tried - free).toPrecision(6));
};

/**
 * What the numbers of a device message say, by the first test that holds.
 * @returns null where the sentence states too little to tell
 */
export const judge = (figures: Figures): CaseId | null => {
  const { tried, total, allocated, free, others, privatePools, allowed } = figures;
  if (tried === null || total === null) return null;
  if (allowed !== null && allowed < total) return "gpu_device/allocator_limit";
  // Without "free" only a nearly empty card shows that a limit for one allocation was met.
  if (free === null && allocated !== null && allocated < 0.05 * total && tried < total) {
    return "gpu_device/allocator_limit";
  }
  if (tried > total) return "gpu_device/request_exceeds_device";
  if (allocated !== null && allocated > total) return "gpu_device/sysmem_fallback";
  if (free !== null && free >= tried + DRIVER_RESERVE_GIB) return "gpu_device/free_exceeds_request";
  if (others !== null && others > Math.max(CONTEXT_GIB, 0.2 * total)) return "gpu_device/other_process";
  if (privatePools !== null && allocated !== null && privatePools > 0.25 * allocated) {
    return "gpu_device/cuda_graph_pool";
  }
  if (isFragmented(figures)) return "gpu_device/fragmentation";
  return tried > 0.25 * total ? "gpu_device/large_request" : "gpu_device/capacity";
};

/** What a single requested size says where no total is stated. */
export const judgeRequest = (tried: number, absurd: number, mayBeTiny: boolean): CaseId | null => {
  if (tried > absurd) return "gpu_device/request_exceeds_device";
  return mayBeTiny && tried < TINY_GIB ? "gpu_device/tiny_request" : null;
};

/** The same three tests for a pool that the processor and the graphics share. */
export const judgeUnified = (figures: Figures): CaseId => {
  const { tried, total, allocated, others } = figures;
  if (tried !== null && total !== null && tried > total) return "unified/request_exceeds_device";
  if (others !== null && allocated !== null && others > allocated) return "unified/other_process";
  return "unified/capacity";
};
