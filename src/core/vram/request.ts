import { z } from "zod";
import {
  crossEntropies,
  frameworks,
  kvDtypes,
  loraTargets,
  methods,
  optimizers,
  parallels,
  weightsDtypes,
} from "./values.ts";

const whole = (most: number) => z.number().int().min(1).max(most);

/**
 * The options of /vram: the one schema for typed options, JSON lines and free text. `model` or `params` must be
 * there; what is missing or null beside them takes a stated default. Lengths are tokens; `params` is a plain count.
 */
export const vramOptions = z.object({
  model: z
    .string()
    .nullish()
    .meta({
      label: { zh: "模型", en: "model" },
      description: "Model name, small typos understood: qwen2.5-7b",
      aliases: ["模型", "model_name", "name"],
      positional: true,
    }),
  params: z
    .number()
    .min(1e6)
    .max(2e13)
    .nullish()
    .meta({
      label: { zh: "参数量", en: "parameters" },
      description: "Parameter count, when no model is named: 7b",
      aliases: ["param", "parameters", "size", "参数", "参数量"],
      scale: "count",
    }),
  method: z
    .enum(methods)
    .nullish()
    .meta({
      label: { zh: "方式", en: "method" },
      description: "full, lora, qlora, freeze or inference",
      aliases: ["方法", "方式", "训练方式", "mode"],
      words: {
        full: ["全参", "全量", "全参数", "全参微调", "全量微调", "full-ft", "fullft", "sft"],
        lora: ["lora微调"],
        qlora: ["q-lora", "qlora微调"],
        freeze: ["冻结", "冻结微调"],
        inference: ["推理", "infer", "serve", "serving", "部署"],
      },
      bare: true,
    }),
  weights_dtype: z
    .enum(weightsDtypes)
    .nullish()
    .meta({
      label: { zh: "权重精度", en: "weights" },
      description: "Dtype of the (base) weights",
      aliases: ["dtype", "precision", "精度", "权重精度", "weights", "quant", "量化"],
      words: {
        fp32: ["float32"],
        bf16: ["bfloat16"],
        fp16: ["float16", "half"],
        int8: ["8bit", "8-bit"],
        nf4: ["4bit", "4-bit"],
        "nf4-dq": ["nf4dq", "double-quant", "双重量化"],
        "gptq-int4": ["gptq"],
        "awq-int4": ["awq", "int4"],
      },
      bare: true,
    }),
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
  batch: whole(1e6)
    .nullish()
    .meta({
      label: { zh: "批大小", en: "batch" },
      description: "Micro-batch per GPU",
      aliases: ["bs", "b", "batch_size", "micro_batch", "批次", "批大小", "批量"],
    }),
  seq: whole(1e8)
    .nullish()
    .meta({
      label: { zh: "序列长度", en: "sequence" },
      description: "Padded length in tokens; inference: prompt + generated",
      aliases: [
        "len",
        "length",
        "seq_len",
        "seqlen",
        "ctx",
        "context",
        "max_length",
        "cutoff_len",
        "长度",
        "序列",
        "序列长度",
        "上下文",
      ],
      scale: "tokens",
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
  // Before `parallel`, so that the bare word `fsdp` means the scheme; the framework follows from it.
  framework: z
    .enum(frameworks)
    .nullish()
    .meta({
      label: { zh: "框架", en: "framework" },
      description: "Training or serving framework",
      aliases: ["fw", "框架"],
      words: {
        hf: ["peft", "trl", "llama-factory", "llamafactory", "axolotl", "ms-swift", "swift"],
        deepspeed: ["ds"],
      },
      bare: true,
    }),
  parallel: z
    .enum(parallels)
    .nullish()
    .meta({
      label: { zh: "并行", en: "parallel" },
      description: "How several GPUs share the work",
      aliases: ["并行", "strategy"],
      words: {
        zero1: ["zero-1"],
        zero2: ["zero-2"],
        zero3: ["zero-3"],
        tp: ["张量并行"],
        pp: ["流水线并行"],
        ddp: ["数据并行"],
      },
      bare: true,
    }),
  gpus: whole(100_000)
    .nullish()
    .meta({
      label: { zh: "GPU 数", en: "GPUs" },
      description: "Number of GPUs",
      aliases: ["n", "num_gpus", "卡数", "显卡数"],
    }),
  gpu: z
    .string()
    .nullish()
    .meta({
      label: { zh: "显卡", en: "card" },
      description: "Card or its memory: 4090, A100-80G, 24G",
      aliases: ["card", "显卡", "卡", "显存", "vram"],
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
  metric: z
    .enum(["allocated", "reserved", "device", "device?"])
    .nullish()
    .meta({
      label: { zh: "口径", en: "metric" },
      description: "allocated, reserved, or device (what nvidia-smi shows)",
      aliases: ["口径", "指标"],
      words: { device: ["nvidia-smi", "driver"] },
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
  compare: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "对比", en: "compare" },
      description: "Compare full, LoRA, QLoRA and inference",
      aliases: ["对比", "比较"],
    }),
  why: z
    .boolean()
    .nullish()
    .meta({
      label: { zh: "依据", en: "why" },
      description: "Show the formulas with their numbers",
      aliases: ["为什么", "依据", "公式", "explain"],
    }),
});

export type VramRequest = z.output<typeof vramOptions>;
