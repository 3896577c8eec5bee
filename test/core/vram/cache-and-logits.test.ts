import { describe, expect, it } from "vitest";
import { GIB } from "#core/vram/bytes";
import { kvCacheBytes, prefillBytes } from "#core/vram/kv-cache";
import { logitsBytes } from "#core/vram/logits";
import { estimateFor, settingsFor, shapeOf } from "./catalogue.ts";

describe("The KV cache", () => {
  it.each([
    ["Qwen2.5-7B, 4 key-value heads", 57_344],
    ["Llama-2-7B, one per query head", 524_288],
    ["DeepSeek-V3, a compressed row (arXiv:2405.04434)", 70_272],
  ])("takes per token for %s %i bytes in bf16", (name, bytes) => {
    expect(kvCacheBytes(shapeOf(name.split(",")[0] ?? ""), 1, "bf16")).toBe(bytes);
  });

  it("stops growing in local layers once their window is full", () => {
    const gemma = shapeOf("gemma-3-27b");
    const perToken = kvCacheBytes(gemma, 1024, "bf16") / 1024;
    const beyond = kvCacheBytes(gemma, 9024, "bf16") - kvCacheBytes(gemma, 1024, "bf16");
    expect(beyond / 8000).toBeCloseTo((perToken * 10) / 62, 6);
  });

  it("grows only in the full-attention layers of a hybrid, one in four", () => {
    const hybrid = shapeOf("Qwen3-Next-80B-A3B-Instruct");
    expect(kvCacheBytes(hybrid, 1001, "bf16") - kvCacheBytes(hybrid, 1000, "bf16")).toBe(24_576);
  });

  it.each([
    ["fp8", 0.5],
    ["int8", 0.516],
    ["int4", 0.281],
  ] as const)("in %s takes a share of bf16, scales included", (dtype, share) => {
    const shape = shapeOf("Llama-3-8B");
    expect(kvCacheBytes(shape, 100, dtype) / kvCacheBytes(shape, 100, "bf16")).toBeCloseTo(share, 3);
  });
});

describe("Reading a prompt in one pass", () => {
  it("adds 142.3 kB per token for Qwen2.5-7B, with the cache the 200 kB that its speed benchmark shows", () => {
    const settings = settingsFor({ model: "Qwen2.5-7B", method: "inference", seq: 1000, gen_tokens: 0 });
    expect(prefillBytes(settings) / 1000).toBe(142_336);
    const at = (seq: number): number =>
      estimateFor({ model: "Qwen2.5-7B", method: "inference", seq, gen_tokens: 2048, metric: "allocated" })
        .peakBytes;
    expect((at(32_768) - at(8192)) / 24_576 / 1000).toBeCloseTo(199.7, 0);
  });

  it("is over before the answer is complete: short prompts peak with the full cache instead", () => {
    const { components } = estimateFor({
      model: "Llama-2-7B",
      method: "inference",
      seq: 8192,
      gen_tokens: 8000,
    });
    expect(components.activations).toBe(0);
    expect(components.kvCache).toBe(8192 * 524_288);
  });
});

describe("Loading a 4-bit checkpoint", () => {
  const peak = (model: string, fields: Record<string, unknown> = {}): number =>
    estimateFor({
      model,
      method: "inference",
      weights_dtype: "awq-int4",
      framework: "hf",
      metric: "allocated",
      seq: 2049,
      gen_tokens: 2048,
      ...fields,
    }).peakBytes / GIB;

  it.each([
    ["Qwen2.5-0.5B", 0.68],
    ["Qwen2.5-1.5B", 1.51],
    ["Qwen2.5-3B", 2.5],
  ])(
    "that ties its embedding holds it twice for a moment: %s shows %d GiB (QwenLM/Qwen3 @a912d23)",
    (model, gib) => {
      expect(peak(model)).toBeGreaterThan(gib * 0.99);
      expect(peak(model)).toBeLessThan(gib * 1.04);
    },
  );

  it("leaves no trace in models that do not tie it, nor in an engine", () => {
    expect(peak("Qwen2.5-7B")).toBeCloseTo(5.44, 1);
    expect(peak("Qwen2.5-3B", { framework: "vllm" })).toBeLessThan(2.2);
  });
});

describe("Logits", () => {
  const logits = (fields: Record<string, unknown>): number =>
    logitsBytes(settingsFor({ model: "Qwen2.5-7B", method: "lora", ...fields }));

  it("take 2.0 GiB per thousand tokens at a vocabulary of 152k when upcast: 14·V·T", () => {
    expect(logits({ seq: 1000, ce: "fp32" }) / GIB).toBeCloseTo(1.98, 2);
  });

  it("take four bf16 copies without the upcast (InternLM/xtuner loss.md: 38.5 GiB at V=151936, T=32768)", () => {
    const bytes = logitsBytes(settingsFor({ model: "Qwen3-8B", method: "lora", seq: 32_768, ce: "bf16" }));
    const headAndHidden = 2 * 151_936 * 4096 + 2 * 32_768 * 4096;
    expect((bytes + headAndHidden) / GIB).toBeCloseTo(38.5, 0);
  });

  it("stop growing with the length under Unsloth's fused loss, which works on 4096 tokens at a time", () => {
    const held = (seq: number): number => logits({ seq, ce: "fused", framework: "unsloth" });
    expect(held(64_000)).toBe(held(4096));
  });

  it("stay about as large as the hidden states under Liger's, in steps of powers of two", () => {
    // 8192 tokens / ⌈152064 / 3584⌉ = 191, so 256 at a time.
    expect(logits({ seq: 8192, ce: "fused" })).toBe(256 * 152_064 * 10);
  });

  it("take fp32 copies only where NF4 makes the stream fp32 (Anassbzdd/fitcheck: 16 bytes against LoRA's 14)", () => {
    const perLogit = (fields: Record<string, unknown>): number =>
      logits({ seq: 1000, ce: "fp32", ...fields }) / 152_064_000;
    expect(perLogit({})).toBe(14);
    expect(perLogit({ method: "qlora", weights_dtype: "nf4" })).toBe(16);
    expect(perLogit({ method: "qlora", weights_dtype: "gptq-int4" })).toBe(8);
  });

  it("shrink from fp32 to bf16 to chunked to fused", () => {
    const sizes = ["fp32", "bf16", "chunked", "fused"].map((ce) => logits({ seq: 16_384, ce }));
    expect(sizes).toEqual([...sizes].sort((left, right) => right - left));
  });
});
