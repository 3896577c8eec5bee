import { describe, expect, it } from "vitest";
import { vram } from "#commands/vram";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import { readVramText, secondOf } from "#core/vram/asking";
import { shapeFromConfig } from "#core/vram/config-json";
import { kvCacheBytes } from "#core/vram/kv-cache";
import { estimateReport } from "#core/vram/report";
import { vramOptions } from "#core/vram/request";
import { catalogue, shapeOf } from "./catalogue.ts";

describe("A question as people ask it", () => {
  it.each([
    [
      "llama3-8b 全参 bf16 bs 4 长度 4k 两张4090",
      {
        model: "llama3-8b",
        method: "full",
        weights_dtype: "bf16",
        batch: 4,
        seq: 4096,
        gpus: 2,
        gpu: "4090",
      },
    ],
    ["70B lora on 4x80G", { params: 70e9, method: "lora", gpus: 4, gpu: "80G" }],
    ["qwen 7b", { model: "qwen", params: 7e9 }],
    [
      "能用一张3060 12G 跑 qwen2.5-7b 推理吗，长度 8k",
      { model: "qwen2.5-7b", method: "inference", gpus: 1, gpu: "3060-12g", seq: 8192 },
    ],
    [
      "can I full fine-tune Llama-3-8B on 8x A100 80GB with ZeRO-3 and batch size 2?",
      { model: "Llama-3-8B", method: "full", gpus: 8, gpu: "A100-80g", parallel: "zero3", batch: 2 },
    ],
    [
      "Qwen/Qwen2.5-7B-Instruct lora rank 64 max length 8192 no gradient checkpointing",
      { model: "Qwen/Qwen2.5-7B-Instruct", method: "lora", lora_rank: 64, seq: 8192, grad_ckpt: false },
    ],
    ["qwen2.5-7b lora 4060 ti 16g", { model: "qwen2.5-7b", method: "lora", gpu: "4060ti-16g" }],
    [
      "dpo qwen2.5-7b lora 双卡 3090",
      { model: "qwen2.5-7b", method: "lora", task: "dpo", gpus: 2, gpu: "3090" },
    ],
    ["7b qlora A100x8", { params: 7e9, method: "qlora", gpu: "A100", gpus: 8 }],
    [
      "compare qwen2.5-7b lora 4090 | qlora",
      { model: "qwen2.5-7b", method: "lora", gpu: "4090", compare: "qlora" },
    ],
    ["qwen2.5-7b lora 和 qlora 对比", { model: "qwen2.5-7b", method: "lora", compare: "qlora" }],
    ["compare 7b lora", { params: 7e9, method: "lora", compare: true }],
    ["what gpu for qwen2.5 32b lora?", { model: "qwen2.5", params: 32e9, method: "lora" }],
    ["qwen2.5-7b qlora lora rank 8", { method: "qlora", lora_rank: 8 }],
    ["70亿参数的模型 qlora", { params: 7e9, method: "qlora" }],
    ["13 billion parameters lora", { params: 13e9, method: "lora" }],
    ["7B 全参要什么显卡", { params: 7e9, method: "full" }],
    [
      "how much memory does qwen2.5 14b need for inference with 32k context in int4",
      { model: "qwen2.5", params: 14e9, method: "inference", seq: 32_768, weights_dtype: "awq-int4" },
    ],
    [
      "Can I fine-tune Llama 3 8B on a single RTX 3090 with QLoRA?",
      { params: 8e9, gpu: "RTX-3090", method: "qlora" },
    ],
    [
      "llama 7B 在一张24G卡上能全参训练吗",
      { model: "llama", params: 7e9, method: "full", gpus: 1, gpu: "24g" },
    ],
    ["mac m3 max 64gb qwen2.5-32b int4 推理", { gpu: "mac64gb", model: "qwen2.5-32b" }],
    ["910B 7b 全参 8卡", { gpu: "910B", params: 7e9, gpus: 8 }],
    ["how much vram does 7b lora take", { params: 7e9, method: "lora" }],
    ["7b qlora on a 24 GB GPU with 64GB RAM", { gpu: "24g", host_ram: 64 }],
    ["qwen2.5-7b 全参 zero3-offload 内存 64G", { host_ram: 64, parallel: "zero3-offload" }],
    ["mistral 7b instruct v0.3 lora", { model: "mistral-7b-v0.3" }],
    ["qwen2.5 7b instruct qlora", { model: "qwen2.5", params: 7e9 }],
    [
      "7b lora rank 64 all targets",
      { lora_rank: 64, lora_targets: ["q", "k", "v", "o", "gate", "up", "down"] },
    ],
    ["7b 8bit adam full 4xA100 40G", { optimizer: "adamw-8bit", gpus: 4, gpu: "A100-40g" }],
    ["7b lora rtx pro 6000", { gpu: "rtx-pro-6000" }],
    ["7b lora 0 GPU", { gpus: 0 }],
    ["why weights", { why: "weights" }],
    [
      "why kv llama-3-8b 推理 长度 32k",
      { why: "kvCache", model: "llama-3-8b", method: "inference", seq: 32_768 },
    ],
    ["为什么 激活值", { why: "activations" }],
  ])("is read: %s", (text, options) => {
    expect(readVramText(text)).toMatchObject(options);
  });

  it("with a space before the unit of a card does not lose the card", () => {
    const { fits } = estimateReport(
      vramOptions.parse(readVramText("qwen2.5-7b qlora rtx 3060 (12GB)")),
      catalogue,
    );
    expect(fits[0]?.gpu).toBe("RTX 3060");
  });
});

const config = JSON.stringify({
  model_type: "qwen2",
  hidden_size: 3584,
  num_hidden_layers: 28,
  num_attention_heads: 28,
  num_key_value_heads: 4,
  intermediate_size: 18_944,
  vocab_size: 152_064,
  tie_word_embeddings: false,
});

const refusalOf = (text: string, locale: "en" | "zh" = "en"): string => {
  try {
    estimateReport(vramOptions.parse(parseOptions(vram, { kind: "text", text })), catalogue);
  } catch (error) {
    if (error instanceof Refusal) return error.sentence(messagesFor(locale));
    throw error;
  }
  return "not refused";
};

describe("A pasted config.json", () => {
  const attention = { vocab_size: 151_936, intermediate_size: 5120 };
  it.each([
    [
      "Qwen3-Next-80B-A3B",
      {
        ...attention,
        model_type: "qwen3_next",
        hidden_size: 2048,
        num_hidden_layers: 48,
        num_attention_heads: 16,
        num_key_value_heads: 2,
        head_dim: 256,
        full_attention_interval: 4,
        linear_num_key_heads: 16,
        linear_num_value_heads: 32,
        linear_key_head_dim: 128,
        linear_value_head_dim: 128,
        linear_conv_kernel_dim: 4,
        num_experts: 512,
        moe_intermediate_size: 512,
        shared_expert_intermediate_size: 512,
        num_experts_per_tok: 10,
      },
    ],
    [
      "Gemma-3-27b-it",
      {
        model_type: "gemma3",
        text_config: {
          ...attention,
          model_type: "gemma3_text",
          hidden_size: 5376,
          num_hidden_layers: 62,
          num_attention_heads: 32,
          num_key_value_heads: 16,
          head_dim: 128,
          sliding_window: 1024,
        },
      },
    ],
    [
      "gpt-oss-20b",
      {
        ...attention,
        model_type: "gpt_oss",
        hidden_size: 2880,
        num_hidden_layers: 24,
        num_attention_heads: 64,
        num_key_value_heads: 8,
        head_dim: 64,
        sliding_window: 128,
      },
    ],
  ])("of a model with few caching layers caches as the catalogue's %s does", (name, config) => {
    const { shape } = shapeFromConfig(JSON.stringify(config));
    expect(kvCacheBytes(shape, 100_000, "bf16")).toBe(kvCacheBytes(shapeOf(name), 100_000, "bf16"));
  });

  it("is read as the model, with what stands around it", () => {
    const pasted = vramOptions.parse(readVramText(`全参 ${config} 8xA100 zero3`));
    const named = vramOptions.parse(readVramText("qwen2.5-7b 全参 8xA100 zero3"));
    expect(estimateReport(pasted, catalogue).gib_per_gpu).toBeCloseTo(
      estimateReport(named, catalogue).gib_per_gpu,
      1,
    );
  });

  it.each([
    [`{"hidden_size": 4096`, /config|JSON|\{/],
    [`{hidden_size: 4096}`, /not JSON/],
    [`{"hidden_size": -5, "num_hidden_layers": 2}`, /hidden_size/],
    [`{"hidden_size": 4096}`, /config\.json has no/],
    ["{}", /config\.json has no/],
  ])("that is broken is refused in one sentence: %s", (text, words) => {
    expect(refusalOf(`lora ${text}`)).toMatch(words);
    expect(refusalOf(`lora ${text}`, "zh")).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("The second set-up of a comparison", () => {
  const first = vramOptions.parse({
    model: "qwen2.5-7b",
    method: "lora",
    weights_dtype: "bf16",
    seq: 4096,
    gpu: "4090",
  });

  it("takes over what its own words leave open", () => {
    expect(secondOf(first, "bs=4")).toMatchObject({
      model: "qwen2.5-7b",
      method: "lora",
      seq: 4096,
      batch: 4,
    });
  });

  it("with another method does not take over the first one's dtype", () => {
    const second = secondOf(first, "qlora");
    expect(second).toMatchObject({ model: "qwen2.5-7b", method: "qlora", seq: 4096 });
    expect(second.weights_dtype ?? null).toBeNull();
  });

  it("may name another model", () => {
    expect(secondOf(first, "llama-3-8b")).toMatchObject({ model: "llama-3-8b", method: "lora", seq: 4096 });
  });
});

describe("Bad input is refused in one sentence that says which and what would be valid", () => {
  it.each([
    ["qwen2.5-7b bs=0", /batch|bs/, /批|batch|bs/],
    ["qwen2.5-7b seq=-1", /seq/, /seq|长度/],
    ["params=1e30", /params.*1e\+30/, /1e\+30/],
    ["qwen2.5-7b seq=1e9", /seq.*1e\+?9|1,?000,?000,?000/, /seq/],
    ["qwen2.5-8b", /qwen2\.5-8b.*Nearest.*Qwen2\.5.*,.*,/, /qwen2\.5-8b/],
    ["qwen2.5-7b qlora fp32", /fp32.*nf4/, /fp32.*nf4/],
    ["qwen2.5-7b tp", /tp.*gpus is 1/, /tp.*1/],
    ["llama-3-8b full zero3-offload 4x4090 host_ram=32", /host_ram is 32.*host_ram=\d+/, /32/],
    ["7b inference dpo", /dpo.*inference/, /dpo/],
    ["7b lora | qlora | full", /two can be compared/, /两/],
    ["7b full dora", /DoRA/, /DoRA/],
    ["7b lora r=99999", /lora_rank|rank/, /rank|秩/],
    ["gpt-9000-turbo-ultra", /don't know the model|size/, /[\u4e00-\u9fff]/],
  ])("%s", (text, en, zh) => {
    expect(refusalOf(text)).toMatch(en);
    expect(refusalOf(text, "zh")).toMatch(zh);
    expect(refusalOf(text, "zh")).toMatch(/[\u4e00-\u9fff]/);
    expect(refusalOf(text).length).toBeLessThan(400);
  });
});
