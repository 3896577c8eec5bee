import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, GIB, gib } from "#core/vram/bytes";
import type { Components } from "#core/vram/components";
import { memoryBytes } from "#core/vram/memory";
import { shapeForSize } from "#core/vram/models";
import { estimateReport } from "#core/vram/report";
import type { Settings } from "#core/vram/settings";
import type { Task } from "#core/vram/values";
import { catalogue, request, settingsFor } from "./catalogue.ts";

const peak = (settings: Settings): number => memoryBytes(settings).peakBytes;
const sumOf = (components: Components): number =>
  Object.values(components).reduce((sum, part) => sum + part, 0);

/** Any run that makes sense on its own. */
const settings: fc.Arbitrary<Settings> = fc
  .record({
    model: fc.constantFrom(
      "Llama-3-8B",
      "Qwen2.5-7B",
      "phi-2",
      "Gemma-2-9b",
      "Mixtral-8x7B",
      "DeepSeek-V2-Lite",
      "Qwen3.5-4B",
    ),
    method: fc.constantFrom("full", "lora", "qlora", "freeze", "inference"),
    optimizer: fc.constantFrom(
      "adamw",
      "adamw-8bit",
      "adamw-bf16",
      "sgd",
      "lion",
      "adafactor",
      "muon",
      "galore",
      "lomo",
      "lisa",
      "badam",
    ),
    task: fc.constantFrom<Task>("sft", "dpo", "kto", "orpo", "reward", "ppo", "grpo"),
    dora: fc.boolean(),
    packing: fc.constantFrom(true, false, null),
    lora_rank: fc.integer({ min: 1, max: 256 }),
    lora_targets: fc.subarray(["q", "k", "v", "o", "gate", "up", "down", "head"], { minLength: 1 }),
    trainable_emb: fc.boolean(),
    batch: fc.integer({ min: 1, max: 64 }),
    seq: fc.integer({ min: 1, max: 131_072 }),
    accumulation: fc.integer({ min: 1, max: 16 }),
    grad_ckpt: fc.constantFrom(true, false, "selective", "unsloth-offload"),
    flash_attn: fc.boolean(),
    framework: fc.constantFrom(
      "hf",
      "deepspeed",
      "fsdp",
      "litgpt",
      "torchtune",
      "torchtune-compile",
      "unsloth",
    ),
    ce: fc.constantFrom("fp32", "bf16", "chunked", "fused"),
    metric: fc.constantFrom("allocated", "reserved", "device"),
    gpus: fc.constantFrom(1, 2, 4, 8),
    sharing: fc.constantFrom("ddp", "zero1", "zero2", "zero3", "zero2-offload", "zero3-offload", "fsdp"),
  })
  .map(({ sharing, task, dora, packing, ...fields }) => {
    const alone = fields.method === "inference" || fields.gpus === 1;
    return { ...settingsFor({ ...fields, parallel: alone ? null : sharing }), task, dora, packing };
  });

const holds = (property: (settings: Settings, factor: number) => void): void =>
  fc.assert(fc.property(settings, fc.integer({ min: 2, max: 5 }), property), { numRuns: 2000 });

describe("The peak", () => {
  it("never falls with a larger batch", () => {
    holds((run, factor) => {
      expect(peak({ ...run, batch: run.batch * factor })).toBeGreaterThanOrEqual(peak(run));
    });
  });

  it("never falls with a longer sequence", () => {
    holds((run, factor) => {
      expect(peak({ ...run, seq: run.seq * factor })).toBeGreaterThanOrEqual(peak(run));
    });
    holds((run) => {
      expect(peak({ ...run, seq: run.seq + 1 })).toBeGreaterThanOrEqual(peak(run));
    });
  });

  it("never falls with a higher rank", () => {
    holds((run, factor) => {
      expect(peak({ ...run, loraRank: run.loraRank * factor })).toBeGreaterThanOrEqual(peak(run));
    });
  });

  it("never falls with more parameters", () => {
    const sizes = fc.double({ min: 1e7, max: 1e12, noNaN: true });
    const method = fc.constantFrom("full", "lora", "qlora", "inference");
    fc.assert(
      fc.property(method, sizes, fc.double({ min: 1, max: 8, noNaN: true }), (name, size, factor) => {
        const run = settingsFor({ model: "Qwen2.5-7B", method: name });
        const at = (params: number): number => peak({ ...run, shape: shapeForSize(params, catalogue).shape });
        expect(at(size * factor)).toBeGreaterThanOrEqual(at(size) * (1 - 1e-12));
      }),
      { numRuns: 2000 },
    );
  });

  it("is the sum of its parts, none of them negative", () => {
    holds((run) => {
      const { components, peakBytes } = memoryBytes(run);
      expect(Math.abs(sumOf(components) / peakBytes - 1)).toBeLessThan(1e-9);
      for (const part of Object.values(components)) expect(part).toBeGreaterThanOrEqual(0);
    });
  });

  it("is never below what stays between steps", () => {
    holds((run) => {
      const { peakBytes, steadyBytes } = memoryBytes(run);
      expect(peakBytes).toBeGreaterThanOrEqual(steadyBytes * (1 - 1e-12));
    });
  });

  it("of full fine-tuning is never below weights, gradients and states", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Llama-3-8B", "Qwen2.5-0.5B"),
        fc.integer({ min: 1, max: 8192 }),
        (model, seq) => {
          const run = settingsFor({ model, method: "full", seq, optimizer: "adamw", metric: "allocated" });
          expect(peak(run)).toBeGreaterThanOrEqual(16 * run.shape.params);
        },
      ),
    );
  });

  it("under ZeRO-3 on one GPU is that of the unsharded run, plus live buffers", () => {
    holds((run) => {
      const alone: Settings = { ...run, gpus: 1, parallel: null };
      if (run.method === "inference") return;
      expect(peak({ ...alone, parallel: "zero3" })).toBeGreaterThan(peak(alone));
    });
  });
});

describe("A report", () => {
  it("prints parts that add up to the printed sum, inside the printed interval", () => {
    const models = fc.constantFrom(...catalogue.architectures.map(({ id }) => id));
    const method = fc.constantFrom("full", "lora", "qlora", "inference");
    fc.assert(
      fc.property(models, method, fc.integer({ min: 1, max: 20_000 }), (model, name, seq) => {
        const report = estimateReport(request({ model, method: name, seq }), catalogue);
        const parts = Object.values(report.breakdown).reduce((sum, part) => sum + part, 0);
        expect(parts).toBeCloseTo(report.gib_per_gpu, 6);
        expect(report.low).toBeLessThanOrEqual(report.gib_per_gpu);
        expect(report.high).toBeGreaterThanOrEqual(report.gib_per_gpu);
      }),
      { numRuns: 200 },
    );
  });

  it("gives a largest batch and length that fit where the next ones do not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 8192 }), fc.integer({ min: 1, max: 8 }), (seq, batch) => {
        const fields = { model: "qwen2.5-1.5b", method: "qlora", gpu: "24G", seq, batch };
        const verdict = (change: Record<string, unknown>) =>
          estimateReport(request({ ...fields, ...change }), catalogue).fits[0]?.verdict;
        const { largest } = estimateReport(request(fields), catalogue);
        if (largest.batch > 0) expect(verdict({ batch: largest.batch })).toBe("fits");
        expect(verdict({ batch: largest.batch + 1 })).not.toBe("fits");
        if (largest.seq > 0) expect(verdict({ seq: largest.seq })).toBe("fits");
        expect(verdict({ seq: largest.seq + 64 })).not.toBe("fits");
      }),
      { numRuns: 50 },
    );
  });
});

describe("Rounding", () => {
  it("keeps the sum and moves no part by a whole step", () => {
    const parts = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(parts, (given) => {
        const rounded = apportion(given, 2);
        expect(rounded.parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(rounded.sum, 6);
        rounded.parts.forEach((part, index) => {
          expect(Math.abs(part - (given[index] ?? 0))).toBeLessThanOrEqual(0.01 + 1e-9);
        });
      }),
    );
  });

  it("between bytes and GiB loses nothing", () => {
    fc.assert(
      fc.property(fc.nat(), (bytes) => {
        expect(gib(bytes) * GIB).toBe(bytes);
      }),
    );
  });
});
