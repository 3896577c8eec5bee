import type { Shape } from "./catalogue.ts";
import type { Settings } from "./settings.ts";
import {
  embeddingParameters,
  headParameters,
  largestMatrix,
  layerParameters,
  linearParameters,
  projection,
} from "./shape.ts";
import type { WeightsDtype } from "./values.ts";

/**
 * Bytes per quantised (or plain) parameter.
 * NF4 keeps one fp32 scale per 64 weights; double quantisation stores that scale in 8 bit, with one fp32 per 256.
 * GPTQ and AWQ keep 2.5 bytes of scale and zero point per group of 128.
 *
 * @see arXiv:2305.14314, sections 2 and 3
 */
export const bytesPerWeight: Readonly<Record<WeightsDtype, number>> = {
  fp32: 4,
  bf16: 2,
  fp16: 2,
  int8: 1,
  nf4: 0.5 + 4 / 64,
  "nf4-dq": 0.5 + (8 / 64 + 32 / (64 * 256)) / 8,
  "gptq-int4": 0.5 + 2.5 / 128,
  "awq-int4": 0.5 + 2.5 / 128,
};

export const isQuantised = (dtype: WeightsDtype): boolean => bytesPerWeight[dtype] < 2;
export const isFourBit = (dtype: WeightsDtype): boolean => bytesPerWeight[dtype] < 1;

/** Bytes of a number in computation: what is not quantised stays in 16 bit unless everything is fp32. */
export const computeBytes = (dtype: WeightsDtype): number => (dtype === "fp32" ? 4 : 2);

/** litgpt never ties the embedding: a tied model holds one vocabulary matrix more there. */
const untiedParameters = (shape: Shape, framework: Settings["framework"]): number =>
  framework === "litgpt" && shape.tiedEmbeddings ? embeddingParameters(shape) : 0;

/** How many parameters are kept in the quantised dtype; the rest stay in 16 bit. */
function quantisedParameters({ shape, framework, method, loraTargets }: Settings): number {
  // torchtune quantises only the linears that it wraps with LoRA.
  if (framework.startsWith("torchtune") && method !== "inference") {
    return loraTargets.reduce((sum, target) => {
      const { input, output, count } = projection(shape, target);
      return sum + input * output * count;
    }, 0);
  }
  const head = framework === "litgpt" ? headParameters(shape) + untiedParameters(shape, framework) : 0;
  return linearParameters(shape) + head;
}

/** PEFT's `prepare_model_for_kbit_training` casts what bitsandbytes left in 16 bit to fp32; GPTQ models stay as they are. */
const castsRestToFp32 = ({ framework, method, weightsDtype }: Settings): boolean =>
  framework === "hf" && method === "qlora" && (weightsDtype.startsWith("nf4") || weightsDtype === "int8");

/** Bytes of a parameter that quantisation leaves alone. */
export const restBytes = (settings: Settings): number =>
  castsRestToFp32(settings) ? 4 : computeBytes(settings.weightsDtype);

/**
 * Bytes of the base weights on one unsharded GPU.
 *
 * @see arXiv:2305.14314; Lightning-AI/litgpt tutorials/resource-tables.md for the quantised head
 */
export function weightBytes(settings: Settings): number {
  const { shape, weightsDtype, framework } = settings;
  const parameters = shape.params + untiedParameters(shape, framework);
  const plain = restBytes(settings);
  if (!isQuantised(weightsDtype)) return parameters * plain;
  const quantised = quantisedParameters(settings);
  return quantised * bytesPerWeight[weightsDtype] + (parameters - quantised) * plain;
}

/** Bytes per element of the largest matrix while GPTQ's plain-torch path unpacks it: int32 shifts, masks and casts. */
const GPTQ_UNPACKING = 24;

/**
 * Room in which a quantised layer is turned back into 16 bit, in bytes: the largest matrix. litgpt holds it twice and
 * quantises the head too; GPTQ under training unpacks in plain torch and keeps one layer's weights for its recomputation.
 *
 * @see Lightning-AI/litgpt tutorials/resource-tables.md and QwenLM/Qwen README: a constant above weights and cache
 */
export function dequantisationBytes({ shape, weightsDtype, framework, method }: Settings): number {
  if (!isFourBit(weightsDtype)) return 0;
  if (framework === "litgpt") return 2 * 2 * Math.max(largestMatrix(shape), embeddingParameters(shape));
  if (weightsDtype === "gptq-int4" && method !== "inference") {
    return 2 * layerParameters(shape) + GPTQ_UNPACKING * largestMatrix(shape);
  }
  return 2 * largestMatrix(shape);
}
