import type { Shape } from "./catalogue.ts";
import type { Settings } from "./settings.ts";
import { activeWidth } from "./shape.ts";
import type { KvDtype } from "./values.ts";

/** Bytes per cached number; int8 and int4 carry a 16-bit scale and zero point for 128 and 64 of them. */
export const kvBytesPerNumber: Readonly<Record<KvDtype, number>> = {
  bf16: 2,
  fp8: 1,
  int8: 1 + 4 / 128,
  int4: 0.5 + 4 / 64,
};

/** Numbers that one layer caches for one token: two per key-value head and dimension, or MLA's compressed row. */
const numbersPerLayerToken = ({ kvHeads, headDim, mla }: Shape): number =>
  mla === null ? 2 * kvHeads * headDim : mla.kvLoraRank + mla.ropeHeadDim;

/** Layers whose cache grows with the length; linear-attention layers keep a constant state instead. */
const cachingLayers = ({ layers, linearAttention }: Shape): number =>
  linearAttention?.fullAttentionLayers ?? layers;

/**
 * KV cache of one sequence in bytes: 2·L·k·d per token; local layers hold at most their window.
 *
 * @see arXiv:2305.13245 (GQA); arXiv:2405.04434, section 2.1 (MLA: 70,272 bytes per token for DeepSeek-V3)
 */
export function kvCacheBytes(shape: Shape, tokens: number, dtype: KvDtype): number {
  const local = Math.min(shape.slidingWindow?.localLayers ?? 0, cachingLayers(shape));
  const held = Math.min(tokens, shape.slidingWindow?.window ?? tokens);
  const rows = (cachingLayers(shape) - local) * tokens + local * held;
  return rows * numbersPerLayerToken(shape) * kvBytesPerNumber[dtype] + linearStateBytes(shape);
}

/** The fp32 state and the short convolution of linear-attention layers, per sequence, whatever its length. */
function linearStateBytes({ linearAttention: linear }: Shape): number {
  if (linear === null) return 0;
  const state = linear.valueHeads * linear.keyHeadDim * linear.valueHeadDim * 4;
  const width = 2 * linear.keyHeads * linear.keyHeadDim + linear.valueHeads * linear.valueHeadDim;
  return linear.linearLayers * (state + width * linear.convKernel * 2);
}

/** Servers read prompts in chunks of so many tokens. @see vLLM docs, optimization, max_num_batched_tokens */
const CHUNKED_PREFILL_TOKENS = 8192;

/**
 * What reading the prompt in one pass adds, in bytes: (6i + 8h) per prompt token; a plain MLP has no gate.
 *
 * @see QwenLM/Qwen3 speed_benchmark.rst: Qwen2.5-7B grows by 200.5 kB per token, of which 57.3 are cache
 */
export function prefillBytes({ shape, batch, seq, genTokens, engine }: Settings): number {
  const prompts = batch * Math.max(0, seq - genTokens);
  const atOnce = engine === null ? prompts : Math.min(prompts, CHUNKED_PREFILL_TOKENS);
  return atOnce * ((shape.mlp === "gated" ? 6 : 4) * activeWidth(shape) + 8 * shape.hidden);
}
