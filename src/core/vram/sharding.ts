import type { ActivationShare } from "./activations.ts";
import { type ModelStates, usesDeepSpeed } from "./model-states.ts";
import { hasAdapters, type Settings } from "./settings.ts";
import { embeddingParameters, headParameters, layerParameters } from "./shape.ts";
import { bytesPerWeight, isQuantised } from "./weights.ts";
import { HOST_BUFFER_FACTOR, zero2Needs, zero3Needs } from "./zero-docs.ts";

/** What several GPUs leave on each, and what sharing costs, in bytes. */
export interface Shard extends ModelStates {
  /** Gathered layers and communication buckets, alive during forward and backward. */
  readonly live: number;
  /** Kept in host memory by offload, per node. */
  readonly host: number;
}

/** DeepSpeed allots its all-gather and its reduce bucket in full, 5e8 elements of 16 bit each, however little is trained. */
const BUCKET_BYTES = 2 * 5e8 * 2;
/** Parameters that ZeRO-3 may hold gathered. @see DeepSpeed docs, stage3_max_live_parameters */
const MAX_LIVE_PARAMETERS = 1e9;

/** GPUs that share one host's memory; a run of more counts as several nodes. */
const GPUS_PER_NODE = 8;

/**
 * Two layers are gathered at a time, at the width in which they travel, with embedding and head in 16 bit; torchtune
 * wraps embedding and head on their own, so they are not there together with the layers.
 *
 * @see pytorch/torchtune README.md: Llama-3.1-70B LoRA on 8 GPUs, 27.6 GiB
 */
function gatheredBytes({ shape, weightsDtype, framework }: Settings): number {
  const perWeight = isQuantised(weightsDtype) ? bytesPerWeight[weightsDtype] : 2;
  const vocabulary = 2 * (embeddingParameters(shape) + headParameters(shape));
  return 2 * layerParameters(shape) * perWeight + (framework.startsWith("torchtune") ? 0 : vocabulary);
}

/** FSDP parks fp32 weights, gradients and states of its shard, 16 B for each parameter, once a node. */
const FSDP_HOST = 16;

/**
 * Host memory per node under offload, in bytes.
 *
 * @param parameters trained parameters
 * @see DeepSpeed docs, memory.rst; hiyouga/LLaMA-Factory issue 6755: 32B was killed at 744 GB, this gives 590 to 885 GB
 */
export function offloadHostBytes(
  parameters: number,
  gpus: number,
  scheme: "zero2-offload" | "zero3-offload" | "fsdp-offload",
): number {
  const gpusPerNode = Math.min(gpus, GPUS_PER_NODE);
  const nodes = Math.ceil(gpus / GPUS_PER_NODE);
  const run = { parameters, largestLayer: 0, gpusPerNode, nodes };
  switch (scheme) {
    case "zero2-offload":
      return zero2Needs({ ...run, offload: "optimizer" }).host;
    case "zero3-offload":
      return zero3Needs({ ...run, offload: "all" }).host;
    case "fsdp-offload":
      return (FSDP_HOST * parameters * HOST_BUFFER_FACTOR) / nodes;
  }
}

/**
 * What DeepSpeed's docs count as model states for a full fine-tune under ZeRO-2 or ZeRO-3, in bytes per GPU; null for
 * everything else. They keep whole 16-bit gradients and cast all of them, so they stand above what runs show.
 */
export function documentedStates({ parallel, gpus, shape, method }: Settings): number | null {
  if (method !== "full" || parallel === null) return null;
  const run = {
    parameters: shape.params,
    largestLayer: layerParameters(shape),
    gpusPerNode: Math.min(gpus, GPUS_PER_NODE),
    nodes: Math.ceil(gpus / GPUS_PER_NODE),
    offload: "none" as const,
  };
  if (parallel === "zero2") return zero2Needs(run).gpu;
  return parallel === "zero3" ? zero3Needs(run).gpu : null;
}

/**
 * Divides model states over the GPUs. Activations and logits are per GPU under every kind of data parallelism.
 *
 * @see arXiv:1910.02054, section 5 (ZeRO stages); arXiv:1909.08053 (tensor parallelism)
 */
export function shardStates(settings: Settings, states: ModelStates): Shard {
  const { gpus: n, parallel, shape } = settings;
  const base: Shard = { ...states, live: 0, host: 0 };
  const trainsBase = !hasAdapters(settings);
  const divided: Shard = {
    ...base,
    weights: states.weights / n,
    adapters: states.adapters / n,
    gradients: states.gradients / n,
    optimizer: states.optimizer / n,
  };
  const offloaded = { gradients: 0, optimizer: 0, stepScratch: 0 };
  switch (parallel) {
    case null:
      // One GPU; or inference, whose layers are split. Training on several always names its scheme.
      return divided;
    case "ddp":
      return { ...base, live: n > 1 ? states.gradients : 0 };
    case "zero1":
      return { ...base, optimizer: states.optimizer / n, live: BUCKET_BYTES };
    case "zero2":
      return {
        ...base,
        gradients: states.gradients / n,
        optimizer: states.optimizer / n,
        live: BUCKET_BYTES,
      };
    case "zero2-offload":
      return {
        ...base,
        ...offloaded,
        live: BUCKET_BYTES,
        host: offloadHostBytes(states.trainable, n, parallel),
      };
    case "zero3":
    case "fsdp": {
      const unlimited = usesDeepSpeed(settings) ? 2 * Math.min(MAX_LIVE_PARAMETERS, shape.params) : 0;
      return { ...divided, live: Math.max(gatheredBytes(settings), unlimited) };
    }
    case "zero3-offload":
    case "fsdp-offload":
      return {
        ...divided,
        ...offloaded,
        weights: 0,
        adapters: 0,
        live: gatheredBytes(settings),
        host:
          offloadHostBytes(states.trainable, n, parallel) +
          // A frozen base is parked on the host too, once, in the dtype it is stored in.
          (trainsBase ? 0 : states.weights),
      };
    case "tp":
    case "pp":
      return { ...divided, stepScratch: states.stepScratch / n };
  }
}

/** How tensor and pipeline parallelism cut activations; every other scheme leaves them whole. */
export function activationShare(settings: Settings): ActivationShare {
  const { parallel, gpus, accumulation, shape } = settings;
  if (parallel === "tp") {
    // Norms and residuals stay whole unless sequence parallelism splits them too.
    const whole = (12 * shape.hidden) / (20 * shape.hidden + 8 * shape.intermediate);
    return { layer: whole + (1 - whole) / gpus, layers: 1, logits: 1 / gpus };
  }
  // The first stage keeps up to p micro-batches in flight (1F1B).
  if (parallel === "pp") return { layer: 1, layers: Math.min(gpus, accumulation) / gpus, logits: 1 };
  return { layer: 1, layers: 1, logits: 1 };
}

/** How many GPUs share one sequence's KV cache: all of a layer split, at most one per key-value head with TP. */
export const kvShare = ({ parallel, gpus, shape }: Settings): number =>
  parallel === "tp"
    ? Math.min(gpus, shape.mla === null ? shape.kvHeads : 1)
    : parallel === null || parallel === "pp"
      ? gpus
      : 1;
