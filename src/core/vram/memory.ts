import { activationPeakBytes } from "./activations.ts";
import { companionsIn } from "./companions.ts";
import type { Components } from "./components.ts";
import { gaugeOf, holdsCacheTwice } from "./gauge.ts";
import { kvCacheBytes, prefillBytes } from "./kv-cache.ts";
import { promptLogitsBytes } from "./logits.ts";
import { modelStateBytes } from "./model-states.ts";
import { isTraining, type Settings } from "./settings.ts";
import { activationShare, kvShare, shardStates } from "./sharding.ts";
import { dequantisationBytes, loadingBytes } from "./weights.ts";

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

/** What is alive at one moment, before any gauge. */
interface Moment extends Omit<Components, "overhead"> {
  /** Gathered layers and buckets: as long-lived as weights. */
  readonly live: number;
  /** Matrices in de-quantised form and the optimizer's copies. */
  readonly temporary: number;
  /** Blocks of a cache that was joined anew. */
  readonly left: number;
}

const nothing: Moment = {
  weights: 0,
  gradients: 0,
  optimizer: 0,
  activations: 0,
  logits: 0,
  kvCache: 0,
  live: 0,
  temporary: 0,
  left: 0,
};

/** The moment as a gauge shows it: context, and the fragments of what is short-lived, as overhead. */
function shownBy(settings: Settings, moment: Moment): { components: Components; peakBytes: number } {
  const { add, fragments, logitFragments } = gaugeOf(settings);
  const { live, temporary, left, ...components } = moment;
  const { weights, gradients, optimizer, activations, logits, kvCache } = components;
  const fragmented = (activations + temporary) * fragments + logits * logitFragments;
  const overhead = live + temporary + left + fragmented + add;
  return {
    components: { ...components, overhead },
    peakBytes: weights + gradients + optimizer + activations + logits + kvCache + overhead,
  };
}

/** The largest of several moments as the gauge shows them. */
const highest = (settings: Settings, moments: readonly Moment[]): ReturnType<typeof shownBy> =>
  moments
    .map((moment) => shownBy(settings, moment))
    .reduce((best, shown) => (shown.peakBytes > best.peakBytes ? shown : best));

/**
 * The moments of inference: the checkpoint is loaded; the prompt is read, with the widest layer over all of it or its
 * logits; and the answer is complete, with the whole cache.
 *
 * @example Qwen2.5-7B in bf16, 30720 + 2048 tokens: 14.19 + 1.64 cache + 4.07 reading = 19.90 GiB, measured 19.97
 */
function inferenceMemory(settings: Settings): Memory {
  const { shape, batch, seq, genTokens, kvDtype } = settings;
  const { weights } = shardStates(settings, modelStateBytes(settings));
  const share = kvShare(settings);
  const cache = (tokens: number): number => (batch * kvCacheBytes(shape, tokens, kvDtype)) / share;
  const base: Moment = { ...nothing, weights, temporary: dequantisationBytes(settings) };
  const reading = prefillBytes(settings) * activationShare(settings).layer;
  const logits = promptLogitsBytes(settings);
  const prompt: Moment = { ...base, kvCache: cache(seq - genTokens) };
  const atEnd = cache(seq);
  const shown = highest(settings, [
    { ...base, kvCache: atEnd, left: holdsCacheTwice(settings) ? atEnd : 0 },
    { ...prompt, activations: reading },
    { ...prompt, logits },
    { ...nothing, weights, temporary: loadingBytes(settings) / share },
  ]);
  return {
    ...shown,
    steadyBytes: Math.min(shown.peakBytes, weights + atEnd + gaugeOf(settings).add),
    hostRamBytes: null,
    trainable: 0,
  };
}

/** Weights and cache of an inference engine that writes answers on the same GPUs. */
function rolloutBytes(settings: Settings): { weights: number; kvCache: number } {
  if (!companionsIn(settings).rollout) return { weights: 0, kvCache: 0 };
  const { shape, batch, seq, kvDtype } = settings;
  return { weights: 2 * shape.params, kvCache: batch * kvCacheBytes(shape, seq, kvDtype) };
}

/**
 * The largest of a few moments: the heights of the backward pass, and the optimizer's step. With one micro-step and freed
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
  const rollout = rolloutBytes(settings);
  const weights = shard.weights + shard.adapters + rollout.weights;
  const base: Moment = {
    ...nothing,
    weights,
    optimizer: shard.optimizer,
    kvCache: rollout.kvCache,
    live: shard.live,
  };
  const backward = peak.heights.map(
    (height): Moment => ({ ...base, ...height, gradients: gradientsWait ? shard.gradients : 0 }),
  );
  const step: Moment = { ...base, gradients: shard.gradients, live: shard.live + shard.stepScratch };
  const host = shard.host + peak.host;
  const shown = highest(settings, [step, ...backward]);
  const steady =
    weights +
    shard.optimizer +
    rollout.kvCache +
    (gradientsWait ? shard.gradients : 0) +
    gaugeOf(settings).add;
  return {
    ...shown,
    steadyBytes: Math.min(shown.peakBytes, steady),
    hostRamBytes: host > 0 ? host : null,
    trainable: shard.trainable,
  };
}

/** The peak of one GPU under settled settings, in bytes. */
export const memoryBytes = (settings: Settings): Memory =>
  isTraining(settings) ? trainingMemory(settings) : inferenceMemory(settings);
