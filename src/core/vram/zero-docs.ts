/** A run as DeepSpeed's memory estimator sees it: model states only, no activations. */
export interface ZeroRun {
  readonly parameters: number;
  /** Parameters of the largest layer. */
  readonly largestLayer: number;
  readonly gpusPerNode: number;
  readonly nodes: number;
  /** Offload of optimizer states, or of parameters as well. */
  readonly offload: "none" | "optimizer" | "all";
}

/** What each GPU and each node's host need, in bytes. */
export interface ZeroNeeds {
  readonly gpu: number;
  readonly host: number;
}

/** Docs of DeepSpeed add half to the host's share for buffers. */
export const HOST_BUFFER_FACTOR = 1.5;

/**
 * Model states under ZeRO-2 as DeepSpeed's own docs count them.
 *
 * @see DeepSpeed docs, memory.rst, estimate_zero2_model_states_mem_needs: 2851e6 parameters on one node of 8 take 15.93
 *   GiB per GPU, with optimizer offload 5.31 GiB and 127.45 GiB of host memory
 */
export function zero2Needs({ parameters: P, gpusPerNode: g, nodes: m, offload }: ZeroRun): ZeroNeeds {
  return offload === "none"
    ? { gpu: 4 * P + (16 * P) / (g * m), host: 4 * g * P * HOST_BUFFER_FACTOR }
    : { gpu: 2 * P, host: P * Math.max(4 * g, 16) * HOST_BUFFER_FACTOR };
}

/**
 * Model states under ZeRO-3, likewise, without zero.Init.
 *
 * @see DeepSpeed docs, memory.rst, estimate_zero3_model_states_mem_needs: 2851e6 parameters with a largest layer of 32e6
 *   on one node of 8: 0.12 GiB with full offload, 0.78 with optimizer offload, 6.09 without (zero.Init's 1.43 of host)
 */
export function zero3Needs({
  parameters: P,
  largestLayer,
  gpusPerNode: g,
  nodes: m,
  offload,
}: ZeroRun): ZeroNeeds {
  const layer = 4 * largestLayer;
  switch (offload) {
    case "none":
      return { gpu: layer + (18 * P) / (g * m), host: 4 * g * P * HOST_BUFFER_FACTOR };
    case "optimizer":
      return { gpu: layer + (2 * P) / (g * m), host: P * Math.max(4 * g, 16 / m) * HOST_BUFFER_FACTOR };
    case "all":
      return { gpu: layer, host: P * Math.max(4 * g, 18 / m) * HOST_BUFFER_FACTOR };
  }
}
