import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vram } from "#commands/vram";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import type { Input } from "#core/request";
import { estimateReport } from "#core/vram/report";
import { vramOptions } from "#core/vram/request";
import { catalogue } from "./catalogue.ts";

/** The answer of the command line to one request: a report, or the refusal in both languages. */
function answer(input: Input): { readonly gib: number } | { readonly en: string; readonly zh: string } {
  try {
    const options = vramOptions.parse(parseOptions(vram, input));
    return { gib: estimateReport(options, catalogue).gib_per_gpu };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { en: error.sentence(messagesFor("en")), zh: error.sentence(messagesFor("zh")) };
  }
}

const refused = (options: Record<string, unknown>): { en: string; zh: string } => {
  const given = answer({ kind: "typed", options });
  if ("gib" in given) throw new Error(`answered ${given.gib} GiB`);
  return given;
};

describe("Nonsense is refused with which, why and what is allowed", () => {
  const model = "Llama-3-8B";
  it.each([
    ["rank 0", { model, method: "lora", lora_rank: 0 }, /lora_rank.*\b1\b/, /lora_rank.*1/],
    ["a negative length", { model, seq: -5 }, /seq.*-5.*\b1\b/, /seq.*-5.*1/],
    ["half a sample", { model, batch: 0.5 }, /batch/, /batch/],
    ["a rank above the width", { model, method: "lora", lora_rank: 5000 }, /5000.*4096/, /5000.*4096/],
    [
      "3-way tensor parallelism of 32 heads",
      { model, parallel: "tp", gpus: 3 },
      /3.*32.*2, 4, 8/,
      /3.*32.*2、4、8/,
    ],
    [
      "more pipeline stages than layers",
      { model, parallel: "pp", gpus: 33, method: "full" },
      /33.*32/,
      /33.*32/,
    ],
    ["a size of 1e30", { params: 1e30 }, /params.*1e\+30/, /params.*1e\+30/],
    ["not a number", { model, seq: Number.NaN }, /seq/, /seq/],
    ["an endless length", { model, seq: Number.POSITIVE_INFINITY }, /seq/, /seq/],
    [
      "full fine-tuning of 4-bit weights",
      { model, method: "full", weights_dtype: "nf4" },
      /nf4.*bf16/,
      /nf4.*bf16/,
    ],
    ["QLoRA on a bf16 base", { model, method: "qlora", weights_dtype: "bf16" }, /bf16.*nf4/, /bf16.*nf4/],
    [
      "more generated than the whole",
      { model, method: "inference", seq: 10, gen_tokens: 20 },
      /20.*10/,
      /20.*10/,
    ],
    ["ZeRO in inference", { model, method: "inference", parallel: "zero3" }, /zero3.*tp/, /zero3.*tp/],
    [
      "training in vLLM",
      { model, method: "lora", framework: "vllm" },
      /vllm.*train.*inference/i,
      /vllm.*训练/i,
    ],
    [
      "an unknown method",
      { model, method: "quantum" },
      /quantum.*full, lora, qlora/,
      /quantum.*full、lora、qlora/,
    ],
    ["an unknown target", { model, lora_targets: ["q", "nose"] }, /nose.*down/, /nose.*down/],
    ["an unknown checkpointing", { model, grad_ckpt: "maybe" }, /maybe.*selective/, /maybe.*selective/],
    ["nothing at all", {}, /model/, /模型/],
  ])("(%s)", (_, options, en, zh) => {
    const given = refused(options);
    expect(given.en).toMatch(en);
    expect(given.zh).toMatch(zh);
    expect(given.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("Whatever is sent", () => {
  const word = fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const plausible = fc.record(
    {
      model: fc.oneof(fc.constantFrom(...catalogue.architectures.map(({ id }) => id)), fc.string()),
      params: fc.oneof(fc.double({ min: 1e6, max: 1e13, noNaN: true }), fc.constant(null), word),
      method: fc.constantFrom("full", "lora", "qlora", "freeze", "inference", null),
      weights_dtype: fc.constantFrom("fp32", "bf16", "int8", "nf4", "nf4-dq", "gptq-int4", null),
      optimizer: fc.constantFrom("adamw", "adamw-8bit", "galore", "lomo", "badam", "muon", null),
      lora_rank: fc.oneof(fc.integer({ min: -1, max: 9000 }), word),
      lora_targets: fc.oneof(fc.subarray(["q", "k", "v", "o", "gate", "up", "down", "head"]), word),
      batch: fc.oneof(fc.integer({ min: -1, max: 2_000_000 }), word),
      seq: fc.oneof(fc.integer({ min: -1, max: 200_000_000 }), word),
      gen_tokens: fc.oneof(fc.nat(), fc.constant(null)),
      grad_ckpt: fc.constantFrom(true, false, "selective", "unsloth-offload", null),
      flash_attn: fc.constantFrom(true, false, null),
      parallel: fc.constantFrom(
        "ddp",
        "zero1",
        "zero2",
        "zero3",
        "zero3-offload",
        "fsdp-offload",
        "tp",
        "pp",
        null,
      ),
      gpus: fc.oneof(fc.integer({ min: 0, max: 200 }), word),
      gpu: fc.oneof(fc.constantFrom("4090", "24G", "A100", null), fc.string()),
      framework: fc.constantFrom(
        "hf",
        "deepspeed",
        "fsdp",
        "litgpt",
        "torchtune-compile",
        "unsloth",
        "vllm",
        null,
      ),
      ce: fc.constantFrom("fp32", "bf16", "chunked", "fused", null),
      metric: fc.constantFrom("allocated", "reserved", "device", "device?", null),
      other: word,
    },
    { requiredKeys: [] },
  );

  it("as a JSON line is answered with a finite figure or refused in both languages", () => {
    fc.assert(
      fc.property(plausible, (options) => {
        const given = answer({ kind: "typed", options });
        if ("gib" in given) expect(given.gib).toBeGreaterThan(0);
        if ("gib" in given) expect(given.gib).toBeLessThan(Number.POSITIVE_INFINITY);
        else expect(given.en.length * given.zh.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("as free text is answered or refused, in bounded time", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "qwen2.5-7b",
        "7b",
        "lora",
        "全参",
        "zero3",
        "8xA100",
        "24G",
        "bs=4",
        "seq=2k",
        "r=",
        "推理",
        "flash",
      ),
      fc.string({ maxLength: 30 }),
      fc.string({ unit: "binary", maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const given = answer({ kind: "text", text: pieces.join(" ") });
        expect("gib" in given ? given.gib : given.en).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });
});
