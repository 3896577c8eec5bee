import { describe, expect, it } from "vitest";
import { GIB } from "#core/vram/bytes";
import { memoryBytes } from "#core/vram/memory";
import { offloadHostBytes } from "#core/vram/sharding";
import { estimateFor, settingsFor } from "./catalogue.ts";

const peakGib = (fields: Record<string, unknown>): number => estimateFor(fields).peakBytes / GIB;

describe("The peak of a full fine-tune (pytorch/torchtune README, Llama-3.2-3B, 2 × 4096 tokens)", () => {
  const run = {
    model: "Llama-3.2-3B",
    method: "full",
    batch: 2,
    seq: 4096,
    metric: "allocated",
    accumulation: 1,
  };

  it("is weights, gradients and states, 23.94 GiB, when checkpointing leaves little else", () => {
    const fields = { ...run, framework: "torchtune-compile", grad_ckpt: true, ce: "fused" };
    expect(peakGib(fields)).toBeCloseTo(23.94, 2);
  });

  it("falls with every flag in the order of the README", () => {
    const steps = [
      { framework: "torchtune", grad_ckpt: false, ce: "fp32" },
      { framework: "torchtune-compile", grad_ckpt: false, ce: "fp32" },
      { framework: "torchtune-compile", grad_ckpt: false, ce: "fused" },
      { framework: "torchtune-compile", grad_ckpt: true, ce: "fused" },
      { framework: "torchtune-compile", grad_ckpt: true, ce: "fused", optimizer: "adamw-8bit" },
      { framework: "torchtune-compile", grad_ckpt: true, ce: "fused", method: "lora" },
      { framework: "torchtune-compile", grad_ckpt: true, ce: "fused", method: "qlora" },
    ].map((step) => peakGib({ ...run, ...step }));
    expect(steps).toEqual([...steps].sort((left, right) => right - left));
    expect(new Set(steps).size).toBe(steps.length);
  });

  it("holds the gradients through the next micro-step when they are accumulated, and costs nothing per further step", () => {
    const fields = { ...run, framework: "torchtune", grad_ckpt: false };
    const gradients = 2 * 3_212_749_824;
    expect(peakGib({ ...fields, accumulation: 2 }) - peakGib(fields)).toBeCloseTo(gradients / GIB, 6);
    expect(peakGib({ ...fields, accumulation: 64 })).toBe(peakGib({ ...fields, accumulation: 2 }));
  });
});

describe("Attention", () => {
  const run = { model: "Llama-2-7B", method: "lora", grad_ckpt: false, batch: 1 };

  it("is linear in the length with a fused kernel and quadratic without", () => {
    const growth = (flash_attn: boolean): number => {
      const activations = (seq: number): number =>
        estimateFor({ ...run, seq, flash_attn }).components.activations;
      return activations(8192) / activations(4096);
    };
    expect(growth(true)).toBeCloseTo(2, 6);
    expect(growth(false)).toBeGreaterThan(3);
  });

  it("loses its quadratic part under selective checkpointing", () => {
    const selective = estimateFor({ ...run, seq: 8192, flash_attn: false, grad_ckpt: "selective" });
    const fused = estimateFor({ ...run, seq: 8192, flash_attn: true });
    expect(selective.peakBytes).toBe(fused.peakBytes);
  });
});

describe("Checkpoints offloaded to the host", () => {
  it("leave the GPU and show up as host memory: 2hTL", () => {
    const { hostRamBytes, components } = estimateFor({
      model: "Llama-2-7B",
      method: "qlora",
      seq: 8192,
      framework: "unsloth",
    });
    expect(hostRamBytes).toBe(2 * 4096 * 8192 * 32);
    expect(components.activations).toBeLessThan(4 * GIB);
  });
});

describe("Host memory of DeepSpeed's offload (its memory.rst: 2851e6 parameters, one node of 8)", () => {
  it.each([
    ["ZeRO-2 with optimizer offload", "zero2-offload", 127.45],
    ["ZeRO-3 with optimizer and parameter offload", "zero3-offload", 127.45],
  ] as const)("for %s is %s", (_, scheme, gib) => {
    expect(offloadHostBytes(2851e6, 8, scheme) / GIB).toBeCloseTo(gib, 1);
  });

  it("for 7e9 parameters on one GPU is 168 GB, seven times a 24 GB card", () => {
    expect(offloadHostBytes(7e9, 1, "zero2-offload")).toBe(168e9);
  });

  it("leaves 2 bytes per parameter on the GPU: 5.31 GiB, with buckets and context on top", () => {
    const { components, hostRamBytes } = estimateFor({
      params: 2851e6,
      method: "full",
      parallel: "zero2-offload",
      gpus: 8,
    });
    expect(components.weights / GIB).toBeCloseTo(5.31, 2);
    expect(components.gradients + components.optimizer).toBe(0);
    expect((hostRamBytes ?? 0) / GIB).toBeCloseTo(127.45, 1);
  });
});

describe("Several GPUs", () => {
  const run = { model: "Llama-2-7B", method: "full", seq: 1024, gpus: 4, metric: "allocated" };
  const parts = (parallel: string) => estimateFor({ ...run, parallel }).components;

  it("shard states with ZeRO-1, gradients too with ZeRO-2, weights too with ZeRO-3", () => {
    const [ddp, one, two, three] = ["ddp", "zero1", "zero2", "zero3"].map(
      (parallel) => estimateFor({ ...run, parallel, accumulation: 2 }).components,
    );
    expect(one?.optimizer).toBe((ddp?.optimizer ?? 0) / 4);
    expect(one?.gradients).toBe(ddp?.gradients);
    expect(two?.gradients).toBe((ddp?.gradients ?? 0) / 4);
    expect(two?.weights).toBe(ddp?.weights);
    expect(three?.weights).toBe((ddp?.weights ?? 0) / 4);
  });

  it("never share activations and logits under data parallelism", () => {
    const alone = estimateFor({ ...run, gpus: 1, method: "lora" }).components;
    const sharded = estimateFor({ ...run, method: "lora", parallel: "zero3", framework: "hf" }).components;
    expect(sharded.logits).toBe(alone.logits);
    expect(sharded.activations).toBe(alone.activations);
  });

  it("divide weights by tensor and pipeline parallelism", () => {
    expect(parts("tp").weights).toBe(parts("ddp").weights / 4);
    expect(parts("pp").weights).toBe(parts("ddp").weights / 4);
  });

  it("divide the KV cache under tensor parallelism by the key-value heads at most", () => {
    const cache = (gpus: number): number =>
      estimateFor({
        model: "Qwen2.5-7B",
        method: "inference",
        parallel: gpus === 1 ? null : "tp",
        gpus,
        seq: 4096,
        gen_tokens: 4096,
      }).components.kvCache;
    expect(cache(4)).toBe(cache(1) / 4);
    expect(cache(28)).toBe(cache(4));
  });
});

describe("Where logits and one recomputed layer are about as large", () => {
  it("the gauge's fragments decide which of them is the peak, so it never falls with a longer sequence", () => {
    const run = settingsFor({
      model: "Qwen3.5-4B",
      method: "full",
      batch: 1,
      flash_attn: false,
      grad_ckpt: true,
      framework: "hf",
      ce: "fp32",
      metric: "device",
    });
    const lengths = Array.from({ length: 60 }, (_, step) => 17_000 + 100 * step);
    const peaks = lengths.map((seq) => memoryBytes({ ...run, task: "kto", packing: false, seq }).peakBytes);
    expect(peaks).toEqual([...peaks].sort((left, right) => left - right));
  });
});
