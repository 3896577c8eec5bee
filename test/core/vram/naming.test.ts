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
  ])("is understood as people write it: %s", (typed, id) => {
    expect(nameOf(typed)).toBe(id);
  });

  it.each([
    ["lama-3-8b", "Llama-3-8B"],
    ["qwem2.5-7b", "Qwen2.5-7B"],
    ["mistrl-7b", "Mistral-7B-v0.1"],
  ])("is found despite a slip, and the answer says how it was read: %s", (typed, id) => {
    expect(resolveModel(typed, null, catalogue)).toMatchObject({ name: id, kind: "guessed" });
    const { assumptions } = estimateFor({ model: typed });
    expect(assumptions.map((sentence) => sentence(messagesFor("en")))).toContain(`“${typed}” read as ${id}`);
  });

  it.each([
    ["qwen2.5-8b", "Qwen2.5"],
    ["llama-9-8b", "Llama"],
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
  ])("is found by its family and size: %s with %d parameters", (family, params, id) => {
    expect(nameOf(family, params)).toBe(id);
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
