import { z } from "zod";
import { componentNames } from "./components.ts";
import { frameworks, methods, parallels, weightsDtypes } from "./values.ts";

/** A longer line is a paste in the wrong place. */
const LONGEST_TEXT = 500;

/** A whole number from 1. */
export const whole = (most: number) => z.number().int().min(1).max(most);

/** What most questions say: the run and the cards. The first ones are those that a platform shows one by one. */
export const runOptions = {
  model: z
    .string()
    .nullish()
    .meta({
      label: { zh: "模型", en: "model" },
      description: "Model name, small typos understood: qwen2.5-7b",
      aliases: ["模型", "model_name", "name"],
      suggest: "model",
      positional: true,
    }),
  method: z
    .enum(methods)
    .nullish()
    .meta({
      label: { zh: "方式", en: "method" },
      description: "full, lora, qlora, freeze or inference",
      aliases: ["方法", "方式", "训练方式", "mode"],
      words: {
        full: ["全参", "全量", "全参数", "全参微调", "全量微调", "full-ft", "fullft"],
        lora: ["lora微调"],
        qlora: ["q-lora", "qlora微调"],
        freeze: ["冻结", "冻结微调"],
        inference: ["推理", "infer", "serve", "serving", "部署"],
      },
      bare: true,
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
      suggest: "gpu",
    }),
  compare: z
    .union([z.boolean(), z.string().max(LONGEST_TEXT)])
    .nullish()
    .meta({
      label: { zh: "对比", en: "compare" },
      description: "Beside this: another set-up in words (qlora, 2x4090), or every method",
      aliases: ["对比", "比较", "vs"],
    }),
  why: z
    .union([z.boolean(), z.enum(componentNames)])
    .nullish()
    .meta({
      label: { zh: "依据", en: "why" },
      description: "How the figure comes about, or one part of it: weights",
      aliases: ["为什么", "依据", "公式", "explain", "解释"],
      words: {
        weights: ["weight", "权重", "参数"],
        gradients: ["gradient", "grads", "accumulation", "梯度", "累积", "梯度累积"],
        optimizer: ["states", "optimizer-states", "优化器", "优化器状态"],
        activations: ["activation", "激活", "激活值"],
        logits: ["loss", "ce", "损失", "交叉熵"],
        kvCache: ["kv", "cache", "kv-cache", "kv缓存", "缓存"],
        overhead: [
          "context",
          "fragmentation",
          "buffers",
          "ram",
          "host-ram",
          "开销",
          "碎片",
          "内存",
          "上下文开销",
        ],
      },
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
};
