import type { Shape } from "./catalogue.ts";
import { embeddingParameters, headParameters, keyValueWidth, queryWidth } from "./shape.ts";

/** Softmax attention of one layer: 2hq + 2hc, or the factors of MLA. */
function attentionParameters(shape: Shape): number {
  const { hidden: h, heads, mla } = shape;
  const q = queryWidth(shape);
  if (mla === null) return 2 * h * q + 2 * h * keyValueWidth(shape);
  const { qLoraRank, kvLoraRank, ropeHeadDim, nopeHeadDim, vHeadDim } = mla;
  const query = qLoraRank === null ? h * q : h * qLoraRank + qLoraRank * q;
  const keyValue = h * (kvLoraRank + ropeHeadDim) + kvLoraRank * heads * (nopeHeadDim + vHeadDim);
  return query + keyValue + heads * vHeadDim * h;
}

/**
 * Attention of all layers. Hybrids (Qwen3-Next, Qwen3.5) mix gated delta nets with softmax layers that have an output
 * gate as wide as the query.
 *
 * @see huggingface/transformers, modeling_qwen3_next.py
 */
function allAttentionParameters(shape: Shape): number {
  const { hidden: h, layers, linearAttention: linear } = shape;
  if (linear === null) return layers * attentionParameters(shape);
  const keys = linear.keyHeads * linear.keyHeadDim;
  const values = linear.valueHeads * linear.valueHeadDim;
  const deltaNet =
    h * (2 * keys + 2 * values) +
    2 * h * linear.valueHeads +
    (2 * keys + values) * linear.convKernel +
    values * h;
  const gated = attentionParameters(shape) + h * queryWidth(shape);
  return linear.linearLayers * deltaNet + linear.fullAttentionLayers * gated;
}

/** All MLPs of the model: gated 3hi, plain 2hi; a mixture holds every expert, its router and the shared expert. */
function mlpParameters(shape: Shape): number {
  const { hidden: h, layers, moe, mlp, intermediate } = shape;
  const dense = (mlp === "gated" ? 3 : 2) * h * intermediate;
  if (moe === null) return layers * dense;
  const expert =
    moe.experts * 3 * h * moe.expertIntermediate + moe.experts * h + 3 * h * moe.sharedIntermediate;
  return moe.denseLayers * dense + (layers - moe.denseLayers) * expert;
}

/**
 * Parameters from the dimensions alone, without biases: within 0.5 % of every published total in the catalogue.
 *
 * @see EleutherAI/cookbook calc; checked against every architecture of the catalogue
 * @example Llama-2-7B: 32 · (4 · 4096² + 3 · 4096 · 11008) + 2 · 32000 · 4096 + 65 · 4096 = 6,738,415,616
 */
export const parametersFromDimensions = (shape: Shape): number =>
  allAttentionParameters(shape) +
  mlpParameters(shape) +
  embeddingParameters(shape) +
  headParameters(shape) +
  (shape.positions ?? 0) * shape.hidden +
  (2 * shape.layers + 1) * shape.hidden;
