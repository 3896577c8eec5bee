import type { Shape } from "./catalogue.ts";
import type {
  CrossEntropy,
  Framework,
  KvDtype,
  LoraTarget,
  Method,
  Optimizer,
  Parallel,
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
}

/** Layers that freeze-tuning trains, counted from the top. @see hiyouga/LLaMA-Factory, freeze_trainable_layers */
export const FREEZE_LAYERS = 2;

/** Adapters on a frozen base. */
export const hasAdapters = ({ method }: Settings): boolean => method === "lora" || method === "qlora";

export const isTraining = ({ method }: Settings): boolean => method !== "inference";

/** Tokens that one GPU handles in one micro-step. */
export const tokensPerGpu = ({ batch, seq }: Settings): number => batch * seq;

/** Recipes that hold weights, gradients and states of what they train in 16 bit. */
export const isPure16Bit = ({ framework, optimizer, weightsDtype }: Settings): boolean =>
  weightsDtype !== "fp32" &&
  (optimizer === "adamw-bf16" ||
    framework === "litgpt" ||
    framework === "torchtune" ||
    framework === "torchtune-compile");
