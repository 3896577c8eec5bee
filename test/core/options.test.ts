import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Command } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { describeOptions, type Shorthand } from "#core/options";
import { Refusal } from "#core/refusal";
import { privateReply } from "#core/reply";

const cards: Shorthand = (word) => {
  const parts = /^(\d{1,3})x([a-z0-9]+)$/i.exec(word);
  return parts === null ? null : { gpus: Number(parts[1]), gpu: parts[2] };
};

const schema = z.object({
  model: z
    .string()
    .nullish()
    .meta({ positional: true, aliases: ["模型"] }),
  method: z
    .enum(["full", "lora", "qlora"])
    .nullish()
    .meta({ bare: true, words: { full: ["全参"] } }),
  batch: z
    .int()
    .min(1)
    .max(4096)
    .nullish()
    .meta({ aliases: ["bs", "批次"] }),
  seq: z.int().min(1).nullish().meta({ scale: "tokens" }),
  params: z.number().positive().nullish().meta({ scale: "count" }),
  checkpointing: z
    .union([z.boolean(), z.enum(["selective"])])
    .nullish()
    .meta({ aliases: ["gc"] }),
  targets: z.array(z.enum(["q", "v"])).nullish(),
  gpus: z.int().min(1).nullish(),
  gpu: z.string().nullish(),
  why: z.boolean().optional(),
});

const command: Command = {
  name: "vram",
  who: "member",
  where: "everywhere",
  summary: { zh: "算显存", en: "memory" },
  examples: [],
  options: schema,
  shorthands: [cards],
  run: async () => privateReply(),
};

const read = (text: string): unknown => parseOptions(command, { kind: "text", text });

const refusalOf = (work: () => unknown): { zh: string; en: string } => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) {
      return { zh: error.sentence(messagesFor("zh")), en: error.sentence(messagesFor("en")) };
    }
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("One line of free text", () => {
  it.each([
    [
      "qwen2.5-7b qlora bs=4 seq=2k 2x4090",
      { model: "qwen2.5-7b", method: "qlora", batch: 4, seq: 2048, gpus: 2, gpu: "4090" },
    ],
    ["7B-ish lora seq 4096 batch 2", { model: "7B-ish", method: "lora", seq: 4096, batch: 2 }],
    ["模型=qwen 全参 批次＝８", { model: "qwen", method: "full", batch: 8 }],
    ["lora, qwen2.5 7b-chat，bs = 2", { method: "lora", model: "qwen2.5 7b-chat", batch: 2 }],
    ["gc targets=q,v params=7b", { checkpointing: true, targets: ["q", "v"], params: 7e9 }],
    ["gc=selective why", { checkpointing: "selective", why: true }],
    ["gc 关 qwen2.5:7b", { checkpointing: false, model: "qwen2.5:7b" }],
    ["bs:4 QLoRA", { batch: 4, method: "qlora" }],
    ["", {}],
  ])("%s is read by the schema", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("says the same as typed options do", () => {
    const typed = { model: "llama", method: "lora", batch: 2, seq: 1024 };
    expect(parseOptions(command, { kind: "typed", options: typed })).toEqual(read("llama lora bs=2 seq=1k"));
  });
});

describe("A part that is not understood", () => {
  it("is named, with the word that was probably meant", () => {
    expect(refusalOf(() => read("qwen2.5-7b qlorra"))).toEqual({
      en: "I don't know “qlorra”. Did you mean “qlora”?",
      zh: "没看懂“qlorra”。你是想写“qlora”吗？",
    });
    expect(refusalOf(() => read("llama bach=4")).en).toContain("Did you mean “batch”?");
  });

  it("is refused with what is allowed when the option is known", () => {
    const { en, zh } = refusalOf(() => read("llama method=quantum"));
    expect(en).toBe("“quantum” is not a value for method. It takes full, lora, qlora.");
    expect(zh).toContain("可填：full、lora、qlora。");
  });

  it("tells the limit that a number breaks", () => {
    expect(refusalOf(() => read("llama bs=0")).en).toBe("batch is 0; the least it can be is 1.");
    expect(refusalOf(() => read("llama bs=9999")).zh).toBe("batch 填了 9999，最大是 4096。");
    expect(refusalOf(() => read("llama bs=many")).en).toContain("“many” is not a value for batch");
    expect(refusalOf(() => read("llama bs=")).en).toBe(
      "batch needs a value. It takes a whole number from 1 to 4,096.",
    );
    expect(refusalOf(() => read("llama bs=1.5")).en).toBe(
      "“1.5” is not a value for batch. It takes a whole number from 1 to 4,096.",
    );
    expect(refusalOf(() => read("llama bs=1e999")).en).toContain("“1e999” is not a value for batch");
    expect(refusalOf(() => read("llama gc=perhaps")).zh).toBe(
      "checkpointing 不能是“perhaps”。可填：selective、true、false。",
    );
  });

  it("is told about typed options in the same words", () => {
    const typed = refusalOf(() => parseOptions(command, { kind: "typed", options: { batch: 0 } }));
    expect(typed.en).toBe("batch is 0; the least it can be is 1.");
    const text = refusalOf(() => parseOptions(command, { kind: "typed", options: { batch: "4" } }));
    expect(text.en).toBe('“"4"” is not a value for batch. It takes a whole number from 1 to 4,096.');
  });

  it("does not cost more than the line deserves", () => {
    expect(refusalOf(() => read("x ".repeat(100))).en).toContain("100 words");
    expect(refusalOf(() => read("x".repeat(100_000))).en).toContain("100000 characters");
  });
});

describe("Any text at all", () => {
  it("is read or refused in both languages, and never breaks", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string()), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          const { sentence } = error as Refusal;
          expect(sentence(messagesFor("zh")).length).toBeGreaterThan(3);
          expect(sentence(messagesFor("en")).length).toBeLessThan(600);
        }
      }),
    );
  });
});

describe("A schema", () => {
  it("tells its options, choices and which of them must be given", () => {
    const specs = describeOptions(z.object({ topic: z.enum(["a", "b"]), days: z.int().optional() }));
    expect(specs.map(({ name, required, choices }) => ({ name, required, choices }))).toEqual([
      { name: "topic", required: true, choices: ["a", "b"] },
      { name: "days", required: false, choices: [] },
    ]);
  });
});
