/** The words that options of /vram take, in the order in which a refusal lists them. */
export const methods = ["full", "lora", "qlora", "freeze", "inference"] as const;
export type Method = (typeof methods)[number];

export const weightsDtypes = [
  "fp32",
  "bf16",
  "fp16",
  "int8",
  "nf4",
  "nf4-dq",
  "gptq-int4",
  "awq-int4",
] as const;
export type WeightsDtype = (typeof weightsDtypes)[number];

export const optimizers = [
  "adamw",
  "adamw-8bit",
  "paged-adamw-8bit",
  "adamw-bf16",
  "sgd",
  "sgd-momentum",
  "adafactor",
  "lion",
  "muon",
  "galore",
  "lomo",
  "adalomo",
  "lisa",
  "badam",
] as const;
export type Optimizer = (typeof optimizers)[number];

export const loraTargets = ["q", "k", "v", "o", "gate", "up", "down", "head"] as const;
export type LoraTarget = (typeof loraTargets)[number];

export const parallels = [
  "ddp",
  "zero1",
  "zero2",
  "zero3",
  "zero2-offload",
  "zero3-offload",
  "fsdp",
  "fsdp-offload",
  "tp",
  "pp",
] as const;
export type Parallel = (typeof parallels)[number];

export const frameworks = [
  "hf",
  "deepspeed",
  "fsdp",
  "litgpt",
  "torchtune",
  "torchtune-compile",
  "unsloth",
  "vllm",
  "transformers",
] as const;
export type Framework = (typeof frameworks)[number];

export const crossEntropies = ["fp32", "bf16", "chunked", "fused"] as const;
export type CrossEntropy = (typeof crossEntropies)[number];

/** What is trained for; batch counts samples, and a preference sample is a pair. */
export const tasks = ["sft", "dpo", "kto", "orpo", "reward", "ppo", "grpo"] as const;
export type Task = (typeof tasks)[number];

export const engines = ["vllm", "sglang"] as const;
export type Engine = (typeof engines)[number];

export const kvDtypes = ["bf16", "fp8", "int8", "int4"] as const;
export type KvDtype = (typeof kvDtypes)[number];
