/**
 * What memory is spent on, in the order in which it is printed, stacked and added up: the one list that formulas,
 * report, words and pictures share.
 */
export const componentNames = [
  "weights",
  "gradients",
  "optimizer",
  "activations",
  "logits",
  "kvCache",
  "overhead",
] as const;

export type ComponentName = (typeof componentNames)[number];

/** Bytes alive on one GPU at its peak. `overhead`: gathered layers, buckets, temporaries, context, fragmentation. */
export type Components = Readonly<Record<ComponentName, number>>;
