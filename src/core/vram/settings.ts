import type { Shape } from "./catalogue.ts";
import { companionsIn } from "./companions.ts";
import type {
  CrossEntropy,
  Engine,
  Framework,
  KvDtype,
  LoraTarget,
  Method,
  Optimizer,
  Parallel,
  Task,
  WeightsDtype,
} from "./values.ts";

export type Checkpointing = boolean | "selective" | "unsloth-offload";
export type Metric = "allocated" | "reserved" | "device";

/** A request with nothing left open: what the formulas take. */
export interface Settings {
  readonly shape: Shape;
  readonly method: Method;
  readonly weightsDtype: WeightsDtype;
  readonly optimizer: Optimizer;
  readonly loraRank: number;
  readonly loraTargets: readonly LoraTarget[];
  readonly trainableEmb: boolean;
  /** Micro-batch per GPU; for inference, sequences at once. */
  readonly batch: number;
  /** Padded length in tokens; for inference, prompt and generated together. */
  readonly seq: number;
  /** Of `seq`, how many tokens are generated. */
  readonly genTokens: number;
  readonly accumulation: number;
  readonly checkpointing: Checkpointing;
  readonly flashAttention: boolean;
  readonly parallel: Parallel | null;
  readonly gpus: number;
  readonly framework: Framework;
  readonly ce: CrossEntropy;
  readonly metric: Metric;
  readonly kvDtype: KvDtype;
  /** What the run trains for. */
  readonly task: Task;
  /** Weight-decomposed adapters (DoRA). */
  readonly dora: boolean;
  /** True: packed to full length; false: lengths vary from batch to batch; null: every sample padded to `seq`. */
  readonly packing: boolean | null;
  /** Layers that freeze-tuning trains, counted from the top. */
  readonly freezeLayers: number;
  /** Whether reading a prompt computes logits of all its tokens, as libraries before 2024-09 do. */
  readonly promptLogits: boolean;
  /** The server that fills a share of the card with weights and cache. */
  readonly engine: Engine | null;
  /** That share: gpu_memory_utilization of vLLM, mem_fraction_static of SGLang. */
  readonly utilisation: number;
}

/** Adapters on a frozen base. */
export const hasAdapters = ({ method }: Settings): boolean => method === "lora" || method === "qlora";

export const isTraining = ({ method }: Settings): boolean => method !== "inference";

/** Layers with gradients: all, or those that freeze-tuning leaves open. */
export const trainedLayers = ({ method, freezeLayers, shape }: Settings): number =>
  method === "freeze" ? Math.min(freezeLayers, shape.layers) : shape.layers;

/** Tokens that one GPU handles in one micro-step; a preference sample is two sequences. */
export const tokensPerGpu = (settings: Settings): number =>
  settings.batch * settings.seq * companionsIn(settings).sequences;

/** Recipes that hold weights, gradients and states of what they train in 16 bit. */
export const isPure16Bit = ({ framework, optimizer, weightsDtype }: Settings): boolean =>
  weightsDtype !== "fp32" &&
  (optimizer === "adamw-bf16" ||
    framework === "litgpt" ||
    framework === "torchtune" ||
    framework === "torchtune-compile");
