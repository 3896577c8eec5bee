import { z } from "zod";
import { whole } from "./run-options.ts";
import { crossEntropies, engines, kvDtypes, loraTargets, optimizers, tasks } from "./values.ts";

/** Longest config.json that is read; the longest real ones have about 10,000 characters. */
export const LONGEST_CONFIG = 20_000;

/** What the details of a run say. */
export const detailOptions = {
  optimizer: z
    .enum(optimizers)
    .nullish()
    .meta({
      label: { zh: "优化器", en: "optimizer" },
      description: "Optimizer",
      aliases: ["optim", "opt", "优化器"],
      words: {
        adamw: ["adam"],
        "adamw-8bit": ["adamw8bit", "adam-8bit", "adam8bit"],
        "paged-adamw-8bit": ["paged-adamw8bit", "paged"],
      },
      bare: true,
    }),
  lora_rank: whole(65536)
    .nullish()
    .meta({
      label: { zh: "LoRA 秩", en: "LoRA rank" },
      description: "LoRA rank",
      aliases: ["rank", "r", "秩"],
    }),
  lora_targets: z
    .array(z.enum(loraTargets))
    .max(16)
    .nullish()
    .meta({
      label: { zh: "LoRA 目标层", en: "LoRA targets" },
      description: "Adapted projections: q,k,v,o,gate,up,down,head",
      aliases: ["targets", "target", "target_modules", "目标", "目标层"],
      words: {
        q: ["q_proj", "wq"],
        k: ["k_proj", "wk"],
        v: ["v_proj", "wv"],
        o: ["o_proj", "wo"],
        gate: ["gate_proj"],
        up: ["up_proj"],
        down: ["down_proj"],
        head: ["lm_head"],
      },
    }),
  trainable_emb: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "同时训练词表", en: "embeddings trained" },
      description: "Embedding and head are trained too",
      aliases: ["emb", "train_emb", "词表"],
    }),
  grad_ckpt: z
    .union([z.boolean(), z.enum(["selective", "unsloth-offload"])])
    .nullish()
    .meta({
      label: { zh: "梯度检查点", en: "checkpointing" },
      description: "Gradient checkpointing: false, true, selective, unsloth-offload",
      aliases: ["ckpt", "checkpointing", "gradient_checkpointing", "gc", "检查点", "梯度检查点", "重计算"],
      words: { false: ["no-ckpt", "nockpt"], "unsloth-offload": ["offload-ckpt"] },
      bare: true,
    }),
  flash_attn: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "FlashAttention", en: "FlashAttention" },
      description: "FlashAttention or SDPA instead of eager attention",
      aliases: ["fa", "flash-attention"],
      words: { true: ["flash", "fa2", "sdpa"], false: ["no-flash", "noflash", "eager"] },
      bare: true,
    }),
  accumulation: whole(1e6)
    .nullish()
    .meta({
      label: { zh: "梯度累积", en: "accumulation" },
      description: "Gradient accumulation steps",
      aliases: [
        "acc",
        "ga",
        "grad_acc",
        "gradient_accumulation",
        "gradient_accumulation_steps",
        "累积",
        "梯度累积",
      ],
    }),
  ce: z
    .enum(crossEntropies)
    .nullish()
    .meta({
      label: { zh: "交叉熵", en: "cross-entropy" },
      description: "How the loss is computed: fp32, bf16, chunked, fused",
      aliases: ["loss", "cross_entropy", "交叉熵", "损失"],
      words: { fused: ["liger", "cce"] },
    }),
  task: z
    .enum(tasks)
    .nullish()
    .meta({
      label: { zh: "训练任务", en: "task" },
      description: "What is trained for: sft, dpo, kto, orpo, reward, ppo or grpo",
      aliases: ["任务", "stage", "训练任务"],
      words: { reward: ["rm", "奖励模型"] },
      bare: true,
    }),
  gen_tokens: z
    .number()
    .int()
    .min(0)
    .max(1e8)
    .nullish()
    .meta({
      label: { zh: "生成长度", en: "generated tokens" },
      description: "Inference: how many tokens of seq are generated",
      aliases: ["gen", "new_tokens", "max_new_tokens", "生成", "生成长度"],
      scale: "tokens",
    }),
  kv_dtype: z
    .enum(kvDtypes)
    .nullish()
    .meta({
      label: { zh: "KV 缓存精度", en: "KV cache" },
      description: "Dtype of the KV cache",
      aliases: ["kv", "kv_cache", "kv缓存"],
    }),
  engine: z
    .enum(engines)
    .nullish()
    .meta({
      label: { zh: "推理引擎", en: "engine" },
      description: "Serving engine, for the budget it leaves to the cache",
      aliases: ["引擎", "推理引擎"],
      bare: true,
    }),
  config: z
    .string()
    .max(LONGEST_CONFIG)
    .nullish()
    .meta({
      label: { zh: "config.json", en: "config.json" },
      description: "A model's config.json, pasted or as a file",
      file: true,
    }),
  metric: z
    .enum(["allocated", "reserved", "device", "device?"])
    .nullish()
    .meta({
      label: { zh: "口径", en: "metric" },
      description: "allocated, reserved, or device (what nvidia-smi shows)",
      aliases: ["口径", "指标"],
      words: { device: ["nvidia-smi", "driver"] },
    }),
  host_ram: z
    .number()
    .min(0)
    .max(1e6)
    .nullish()
    .meta({
      label: { zh: "主机内存", en: "host memory" },
      description: "Host memory per node in GiB, to check offload against",
      aliases: ["ram", "cpu_ram", "内存", "主机内存"],
    }),
  packing: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "打包", en: "packing" },
      description: "true: packed to full length; false: lengths vary from batch to batch",
      aliases: ["packed", "打包"],
      words: { true: ["packed"], false: ["no-packing", "varied"] },
    }),
  utilisation: z
    .number()
    .min(0.1)
    .max(1)
    .nullish()
    .meta({
      label: { zh: "显存占用比例", en: "utilisation" },
      description: "Share of the card that the engine takes: 0.9",
      aliases: [
        "utilization",
        "gpu_memory_utilization",
        "gpu-memory-utilization",
        "mem_fraction_static",
        "mem-fraction-static",
      ],
    }),
  dora: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "DoRA", en: "DoRA" },
      description: "Weight-decomposed adapters",
      aliases: ["use_dora"],
    }),
  freeze_layers: whole(1000)
    .nullish()
    .meta({
      label: { zh: "冻结微调层数", en: "freeze layers" },
      description: "Freeze-tuning: how many layers are trained, from the top",
      aliases: ["freeze_trainable_layers", "trainable_layers", "训练层数"],
    }),
  /** Set by the buttons under an answer: the new one takes its place. */
  edit: z.boolean().nullish(),
};
