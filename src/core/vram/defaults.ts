import type { VramRequest } from "./request.ts";
import type { Checkpointing } from "./settings.ts";
import type { CrossEntropy, Framework, LoraTarget, Method, WeightsDtype } from "./values.ts";

export const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

const dtypesInNames: readonly (readonly [RegExp, WeightsDtype])[] = [
  [/(?:^|[-_.])awq(?:$|[-_.])/i, "awq-int4"],
  [/gptq[-_.]?int8(?:$|[-_.])/i, "int8"],
  [/(?:^|[-_.])(?:gptq|int4)(?:$|[-_.])/i, "gptq-int4"],
  [/(?:^|[-_.])(?:bnb-)?4bit(?:$|[-_.])/i, "nf4"],
  [/(?:^|[-_.])(?:fp8|int8|8bit)(?:$|[-_.])/i, "int8"],
];

/** The dtype in which a checkpoint is published under such a name: `Qwen2.5-7B-Instruct-AWQ`. */
export const dtypeInName = (model: string | null | undefined): WeightsDtype | null =>
  dtypesInNames.find(([pattern]) => pattern.test(model ?? ""))?.[1] ?? null;

/** What else was asked says which method is meant: a rank means LoRA, a generated length or an engine inference. */
export function usualMethod(request: VramRequest): Method {
  const dtype = request.weights_dtype ?? "bf16";
  const serves = [request.gen_tokens, request.kv_dtype, request.engine].some(isGiven);
  if (serves || request.framework === "vllm") return "inference";
  if (isGiven(request.freeze_layers)) return "freeze";
  if (isGiven(request.lora_rank) || isGiven(request.lora_targets) || request.dora === true)
    return dtype.includes("4") ? "qlora" : "lora";
  return dtype === "nf4" || dtype === "nf4-dq" ? "qlora" : dtype.includes("int") ? "inference" : "lora";
}

/** ZeRO is DeepSpeed, and so on; Hugging Face's trainer where nothing points elsewhere. */
export function usualFramework({ parallel, engine }: VramRequest): Framework {
  if (isGiven(engine)) return "vllm";
  if (parallel?.startsWith("zero")) return "deepspeed";
  return parallel?.startsWith("fsdp") ? "fsdp" : "hf";
}

/** litgpt's generate script reserves a short prompt and 50 tokens. */
export const usualLength = (training: boolean, framework: Framework): number =>
  !training && framework === "litgpt" ? 64 : 2048;

/** What each framework's recipes use for the loss when nobody asks. */
export function usualLoss(framework: Framework): CrossEntropy {
  if (framework === "litgpt") return "chunked";
  return framework === "unsloth" || framework.startsWith("torchtune") ? "fused" : "fp32";
}

export function usualCheckpointing(framework: Framework): Checkpointing {
  if (framework === "unsloth") return "unsloth-offload";
  return framework !== "litgpt";
}

export const usualTargets: readonly LoraTarget[] = ["q", "v"];
export const USUAL_RANK = 8;
/** @see hiyouga/LLaMA-Factory, freeze_trainable_layers */
export const USUAL_FREEZE_LAYERS = 2;
