import { describe, expect, it } from "vitest";
import { GIB } from "#core/vram/bytes";
import { cheapestSetup } from "#core/vram/cheapest";
import { companionsOf } from "#core/vram/companions";
import { estimate } from "#core/vram/estimate";
import { commonCards, fitsCard, resolveGpu } from "#core/vram/gpus";
import { isUnmeasured } from "#core/vram/interval";
import { memoryBytes } from "#core/vram/memory";
import { modelStateBytes } from "#core/vram/model-states";
import { servingBudget } from "#core/vram/serving";
import { doraParameters } from "#core/vram/shape";
import { zero2Needs, zero3Needs } from "#core/vram/zero-docs";
import { catalogue, estimateFor, request, settingsFor, shapeOf } from "./catalogue.ts";

const P = 7_615_616_512;

describe("What stands beside the trained model", () => {
  const weights = (fields: Record<string, unknown>): number =>
    estimateFor({ model: "Qwen2.5-7B", method: "full", metric: "allocated", ...fields }).components.weights;

  it.each([
    ["dpo", 1],
    ["kto", 1],
    ["orpo", 0],
    ["reward", 0],
    ["grpo", 2],
  ] as const)("in full %s is %i more copies in 16 bit", (task, copies) => {
    expect((weights({ task }) - weights({})) / (2 * P)).toBeCloseTo(copies, 1);
  });

  it("costs nothing as reference where adapters can be switched off (arXiv:2305.18290 with PEFT)", () => {
    expect(weights({ task: "dpo", method: "lora" })).toBe(weights({ method: "lora" }));
  });

  it("in PPO is reference, reward model and a trained value model (arXiv:2203.02155)", () => {
    expect(companionsOf("ppo", false)).toEqual({ frozen: 2, trained: 1, rollout: true, sequences: 1 });
    expect(companionsOf("ppo", true).frozen).toBe(1);
  });

  it("makes a preference pair two sequences", () => {
    const activations = (task: string): number =>
      estimateFor({
        model: "Qwen2.5-7B",
        method: "lora",
        ce: "fused",
        grad_ckpt: false,
        metric: "allocated",
        task,
      }).components.activations;
    expect(activations("dpo") / activations("sft")).toBeCloseTo(2, 6);
  });

  it("is called unmeasured, with the widest interval", () => {
    const { settled, interval, peakBytes } = estimate(
      request({ model: "Qwen2.5-7B", method: "full", task: "dpo" }),
      catalogue,
    );
    expect(isUnmeasured(settled.settings)).toBe(true);
    expect(interval.highBytes / peakBytes).toBeGreaterThanOrEqual(1.3 - 1e-9);
  });
});

describe("DoRA (arXiv:2402.09353)", () => {
  it("trains one magnitude per output beside LoRA", () => {
    const targets = ["q", "v"] as const;
    const shape = shapeOf("Llama-2-7B");
    expect(doraParameters(shape, targets)).toBe(32 * 2 * 4096);
    const trainable = (dora: boolean): number =>
      modelStateBytes(settingsFor({ model: "Llama-2-7B", method: "lora", lora_targets: targets, dora }))
        .trainable;
    expect(trainable(true) - trainable(false)).toBe(32 * 2 * 4096);
  });
});

describe("Freeze-tuning", () => {
  it("trains the topmost layers only", () => {
    const trainable = (freeze_layers: number): number =>
      modelStateBytes(settingsFor({ model: "Llama-2-7B", method: "freeze", freeze_layers })).trainable;
    expect(trainable(4) / trainable(2)).toBeCloseTo(2, 6);
  });
});

describe("DeepSpeed's memory.rst (2851e6 parameters, largest layer 32e6, one node of 8)", () => {
  const run = { parameters: 2851e6, largestLayer: 32e6, gpusPerNode: 8, nodes: 1 };
  it.each([
    ["ZeRO-2", zero2Needs({ ...run, offload: "none" }), 15.93],
    ["ZeRO-2 with offload", zero2Needs({ ...run, offload: "optimizer" }), 5.31],
    ["ZeRO-3 with offload of all", zero3Needs({ ...run, offload: "all" }), 0.12],
    ["ZeRO-3 with optimizer offload", zero3Needs({ ...run, offload: "optimizer" }), 0.78],
    ["ZeRO-3", zero3Needs({ ...run, offload: "none" }), 6.09],
  ])("%s takes per GPU what the docs print", (_, { gpu }, gib) => {
    expect(gpu / GIB).toBeCloseTo(gib, 2);
  });

  it("takes 127.45 GiB of host memory with optimizer offload", () => {
    expect(zero2Needs({ ...run, offload: "optimizer" }).host / GIB).toBeCloseTo(127.45, 2);
  });
});

describe("A server's room for the cache", () => {
  const card = resolveGpu("4090", catalogue);

  it("is its share of the card less weights and the prompt", () => {
    const settings = settingsFor({ model: "Qwen2.5-7B", framework: "vllm", gpu: "4090" });
    const { cacheBytes, tokens, sequences } = servingBudget(settings, card);
    const { weights, activations, overhead } = memoryBytes({ ...settings, metric: "allocated" }).components;
    expect(cacheBytes).toBeCloseTo(
      0.9 * (card.total ?? card.gib) * GIB - weights - activations - overhead,
      -3,
    );
    expect(tokens).toBe(Math.floor(cacheBytes / 57_344));
    expect(sequences).toBe(Math.floor(tokens / settings.seq));
  });

  it("holds as many tokens more as there are GPUs that share each of them", () => {
    const room = (parallel: string) =>
      servingBudget(settingsFor({ model: "Qwen2.5-72B", framework: "vllm", gpus: 4, parallel }), card);
    const settings = settingsFor({ model: "Qwen2.5-72B", framework: "vllm", gpus: 4 });
    const { cacheBytes, tokens } = servingBudget(settings, resolveGpu("A100-80G", catalogue));
    expect(tokens).toBe(Math.floor(cacheBytes / (327_680 / 4)));
    expect(room("tp").tokens).toBe(Math.floor(room("tp").cacheBytes / (327_680 / 4)));
  });

  it("is cut over the heads of several GPUs unless asked otherwise, so that a compressed cache stands on each", () => {
    const fields = { model: "DeepSeek-V3", method: "inference", weights_dtype: "int8", gpus: 8, seq: 4096 };
    const cache = (more: Record<string, unknown>): number =>
      estimateFor({ ...fields, gen_tokens: 4096, ...more }).components.kvCache;
    expect(settingsFor({ ...fields, engine: "vllm" }).parallel).toBe("tp");
    expect(settingsFor({ ...fields, engine: "vllm", gpus: 3 }).parallel).toBeNull();
    expect(settingsFor(fields).parallel).toBeNull();
    expect(cache({ engine: "vllm" })).toBe(4096 * 70_272);
    expect(cache({})).toBe((4096 * 70_272) / 8);
  });

  it("is larger in SGLang, whose static share holds weights and cache only", () => {
    const room = (engine: string): number =>
      servingBudget(settingsFor({ model: "Qwen2.5-7B", method: "inference", engine, utilisation: 0.9 }), card)
        .cacheBytes;
    expect(room("sglang")).toBeGreaterThan(room("vllm"));
  });

  it("is not eaten by many prompts at once: they are read in chunks", () => {
    const reading = (batch: number): number =>
      estimateFor({ model: "Qwen2.5-7B", framework: "vllm", batch, seq: 8192 }).components.activations;
    expect(reading(64)).toBe(reading(1));
  });
});

describe("The cheapest set-up", () => {
  it("fits, and no common card with less memory does alone", () => {
    const settings = settingsFor({ model: "Qwen2.5-7B", method: "lora" });
    const cards = commonCards(catalogue);
    const setup = cheapestSetup(settings, cards);
    expect(setup).not.toBeNull();
    const bought = (setup?.card.gib ?? 0) * (setup?.gpus ?? 0);
    for (const card of cards.filter(({ gib }) => gib < bought))
      expect(fitsCard(memoryBytes({ ...settings, gpus: 1, parallel: null }).peakBytes, card)).toBe(false);
  });
});
