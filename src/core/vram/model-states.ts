import { companionsIn } from "./companions.ts";
import { activeParameters, optimizerBytesPerParameter, updatesInBackward } from "./optimizer-states.ts";
import { hasAdapters, isPure16Bit, type Settings, trainedLayers } from "./settings.ts";
import {
  doraParameters,
  embeddingParameters,
  headParameters,
  layerParameters,
  loraParameters,
} from "./shape.ts";
import { computeBytes, weightBytes } from "./weights.ts";

/** Bytes that one GPU holds between steps, before any sharding. */
export interface ModelStates {
  /** The base; adapters and trained copies of embedding and head apart, since a sharding scheme may treat both alike. */
  readonly weights: number;
  readonly adapters: number;
  readonly gradients: number;
  /** Moments and, where kept, the fp32 master copy. */
  readonly optimizer: number;
  /** Alive only inside the optimizer's step. */
  readonly stepScratch: number;
  /** How many parameters are trained. */
  readonly trainable: number;
}

/**
 * DeepSpeed joins the gradients of one sub-group in 16 bit and casts them to fp32.
 *
 * @see deepspeedai/DeepSpeed runtime/zero/stage3.py, _prepare_fp32_grad_for_sub_group; docs, sub_group_size
 */
const DEEPSPEED_SUB_GROUP = 1e9;
const SUB_GROUP_BYTES = 6;

/** ZeRO runs are DeepSpeed runs, whatever script starts them. */
export const usesDeepSpeed = ({ framework, parallel }: Settings): boolean =>
  framework === "deepspeed" || (parallel?.startsWith("zero") ?? false);

interface Group {
  readonly parameters: number;
  /** Bytes per parameter beyond the base weight: the adapter itself, or a trained copy. */
  readonly weight: number;
  readonly gradient: number;
  readonly optimizer: number;
  readonly scratch: number;
}

/**
 * Hugging Face's trainer steps AdamW with the for-each kernel, which holds one more copy of what it updates; recipes of
 * torchtune and litgpt, and DeepSpeed, use fused kernels.
 *
 * @see modelscope/ms-swift docs/source_en/LLM/Benchmark.md, full rows: 1.8B, 7B and 14B in pure bf16 take 10.0 to 10.2 B
 *   for each parameter (2 + 2 + 4 + 2)
 */
const stepsForEach = ({ framework, optimizer }: Settings): boolean =>
  optimizer === "adamw-bf16" && (framework === "hf" || framework === "transformers");

/** Full or freeze fine-tuning: the base's own parameters are trained. */
function trainedBase(settings: Settings): Group {
  const { shape, method, optimizer, weightsDtype } = settings;
  const parameters =
    method === "freeze"
      ? Math.min(shape.params, trainedLayers(settings) * layerParameters(shape))
      : activeParameters(optimizer, shape);
  const bytes = computeBytes(weightsDtype);
  const pure =
    isPure16Bit(settings) ||
    weightsDtype === "fp32" ||
    optimizer === "galore" ||
    updatesInBackward(optimizer);
  const states = optimizerBytesPerParameter(optimizer, isPure16Bit(settings) ? 2 : 4, shape);
  return {
    parameters,
    weight: 0,
    gradient: updatesInBackward(optimizer) ? (bytes * layerParameters(shape)) / parameters : bytes,
    optimizer: states + (pure ? 0 : 4),
    scratch: stepsForEach(settings) ? bytes : 0,
  };
}

/** LoRA adapters: fp32 in PEFT, 16 bit in pure recipes; foreach AdamW makes one more copy in its step. */
function adapters(settings: Settings): Group {
  const { shape, loraRank, loraTargets, optimizer, dora } = settings;
  const bytes = isPure16Bit(settings) ? 2 : 4;
  return {
    parameters:
      loraParameters(shape, loraRank, loraTargets) + (dora ? doraParameters(shape, loraTargets) : 0),
    weight: bytes,
    gradient: bytes,
    optimizer: optimizerBytesPerParameter(optimizer, bytes, shape),
    scratch: bytes,
  };
}

/** Embedding and head trained beside adapters: full copies in the base's own dtype (PEFT `modules_to_save`). */
function trainedVocabulary({ shape, trainableEmb, optimizer, weightsDtype }: Settings): Group {
  const bytes = computeBytes(weightsDtype) === 4 ? 4 : 2;
  return {
    parameters: trainableEmb
      ? embeddingParameters(shape) + (headParameters(shape) || embeddingParameters(shape))
      : 0,
    weight: bytes,
    gradient: bytes,
    optimizer: optimizerBytesPerParameter(optimizer, bytes, shape),
    scratch: bytes,
  };
}

/**
 * Weights, gradients and optimizer states on one unsharded GPU, in bytes.
 * Mixed-precision AdamW is 2 + 2 + 12 = 16 bytes per parameter, pure bf16 is 2 + 2 + 4 = 8.
 *
 * @see arXiv:1910.02054, section 3.1
 */
export function modelStateBytes(settings: Settings): ModelStates {
  const base = {
    weights: weightBytes(settings),
    adapters: 0,
    gradients: 0,
    optimizer: 0,
    stepScratch: 0,
    trainable: 0,
  };
  if (settings.method === "inference") return base;
  const groups = hasAdapters(settings)
    ? [adapters(settings), trainedVocabulary(settings)]
    : [trainedBase(settings)];
  const total = (bytes: (group: Group) => number): number =>
    groups.reduce((sum, group) => sum + group.parameters * bytes(group), 0);
  const { frozen, trained } = companionsIn(settings);
  const models = 1 + trained;
  const trainable = models * total(() => 1);
  const shards = settings.parallel?.startsWith("zero") ? settings.gpus : 1;
  const subGroup = usesDeepSpeed(settings)
    ? SUB_GROUP_BYTES * Math.min(DEEPSPEED_SUB_GROUP, trainable / shards)
    : 0;
  return {
    ...base,
    // Frozen companions stand in 16 bit whatever the base is quantised to.
    weights: base.weights * models + frozen * 2 * settings.shape.params,
    adapters: models * total((group) => group.weight),
    gradients: models * total((group) => group.gradient),
    optimizer: models * total((group) => group.optimizer),
    stepScratch: total((group) => group.scratch) + subGroup,
    trainable,
  };
}
