import { type Settings, tokensPerGpu } from "./settings.ts";
import { castsRestToFp32, hasFp32Stream } from "./weights.ts";

/** Tokens that Unsloth's fused kernel works on at a time. */
const UNSLOTH_TOKENS = 4096;
/** torchtune's linear cross-entropy cuts the tokens into as many chunks. @see pytorch/torchtune LinearCrossEntropyLoss */
const TORCHTUNE_CHUNKS = 8;

/**
 * Tokens that a fused loss holds logits of at one time. Liger cuts them so that a chunk's logits are about as large as
 * all hidden states: the next power of two over T / ⌈V / h⌉.
 *
 * @see linkedin/Liger-Kernel, fused_linear_cross_entropy.py
 * @example T = 8192, V = 152064, h = 3584: 8192 / 43 = 191, so 256 tokens
 */
function fusedTokens({ framework, shape }: Settings, tokens: number): number {
  if (framework === "unsloth") return Math.min(tokens, UNSLOTH_TOKENS);
  if (framework.startsWith("torchtune")) return Math.ceil(tokens / TORCHTUNE_CHUNKS);
  const share = tokens / Math.ceil(shape.vocab / shape.hidden);
  return Math.min(tokens, 2 ** Math.ceil(Math.log2(Math.max(1, share))));
}

/**
 * Bytes per logit at the peak of the loss.
 *
 * @see QwenLM/Qwen README (fp32: slope over lengths, 8 with GPTQ: this one source); Anassbzdd/fitcheck (fp32: 14 with LoRA,
 *   16 with NF4); InternLM/xtuner loss.md (bf16: four copies); pytorch/torchtune README (chunked saves 8.3 bytes)
 */
export function bytesPerLogit(settings: Settings): number {
  const { ce, framework } = settings;
  switch (ce) {
    case "fp32":
      if (framework === "litgpt" || framework.startsWith("torchtune")) return 12;
      // Logits, their shifted copy, log-probabilities and gradient, all fp32.
      if (hasFp32Stream(settings)) return 16;
      return castsRestToFp32(settings) ? 8 : 14;
    case "bf16":
      return 8;
    case "chunked":
      // litgpt joins its chunks again before the loss.
      return framework === "litgpt" ? 12 : 6;
    case "fused":
      return 10;
  }
}

/** bf16 logits and their fp32 copy without gradients, per element: a reference model, or a prompt. */
const WITHOUT_GRADIENT = 6;

/** What a reference model adds to each; none where the loss is fused, or the task has no reference. */
export const referenceBytesPerLogit = ({ task, ce }: Settings): number =>
  task === "sft" || task === "orpo" || ce === "fused" ? 0 : WITHOUT_GRADIENT;

/**
 * Logits, their gradient and the copies between, in bytes: T·V·c. A fused loss holds one block of tokens only. A frozen
 * reference adds logits without gradients; a reward model has a scalar head and none.
 *
 * @example Qwen2.5-7B, 1000 tokens, fp32: 1000 × 152064 × 14 B = 1.98 GiB
 */
export function logitsBytes(settings: Settings): number {
  const { ce, shape, task } = settings;
  if (task === "reward") return 0;
  const tokens = tokensPerGpu(settings);
  const held = ce === "fused" ? fusedTokens(settings, tokens) : tokens;
  return held * shape.vocab * (bytesPerLogit(settings) + referenceBytesPerLogit(settings));
}

/**
 * Logits of a whole prompt, in bytes, where the library computes all of them and not only the last.
 *
 * @see QwenLM/Qwen3 speed_benchmark.rst @593ace6 (Qwen2-0.5B): 926 kB per prompt token, of which 151936 × 6 B are these
 */
export const promptLogitsBytes = ({ shape, batch, seq, genTokens, promptLogits }: Settings): number =>
  promptLogits ? batch * Math.max(0, seq - genTokens) * shape.vocab * WITHOUT_GRADIENT : 0;
