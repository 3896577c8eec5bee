import type { Card } from "./gpus.ts";
import { kvCacheBytes } from "./kv-cache.ts";
import { memoryBytes } from "./memory.ts";
import type { Settings } from "./settings.ts";
import { kvShare } from "./sharding.ts";
import type { Engine } from "./values.ts";

/** What a server that fills its share of the card leaves to the cache. */
export interface ServingBudget {
  readonly cacheBytes: number;
  /** Tokens over all sequences. */
  readonly tokens: number;
  /** Sequences of the asked length at once. */
  readonly sequences: number;
}

/** Shares that engines take when nobody asks. @see vLLM docs, gpu_memory_utilization; SGLang docs, mem_fraction_static */
export const usualShare: Readonly<Record<Engine, number>> = { vllm: 0.9, sglang: 0.88 };

/** Averaged over a long sequence, so that windows and constant states weigh as they do in service. */
const SAMPLE_TOKENS = 8192;

/**
 * Room for the cache on one card, in bytes and tokens. vLLM's share also pays for the activations of its profiling run;
 * SGLang's static share holds weights and cache only.
 *
 * @see vllm-project/vllm docs, engine arguments; sgl-project/sglang docs, hyperparameter tuning
 * @example Qwen2.5-7B on 24 GB with vLLM: 0.9 · 24 − 14.2 − prompt of 2048 tokens = about 6.3 GiB, 118 thousand tokens
 */
export function servingBudget(settings: Settings, card: Card): ServingBudget {
  const { components } = memoryBytes({ ...settings, metric: "allocated" });
  const { weights, activations, logits, overhead } = components;
  const total = (card.total ?? card.gib) * 2 ** 30;
  const working = settings.engine === "sglang" ? 0 : activations + logits + overhead;
  const cacheBytes = Math.max(0, settings.utilisation * total - weights - working);
  // Each of several GPUs holds its part of every token.
  const perToken =
    kvCacheBytes(settings.shape, SAMPLE_TOKENS, settings.kvDtype) / SAMPLE_TOKENS / kvShare(settings);
  const tokens = Math.floor(cacheBytes / perToken);
  return { cacheBytes, tokens, sequences: Math.floor(tokens / settings.seq) };
}
