import { type Settings, tokensPerGpu } from "./settings.ts";
import type { CrossEntropy, Framework, WeightsDtype } from "./values.ts";

/** Tokens that a fused kernel works on at a time. */
const FUSED_TOKENS = 2048;
const UNSLOTH_FUSED_TOKENS = 4096;

/**
 * Bytes per logit at the peak of the loss.
 *
 * @see QwenLM/Qwen README (fp32: slope over lengths); InternLM/xtuner loss.md (bf16: four copies);
 *   pytorch/torchtune README (chunked saves 8.3 bytes per element)
 */
export function bytesPerLogit(ce: CrossEntropy, framework: Framework, weightsDtype: WeightsDtype): number {
  switch (ce) {
    case "fp32":
      if (framework === "litgpt" || framework.startsWith("torchtune")) return 12;
      // GPTQ models compute in fp16 and grow by 5.6 and 8.2 bytes in the same table.
      return weightsDtype === "gptq-int4" ? 9 : 14;
    case "bf16":
      return 8;
    case "chunked":
      // litgpt joins its chunks again before the loss.
      return framework === "litgpt" ? 12 : 6;
    case "fused":
      return 10;
  }
}

/**
 * Logits, their gradient and the copies between, in bytes: T·V·c. A fused loss holds one block of tokens only, so it
 * stops growing with the length.
 *
 * @see linkedin/Liger-Kernel, fused linear cross-entropy
 */
export function logitsBytes(settings: Settings): number {
  const { ce, framework, shape, weightsDtype } = settings;
  const tokens = tokensPerGpu(settings);
  const block = framework === "unsloth" ? UNSLOTH_FUSED_TOKENS : FUSED_TOKENS;
  return (
    (ce === "fused" ? Math.min(tokens, block) : tokens) *
    shape.vocab *
    bytesPerLogit(ce, framework, weightsDtype)
  );
}
