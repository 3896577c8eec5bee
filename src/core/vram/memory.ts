import { activationPeakBytes } from "./activations.ts";
import { kvCacheBytes, prefillBytes } from "./kv-cache.ts";
import { modelStateBytes } from "./model-states.ts";
import { isTraining, type Metric, type Settings } from "./settings.ts";
import { activationShare, kvShare, shardStates } from "./sharding.ts";
import { dequantisationBytes } from "./weights.ts";

/** Bytes alive on one GPU at its peak, by what they are for. */
export interface Components {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly logits: number;
  readonly kvCache: number;
  /** Gathered layers, buckets, temporaries, context and fragmentation. */
  readonly overhead: number;
}

export interface Memory {
  readonly components: Components;
  readonly peakBytes: number;
  /** What stays allocated between steps. */
  readonly steadyBytes: number;
  /** Per node; null where nothing is offloaded. */
  readonly hostRamBytes: number | null;
  /** Trained parameters. */
  readonly trainable: number;
}

/**
 * From what the tensors take to what each gauge shows: the CUDA context and kernels add a constant, the caching
 * allocator a share.
 *
 * @see PyTorch docs, CUDA semantics, memory management; constants checked on content/models/measurements.json
 */
export const gauges: Readonly<Record<Metric, { readonly add: number; readonly times: number }>> = {
  allocated: { add: 0, times: 1 },
  reserved: { add: 0.15 * 2 ** 30, times: 1.02 },
  device: { add: 0.6 * 2 ** 30, times: 1.04 },
};

type Parts = Omit<Components, "overhead"> & { readonly temporary: number };

const sumOf = (parts: Parts): number =>
  parts.weights +
  parts.gradients +
  parts.optimizer +
  parts.activations +
  parts.logits +
  parts.kvCache +
  parts.temporary;

/** Adds context and fragmentation last, as the chosen gauge shows them. */
function gauged(
  parts: Parts,
  steady: number,
  metric: Metric,
): Pick<Memory, "components" | "peakBytes" | "steadyBytes"> {
  const { add, times } = gauges[metric];
  const sum = sumOf(parts);
  const { temporary, ...components } = parts;
  return {
    components: { ...components, overhead: temporary + sum * (times - 1) + add },
    peakBytes: sum * times + add,
    steadyBytes: steady * times + add,
  };
}

/** Weights and KV cache, and while the prompt is read, the widest layer over all of it. */
function inferenceMemory(settings: Settings): Memory {
  const { shape, batch, seq, genTokens, kvDtype, metric } = settings;
  const { weights } = shardStates(settings, modelStateBytes(settings));
  const share = kvShare(settings);
  const cache = (tokens: number): number => (batch * kvCacheBytes(shape, tokens, kvDtype)) / share;
  const prefill = prefillBytes(settings) * activationShare(settings).layer;
  const atPrompt = cache(seq - genTokens);
  const atEnd = cache(seq);
  const whileReading = atPrompt + prefill > atEnd;
  const parts: Parts = {
    weights,
    gradients: 0,
    optimizer: 0,
    activations: whileReading ? prefill : 0,
    logits: 0,
    kvCache: whileReading ? atPrompt : atEnd,
    temporary: dequantisationBytes(settings),
  };
  return { ...gauged(parts, weights + atEnd, metric), hostRamBytes: null, trainable: 0 };
}

/**
 * The larger of two moments: the height of the backward pass, and the optimizer's step. With one micro-step and freed
 * gradients a full fine-tune never holds all activations and all gradients at once; with accumulation, or with
 * adapters, gradients stay.
 *
 * @see pytorch/torchtune README, Llama-3.2-3B: weights + gradients + states 23.94 GiB, measured 24.9 with checkpointing
 */
function trainingMemory(settings: Settings): Memory {
  const shard = shardStates(settings, modelStateBytes(settings));
  const peak = activationPeakBytes(settings, activationShare(settings));
  const trainsBase = settings.method === "full" || settings.method === "freeze";
  const gradientsWait = !trainsBase || settings.accumulation > 1;
  const weights = shard.weights + shard.adapters;
  const backward: Parts = {
    weights,
    gradients: gradientsWait ? shard.gradients : 0,
    optimizer: shard.optimizer,
    activations: peak.activations,
    logits: peak.logits,
    kvCache: 0,
    temporary: shard.live + peak.temporary,
  };
  const step: Parts = {
    ...backward,
    gradients: shard.gradients,
    activations: 0,
    logits: 0,
    temporary: shard.live + shard.stepScratch,
  };
  const host = shard.host + peak.host;
  return {
    ...gauged(
      sumOf(backward) > sumOf(step) ? backward : step,
      weights + shard.optimizer + (gradientsWait ? shard.gradients : 0),
      settings.metric,
    ),
    hostRamBytes: host > 0 ? host : null,
    trainable: shard.trainable,
  };
}

/** The peak of one GPU under settled settings, in bytes. */
export const memoryBytes = (settings: Settings): Memory =>
  isTraining(settings) ? trainingMemory(settings) : inferenceMemory(settings);
