import { describe, expect, it } from "vitest";
import { GIB } from "#core/vram/bytes";
import { modelStateBytes } from "#core/vram/model-states";
import { parametersFromDimensions } from "#core/vram/parameters";
import { loraParameters } from "#core/vram/shape";
import { bytesPerWeight, weightBytes } from "#core/vram/weights";
import { catalogue, settingsFor, shapeOf } from "./catalogue.ts";

describe("Parameters", () => {
  it("from the dimensions are within 0.5 % of every model's count, hybrids too", () => {
    const off = catalogue.architectures
      .map((model) => ({ id: model.id, error: Math.abs(parametersFromDimensions(model) / model.params - 1) }))
      .filter(({ error }) => error > 0.005);
    expect(off).toEqual([]);
  });

  it.each([
    ["Llama-2-7B", 6_738_415_616],
    ["Mixtral-8x7B", 46_702_792_704],
    ["Llama-3.1-405B", 405_853_388_800],
  ])("of %s come out exactly: attention, MLP or experts, embedding, head, norms", (name, parameters) => {
    expect(parametersFromDimensions(shapeOf(name))).toBe(parameters);
  });
});

describe("Weights", () => {
  it.each([
    ["Llama-2-7B in fp32, 6.738e9 × 4 B", "Llama-2-7B", "fp32", 25.1],
    ["Qwen2.5-7B in fp32, 7.616e9 × 4 B", "Qwen2.5-7B", "fp32", 28.37],
    ["Llama-3-8B in bf16, 8.030e9 × 2 B", "Llama-3-8B", "bf16", 14.96],
  ])("take %s", (_, model, weights_dtype, gib) => {
    expect(weightBytes(settingsFor({ model, weights_dtype, method: "inference" })) / GIB).toBeCloseTo(gib, 1);
  });

  it("in NF4 with a 16-bit embedding and head take 3.88 GiB for Llama-2-7B (arXiv:2305.14314)", () => {
    const settings = settingsFor({ model: "Llama-2-7B", weights_dtype: "nf4", method: "inference" });
    expect(weightBytes(settings) / GIB).toBeCloseTo(3.88, 2);
  });

  it("save 0.37 bit per parameter by double quantisation (arXiv:2305.14314, section 3)", () => {
    expect(8 * (bytesPerWeight.nf4 - bytesPerWeight["nf4-dq"])).toBeCloseTo(0.373, 3);
  });

  it("of a tied model hold the vocabulary twice in litgpt, which never ties", () => {
    const weights = (framework: string): number =>
      weightBytes(settingsFor({ model: "falcon-7b", method: "inference", framework }));
    expect((weights("litgpt") - weights("hf")) / 2 + 6_921_720_704).toBe(7_217_189_760);
  });
});

describe("LoRA on Llama-2-7B with rank 8", () => {
  it.each([
    ["query and value", ["q", "v"], 4_194_304],
    ["all seven projections", ["q", "k", "v", "o", "gate", "up", "down"], 19_988_480],
  ] as const)("trains on %s r·(in + out) parameters per matrix", (_, targets, parameters) => {
    expect(loraParameters(shapeOf("Llama-2-7B"), 8, targets)).toBe(parameters);
  });

  it("multiplies by the number of experts where experts are adapted", () => {
    const mixtral = shapeOf("Mixtral-8x7B");
    expect(loraParameters(mixtral, 8, ["up"])).toBe(32 * 8 * 8 * (4096 + 14_336));
  });

  it("has no gate to adapt in a plain MLP", () => {
    expect(loraParameters(shapeOf("phi-2"), 8, ["gate"])).toBe(0);
  });
});

describe("Model states per trained parameter", () => {
  const perParameter = (fields: Record<string, unknown>): number => {
    const settings = settingsFor({ model: "Llama-2-7B", method: "full", ...fields });
    const { weights, gradients, optimizer, trainable } = modelStateBytes(settings);
    return (weights + gradients + optimizer) / trainable;
  };

  it.each([
    ["16 bytes with mixed-precision AdamW: 2 + 2 + 12 (arXiv:1910.02054, section 3.1)", {}, 16],
    ["16 bytes in plain fp32: 4 + 4 + 8", { weights_dtype: "fp32" }, 16],
    ["8 bytes in pure bf16: 2 + 2 + 4", { optimizer: "adamw-bf16" }, 8],
    ["8 bytes in torchtune, whose AdamW states are bf16", { framework: "torchtune" }, 8],
    ["10 bytes with 8-bit AdamW: 2 + 2 + 4 master + 2 states", { optimizer: "adamw-8bit" }, 10],
    ["8 bytes with plain SGD: no states", { optimizer: "sgd" }, 8],
    ["12 bytes with momentum or Lion: one state", { optimizer: "lion" }, 12],
  ])("are %s", (_, fields, bytes) => {
    expect(perParameter(fields)).toBeCloseTo(bytes, 1);
  });

  it.each(["adafactor", "galore", "muon", "lomo", "adalomo", "lisa", "badam"])(
    "are fewer with %s than with AdamW",
    (optimizer) => {
      const held = (name: string): number => {
        const settings = settingsFor({ model: "Llama-2-7B", method: "full", optimizer: name });
        const { gradients, optimizer: states } = modelStateBytes(settings);
        return gradients + states;
      };
      expect(held(optimizer)).toBeLessThan(held("adamw"));
    },
  );

  it("leave no room for all gradients where the update happens inside the backward pass", () => {
    const { gradients } = modelStateBytes(
      settingsFor({ model: "Llama-2-7B", method: "full", optimizer: "lomo" }),
    );
    expect(gradients).toBeLessThan((2 * 6_738_415_616) / 30);
  });

  it("grow by about 10 bytes for every embedding and head parameter trained beside LoRA (Qwen README: 10.9)", () => {
    const bytes = (trainable_emb: boolean): number => {
      const settings = settingsFor({ model: "Qwen-7B", method: "lora", trainable_emb });
      const { adapters, gradients, optimizer, stepScratch } = modelStateBytes(settings);
      return adapters + gradients + optimizer + stepScratch;
    };
    expect((bytes(true) - bytes(false)) / (2 * 151_936 * 4096)).toBeCloseTo(10, 5);
  });
});
