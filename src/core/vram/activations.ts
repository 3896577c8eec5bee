import { logitsBytes } from "./logits.ts";
import { hasAdapters, type Settings, tokensPerGpu, trainedLayers } from "./settings.ts";
import { activeWidth, keyValueWidth, largestAdapted, queryWidth } from "./shape.ts";
import { computeBytes, dequantisationBytes, hasFp32Stream, isFourBit } from "./weights.ts";

/** torch.compile fuses element-wise steps. @see pytorch/torchtune README, 60.0 → 51.0 GiB on one run */
const COMPILED_SHARE = 0.72;

/** Full fine-tuning, eager kernels with FlashAttention: bytes per layer and token. */
function trainedLayerBytes({ shape, framework }: Settings): number {
  const h = shape.hidden;
  const q = queryWidth(shape);
  const c = keyValueWidth(shape);
  const mlp = (shape.mlp === "gated" ? 8 : 4) * activeWidth(shape);
  const eager = 18 * h + 2 * (q + 2 * c) + 2 * (q + c) + 2 * q + mlp;
  return eager * (framework === "torchtune-compile" ? COMPILED_SHARE : 1);
}

/**
 * Without a fused kernel each head keeps a row of S probabilities: the softmax in fp32 and its 16-bit cast. Selective
 * checkpointing computes them again.
 *
 * @see arXiv:2205.05198, equation 2: 5 with a dropout mask and a 16-bit softmax; modelscope/ms-swift Benchmark.md: Qwen-7B
 *   at 2048 tokens grows by 19.97 GiB without flash attention, which is 5.0 bytes
 */
const SCORE_BYTES = 6;

/**
 * The same elements while one layer's backward pass runs: softmax, its cast, both gradients and the copy between; in an
 * fp32 stream one more.
 *
 * @see Anassbzdd/fitcheck data/measurements (eager rows with checkpointing): 15 bytes with LoRA, 18 with NF4
 */
const scoreBytesBackward = (settings: Settings): number => (hasFp32Stream(settings) ? 18 : 15);

/** A frozen base with adapters keeps less: inputs are saved only where something behind them is trained. */
function adaptedLayerBytes(settings: Settings): number {
  const { shape, framework, weightsDtype } = settings;
  const targets = new Set(settings.loraTargets);
  const gated = shape.mlp === "gated";
  const litgpt = framework === "litgpt";
  const h = shape.hidden;
  const i = activeWidth(shape);
  const q = queryWidth(shape);
  // litgpt expands keys and values to all heads before attention.
  const c = litgpt ? q : keyValueWidth(shape);
  const adapted = (...names: readonly ("q" | "k" | "v" | "o" | "gate" | "up" | "down")[]): number =>
    names.filter((name) => targets.has(name)).length;

  let bytes = (gated ? 8 : 2) * h + 2 * (q + 2 * c) + 2 * q + (gated ? 6 : 2) * i;
  // torchtune's recipes have no dropout, so nothing is saved twice; the compiler computes the gate's product again.
  if (framework.startsWith("torchtune"))
    return bytes - (framework === "torchtune-compile" && gated ? 2 * i : 0);
  if (adapted("q", "k", "v") > 0) bytes += (litgpt ? 8 : 5) * h;
  // litgpt's RMSNorm keeps its input in fp32.
  if (litgpt && gated) bytes += 2.5 * h;
  if (adapted("o") > 0) bytes += 2 * q;
  if (adapted("gate", "up") > 0) bytes += 2 * h + 1.5 * h * adapted("gate", "up");
  if (adapted("down") > 0) bytes += 3.5 * i;
  if (castsAdapterInputs(settings)) {
    const inputs = h * adapted("q", "k", "v", "gate", "up") + q * adapted("o") + i * adapted("down");
    bytes += 4 * inputs;
  }
  // bitsandbytes keeps the inputs of its 4-bit products.
  if (isFourBit(weightsDtype) && weightsDtype.startsWith("nf4")) bytes += 2 * (2 * h + q + i);
  return bytes;
}

/**
 * Gradients that meet a recomputed layer's own activations, per token: three of MLP width, in fp32 as well where
 * adapters are; Unsloth reuses half of them in place.
 */
function backwardBytesPerToken(settings: Settings): number {
  const { shape, framework, flashAttention, seq } = settings;
  const i = activeWidth(shape);
  if (framework === "unsloth") return 3 * i;
  const scores = flashAttention ? 0 : (scoreBytesBackward(settings) - SCORE_BYTES) * shape.heads * seq;
  return (castsAdapterInputs(settings) && hasAdapters(settings) ? 10 : 6) * i + scores;
}

/** PEFT casts the input of each fp32 adapter and keeps the copy; Unsloth's own kernels do not. */
const castsAdapterInputs = ({ framework }: Settings): boolean =>
  framework === "hf" || framework === "deepspeed" || framework === "fsdp" || framework === "transformers";

/**
 * Activations kept for the backward pass, per layer and token, in bytes.
 *
 * @see arXiv:2205.05198, section 4, for the count of saved tensors; its 34 bytes per hidden unit are for GELU, dropout
 *   and LayerNorm, so the terms here are recounted for gated MLPs and RMSNorm and checked against measurements
 */
export function layerBytesPerToken(settings: Settings): number {
  const { shape, flashAttention, seq, checkpointing } = settings;
  const linear = hasAdapters(settings) ? adaptedLayerBytes(settings) : trainedLayerBytes(settings);
  const softmaxStatistics = 4 * shape.heads;
  const scores = flashAttention || checkpointing === "selective" ? 0 : SCORE_BYTES * shape.heads * seq;
  return linear + softmaxStatistics + scores;
}

/**
 * Room in which DoRA merges its largest matrix to take the norm of each row, in bytes.
 *
 * @see arXiv:2402.09353; modelscope/ms-swift Benchmark.md: Qwen-7B, rank 8 on all linears, 32.46 GiB against LoRA's 32.35
 */
const doraBytes = ({ dora, shape, loraTargets, weightsDtype, method }: Settings): number =>
  dora && (method === "lora" || method === "qlora")
    ? largestAdapted(shape, loraTargets) * computeBytes(weightsDtype)
    : 0;

/** What is alive together at one height of the backward pass. */
export interface ActivationHeight {
  readonly activations: number;
  readonly logits: number;
  /** Weights in de-quantised form at that moment. */
  readonly temporary: number;
}

export interface ActivationPeak {
  /** Those that may be the highest: a gauge that counts fragments decides, since logits leave others than activations. */
  readonly heights: readonly ActivationHeight[];
  /** Checkpoints kept in host memory. */
  readonly host: number;
}

/** How tensor and pipeline parallelism cut the activations of one GPU. */
export interface ActivationShare {
  /** Of what a layer keeps. */
  readonly layer: number;
  /** Of the layers, counting micro-batches in flight. */
  readonly layers: number;
  readonly logits: number;
}

/**
 * The sums of activations and logits that are alive at once, in bytes.
 * With full checkpointing the logits and one layer's recomputation do not meet, so they are two heights.
 */
export function activationPeakBytes(settings: Settings, share: ActivationShare): ActivationPeak {
  const { shape, checkpointing } = settings;
  const tokens = tokensPerGpu(settings);
  const layers = trainedLayers(settings) * share.layers;
  const layer = layerBytesPerToken(settings) * tokens * share.layer;
  const blockInput = (hasFp32Stream(settings) ? 4 : 2) * shape.hidden * tokens;
  const logits = logitsBytes(settings) * share.logits;
  const unpacked = dequantisationBytes(settings) + doraBytes(settings);

  if (checkpointing === false || checkpointing === "selective") {
    return { heights: [{ activations: layers * layer + blockInput, logits, temporary: unpacked }], host: 0 };
  }
  const kept = checkpointing === "unsloth-offload" ? 4 * blockInput : layers * blockInput;
  const host = checkpointing === "unsloth-offload" ? layers * blockInput : 0;
  const recomputed = layer + backwardBytesPerToken(settings) * tokens * share.layer;
  return {
    heights: [
      { activations: kept, logits, temporary: 0 },
      { activations: kept + recomputed, logits: 0, temporary: unpacked },
    ],
    host,
  };
}
