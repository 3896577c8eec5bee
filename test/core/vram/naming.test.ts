import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { resolveGpu } from "#core/vram/gpus";
import { resolveModel } from "#core/vram/models";
import { catalogue, estimateFor } from "./catalogue.ts";

const nameOf = (model: string | null, params: number | null = null): string =>
  resolveModel(model, params, catalogue).name;

const refusalOf = (act: () => unknown, locale: "en" | "zh" = "en"): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.sentence(messagesFor(locale));
    throw error;
  }
  return "not refused";
};

describe("A model", () => {
  it("is found by its id and every alias", () => {
    for (const { id, aliases } of catalogue.architectures) {
      for (const name of [id, ...aliases]) expect(nameOf(name)).toBe(id);
    }
  });

  it.each([
    ["qwen2.5 7b", "Qwen2.5-7B"],
    ["QWEN2.5_7B", "Qwen2.5-7B"],
    ["Qwen/Qwen2.5-7B-Instruct", "Qwen2.5-7B"],
    ["Llama3-8B", "Llama-3-8B"],
    ["llama 3.1 70b", "Llama-3.1-70B"],
    ["meta-llama/Llama-2-7b-chat-hf", "Llama-2-7b-hf"],
    ["通义千问7B", "Qwen-7B"],
    ["通义千问2.5-14B", "Qwen2.5-14B"],
    ["ｑｗｅｎ２．５－７ｂ", "Qwen2.5-7B"],
    ["百川2-13B", "Baichuan2-13B"],
    ["mixtral 8x7b", "Mixtral-8x7B-v0.1"],
    ["deepseek v3", "DeepSeek-V3"],
    ["meta-llama/Meta-Llama-3.1-70B-Instruct", "Llama-3.1-70B"],
    ["Qwen/Qwen2.5-7B-Instruct-AWQ", "Qwen2.5-7B"],
    ["unsloth/llama-3-8b-bnb-4bit", "Llama-3-8B"],
    ["TheBloke/Llama-2-7B-Chat-GPTQ", "Llama-2-7b-hf"],
    ["智谱 glm4 9b", "GLM-4-9B"],
    ["internlm2.5-7b-chat", "internlm2-7b"],
  ])("is understood as people write it: %s", (typed, id) => {
    expect(nameOf(typed)).toBe(id);
  });

  it.each([
    ["lama-3-8b", "Llama-3-8B"],
    ["qwem2.5-7b", "Qwen2.5-7B"],
    ["mistrl-7b", "Mistral-7B-v0.1"],
    ["qwen3-next-80b", "Qwen3-Next-80B-A3B"],
    ["phi3", "Phi-3-mini-4k-instruct"],
  ])("is found despite a slip, and the answer says how it was read: %s", (typed, id) => {
    expect(resolveModel(typed, null, catalogue)).toMatchObject({ name: id, kind: "guessed" });
    const { assumptions } = estimateFor({ model: typed });
    expect(assumptions.map((sentence) => sentence(messagesFor("en")))).toContain(`“${typed}” read as ${id}`);
  });

  it.each([
    ["qwen2.5-8b", "Qwen2.5"],
    ["llama-9-8b", "Llama"],
    ["yi-3", "Yi-34B"],
  ])(
    "with a wrong number is never taken for another: %s is refused with the nearest names",
    (typed, near) => {
      expect(refusalOf(() => nameOf(typed))).toContain(near);
      expect(refusalOf(() => nameOf(typed), "zh")).toContain(near);
    },
  );

  it.each([
    ["qwen2.5", 7e9, "Qwen2.5-7B"],
    ["qwen 2.5", 0.5e9, "Qwen2.5-0.5B"],
    ["llama3", 8e9, "Llama-3-8B"],
    ["gemma 2", 27e9, "Gemma-2-27b"],
    ["lama3", 8e9, "Llama-3-8B"],
    ["bloom", 7e9, "bloom-7b1"],
    ["智谱 glm4", 9e9, "GLM-4-9B"],
    ["qwen2.5-instruct", 7e9, "Qwen2.5-7B"],
  ])("is found by its family and size: %s with %d parameters", (family, params, id) => {
    expect(nameOf(family, params)).toBe(id);
  });

  it("that nobody knows counts by its size, and the answer says that the name was of no use", () => {
    const { assumptions } = estimateFor({ model: "foo", params: 9e9 });
    const sentences = assumptions.map((sentence) => sentence(messagesFor("en")));
    expect(sentences[0]).toMatch(/^“foo” is in no table here, so only its size 9B counts/);
  });

  it.each([
    ["Qwen2.5-7B-Instruct-AWQ", "inference", "awq-int4"],
    ["Qwen2.5-7B-Instruct-GPTQ-Int8", "inference", "int8"],
    ["unsloth/llama-3-8b-bnb-4bit", "qlora", "nf4"],
  ])("published in few bits is estimated in them: %s", (model, method, dtype) => {
    const { settled } = estimateFor({ model });
    expect(settled.settings).toMatchObject({ method, weightsDtype: dtype });
    const sentences = settled.assumptions.map((sentence) => sentence(messagesFor("en")));
    expect(sentences).toContain(`weights_dtype=${dtype}`);
    expect(estimateFor({ model, weights_dtype: "bf16" }).settled.settings.weightsDtype).toBe("bf16");
  });

  it.each([
    ["deepseek v3", "fp8", "int8"],
    ["gpt-oss-120b", "mxfp4", "gptq-int4"],
  ])("that is published in few bits says so where 16 were assumed: %s", (model, called, nearest) => {
    const warningsOf = (fields: Record<string, unknown>): string =>
      estimateFor({ model, ...fields })
        .warnings.map((sentence) => sentence(messagesFor("en")))
        .join("\n");
    expect(warningsOf({ method: "inference" })).toContain(`published in ${called}`);
    expect(warningsOf({ method: "inference" })).toContain(`weights_dtype=${nearest}`);
    expect(warningsOf({ method: "inference", weights_dtype: "int8" })).not.toContain("published in");
  });

  it("of 10,000 characters is refused in one short line", () => {
    for (const locale of ["en", "zh"] as const) {
      const sentence = refusalOf(() => nameOf("llama".repeat(2000)), locale);
      expect(sentence).toMatch(/10,?000/);
      expect(sentence.length).toBeLessThan(200);
    }
  });
});

describe("A bare size", () => {
  it.each([
    ["7B", null, 7e9],
    ["7e9", null, 7e9],
    [null, 1.5e9, 1.5e9],
    ["350m", null, 3.5e8],
  ])("stands for a typical shape, and the answer says which: %s %s", (model, params, parameters) => {
    const resolved = resolveModel(model, params, catalogue);
    expect(resolved.shape.params).toBe(parameters);
    expect(resolved.shapeOf).toMatch(/^Qwen2\.5-/);
    const sentences = estimateFor({ model, params }).assumptions.map((sentence) =>
      sentence(messagesFor("en")),
    );
    expect(sentences.join()).toContain(`shape of ${resolved.shapeOf}`);
  });

  it.each(["-7b", "1e30", "0b", "−7B", "99999999b"])("that no model has is refused: %s", (typed) => {
    expect(refusalOf(() => nameOf(typed))).toContain(`“${typed}” is no size of a model; 1e6 to 2e13`);
    expect(refusalOf(() => nameOf(typed), "zh")).toContain("1e6 到 2e13");
  });

  it("under a billion keeps its name: 350M is 0.35B", () => {
    expect(nameOf(null, 350e6)).toBe("0.35B");
  });

  it("widens the interval to ±30 %", () => {
    const known = { method: "inference", framework: "hf", metric: "allocated", seq: 2048 };
    const width = (fields: Record<string, unknown>): number => {
      const { interval, peakBytes } = estimateFor({ ...known, ...fields });
      return interval.highBytes / peakBytes - 1;
    };
    expect(width({ model: "qwen2.5-7b" })).toBeCloseTo(0.1, 9);
    expect(width({ params: 7e9 })).toBeCloseTo(0.3, 9);
  });
});

describe("A card", () => {
  it.each([
    ["4090", "RTX 4090", 24],
    ["rtx4090", "RTX 4090", 24],
    ["NVIDIA GeForce RTX 4090", "RTX 4090", 24],
    ["A100-80G", "A100 80GB", 80],
    ["A100-40GB", "A100 40GB", 40],
    ["a100", "A100 80GB", 80],
    ["H100-80GB", "H100", 80],
    ["24G", "24 GB", 24],
    ["24GB", "24 GB", 24],
    ["24", "24 GB", 24],
    ["4080-32G", "RTX 4080 32 GB", 32],
    ["RTX 4090 48GB", "RTX 4090 48GB", 48],
    ["RTX 3060 24GB", "RTX 3060 24 GB", 24],
  ])("is found by name or memory: %s", (typed, name, gib) => {
    expect(resolveGpu(typed, catalogue)).toMatchObject({ name, gib });
  });

  it.each(["potato", "RTX 9999", "", "-24G", "x".repeat(10_000)])("that nobody knows is refused", (typed) => {
    expect(refusalOf(() => resolveGpu(typed, catalogue))).not.toBe("not refused");
    expect(refusalOf(() => resolveGpu(typed, catalogue), "zh").length).toBeLessThan(300);
  });
});
