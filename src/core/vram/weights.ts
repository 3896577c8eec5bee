import type { Shape } from "./catalogue.ts";
import type { Settings } from "./settings.ts";
import { embeddingParameters, headParameters, largestMatrix, linearParameters, projection } from "./shape.ts";
import type { WeightsDtype } from "./values.ts";

/**
 * Bytes per quantised (or plain) parameter.
 * NF4 keeps one fp32 scale per 64 weights; double quantisation stores that scale in 8 bit, with one fp32 per 256.
 * GPTQ and AWQ in 4 bit keep 2.5 bytes of scale and zero point per group of 128, in 8 bit 3.
 *
 * @see arXiv:2305.14314, sections 2 and 3
 */
export const bytesPerWeight: Readonly<Record<WeightsDtype, number>> = {
  fp32: 4,
  bf16: 2,
  fp16: 2,
  int8: 1 + 3 / 128,
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

/**
 * PEFT's `prepare_model_for_kbit_training` casts what is not quantised to fp32: embedding, head and norms.
 *
 * @see QwenLM/Qwen README.md, Q-LoRA rows: 7B and 14B stand 2.2 and 3.8 GiB above weights, adapters and context, which is
 *   2 B more for each of 1.25e9 and 1.56e9 parameters; its 1.8B and 72B rows, not used for this, agree within 3 %
 */
export const castsRestToFp32 = ({ framework, method, weightsDtype }: Settings): boolean =>
  method === "qlora" && isQuantised(weightsDtype) && (framework === "hf" || framework === "deepspeed");

/**
 * An fp32 embedding makes the whole residual stream fp32 over bitsandbytes' products, block inputs and logits with it.
 *
 * @see Anassbzdd/fitcheck data/measurements (Tesla T4, PEFT): seven models in NF4, within 2 % this way and 20 to 48 % off
 *   without it. Qwen's own code over GPTQ shows no such thing in the README's slopes.
 */
export const hasFp32Stream = (settings: Settings): boolean =>
  castsRestToFp32(settings) && !settings.weightsDtype.endsWith("-int4");

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

/**
 * Room in which a quantised layer is turned back into 16 bit, in bytes: the largest matrix. litgpt holds it twice and
 * quantises the head too.
 *
 * @see Lightning-AI/litgpt tutorials/resource-tables.md: a constant above weights and cache
 * @example Llama-2-7B in NF4: 2 B × 4096 × 11008 = 90 MB
 */
export function dequantisationBytes({ shape, weightsDtype, framework }: Settings): number {
  if (!isFourBit(weightsDtype)) return 0;
  if (framework === "litgpt") return 2 * 2 * Math.max(largestMatrix(shape), embeddingParameters(shape));
  return 2 * largestMatrix(shape);
}

/**
 * What loading holds beyond the weights, in bytes: transformers builds the head of a GPTQ or AWQ checkpoint as a matrix of
 * its own before it ties it to the embedding. Longer prompts soon take more than that.
 *
 * @see QwenLM/Qwen3 speed_benchmark.rst @a912d23, AWQ at one token: 0.5B 0.68 GiB, 1.5B 1.51, 3B 2.50, which is the weights
 *   and one embedding to the second decimal; untied 7B and larger show nothing of it
 */
export const loadingBytes = ({ shape, weightsDtype, framework }: Settings): number =>
  weightsDtype.endsWith("-int4") &&
  shape.tiedEmbeddings &&
  (framework === "hf" || framework === "transformers")
    ? computeBytes(weightsDtype) * embeddingParameters(shape)
    : 0;
