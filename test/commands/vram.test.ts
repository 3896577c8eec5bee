import { describe, expect, it } from "vitest";
import { vram } from "#commands/vram";
import type { RequestWith } from "#core/command";
import type { Locale } from "#core/language";
import { parseOptions } from "#core/option-parsing";
import type { Reply } from "#core/reply";
import { componentNames } from "#core/vram/components";
import { catalogue } from "#test/core/vram/catalogue";
import { servicesWith } from "#test/doubles/services";
import { wordsOf } from "#test/doubles/team";

const read = (text: string): Record<string, unknown> => parseOptions(vram, { kind: "text", text });

const ask = (text: string, locale: Locale = "en"): Promise<Reply> =>
  vram.run(
    { locale, options: read(text) } as RequestWith<Record<string, unknown>>,
    servicesWith({ models: catalogue }),
  );

describe("/vram reads what people type", () => {
  it.each([
    [
      "qwen2.5-7b qlora bs=4 seq=2k 1x4090",
      { model: "qwen2.5-7b", method: "qlora", batch: 4, seq: 2048, gpus: 1, gpu: "4090" },
    ],
    [
      "7B lora bf16 seq 4096 gpu 24G",
      { params: 7e9, method: "lora", weights_dtype: "bf16", seq: 4096, gpu: "24G" },
    ],
    ["70B full zero3 8xA100", { params: 70e9, method: "full", parallel: "zero3", gpus: 8, gpu: "A100" }],
    [
      "70B full zero3 8xA100-80G",
      { params: 70e9, method: "full", parallel: "zero3", gpus: 8, gpu: "A100-80G" },
    ],
    [
      "通义千问7B 全参 4张3090 批次=2 长度=4k",
      { model: "通义千问7B", method: "full", gpus: 4, gpu: "3090", batch: 2, seq: 4096 },
    ],
    [
      "llama-3-8b 推理 seq=8k gen=512 kv=int8 24GB",
      { model: "llama-3-8b", method: "inference", seq: 8192, gen_tokens: 512, kv_dtype: "int8", gpu: "24GB" },
    ],
    ["mixtral 8x7b qlora", { model: "mixtral 8x7b", method: "qlora" }],
    [
      "llama 3 8b lora r=16 targets=q,k,v,o",
      { model: "llama 3", params: 8e9, method: "lora", lora_rank: 16, lora_targets: ["q", "k", "v", "o"] },
    ],
    [
      "qwen2.5-7b 双卡 4090 no-ckpt flash",
      { model: "qwen2.5-7b", gpus: 2, gpu: "4090", grad_ckpt: false, flash_attn: true },
    ],
    [
      "qwen2.5 72b qlora 2xA100 fsdp",
      { model: "qwen2.5", params: 72e9, method: "qlora", gpus: 2, gpu: "A100", parallel: "fsdp" },
    ],
    ["1.5b lora compare why", { params: 1.5e9, method: "lora", compare: true, why: true }],
  ])("%s", (text, options) => {
    expect(read(text)).toEqual(options);
  });
});

describe("/vram answers", () => {
  it("with figure, unit, interval and metric in one sentence, never a bare number", async () => {
    expect(wordsOf(await ask("qwen2.5-7b qlora bs=1 seq=2k 1x4090"))).toMatch(
      /About [\d.]+ GiB \([\d.]+ GB\) per GPU, between [\d.]+ and [\d.]+ GiB, as nvidia-smi shows it/,
    );
    expect(wordsOf(await ask("qwen2.5-7b qlora bs=1 seq=2k 1x4090", "zh"))).toMatch(
      /每张卡约 [\d.]+ GiB（[\d.]+ GB），区间 [\d.]+–[\d.]+ GiB，按 nvidia-smi 显示的口径/,
    );
  });

  it("privately, with a table by component whose parts add up", async () => {
    const reply = await ask("llama-3-8b full");
    expect(reply.visibility).toBe("private");
    const table = reply.blocks.find((block) => block.kind === "table");
    const figures = (table?.rows ?? []).map((row) => Number(row[1]));
    const total = figures.pop();
    expect(figures.reduce((sum, part) => sum + part, 0)).toBeCloseTo(total ?? 0, 6);
  });

  it("with at most three changes, the verdict per card, what it assumed and the nearest run", async () => {
    const words = wordsOf(await ask("qwen2.5-7b lora bs=8 seq=4k 4090"));
    expect(words).toContain("RTX 4090");
    expect(words).toContain("does not fit");
    expect(words).toContain("The way into RTX 4090");
    expect(words).toContain("framework=hf");
    expect(words).toContain("Nearest published run");
    const lists = (await ask("qwen2.5-7b lora bs=8 seq=4k 4090")).blocks.filter(
      (block) => block.kind === "list",
    );
    expect(lists).toHaveLength(2);
    for (const { items } of lists) expect(items.length).toBeLessThanOrEqual(3);
  });

  it("with the formulas and their numbers when asked why", async () => {
    const words = wordsOf(await ask("llama-2-7b lora seq=1k why"));
    expect(words).toContain("6,738,415,616 × 2 B");
    expect(words).toContain("4,194,304");
    expect(words).toContain("2 × 4096 × 1,024 × 32");
  });

  it("with full, LoRA, QLoRA and inference side by side when asked to compare, each smaller than the last", async () => {
    const reply = await ask("llama-3-8b lora compare");
    const table = reply.blocks.filter((block) => block.kind === "table")[1];
    const figures = (table?.rows ?? []).map((row) => Number(row[1]));
    expect(figures).toHaveLength(4);
    expect(figures[0]).toBeGreaterThan(figures[1] ?? 0);
    expect(figures[1]).toBeGreaterThan(figures[2] ?? 0);
  });

  it("with the room that vLLM leaves for the cache of a named card", async () => {
    expect(wordsOf(await ask("qwen2.5-7b framework=vllm 4090"))).toMatch(/leaves [\d.]+ GiB for the cache/);
  });

  it("to “why” about one part with its formula in numbers and what one reads of it put right", async () => {
    const words = wordsOf(await ask("why weights qwen2.5-7b lora"));
    expect(words).toContain("7,615,616,512 × 2 B");
    expect(words).toMatch(/26\.08 GiB = 28\.0 GB/);
    expect(words).toMatch(/14\.0 GB = 13\.04 GiB/);
    const chinese = wordsOf(await ask("why 累积", "zh"));
    expect(chinese).toContain("梯度累积");
    expect(chinese).toMatch(/常见说法/);
  });

  it("to every part, with or without a model, in both languages", async () => {
    for (const part of componentNames) {
      for (const locale of ["en", "zh"] as const) {
        for (const run of ["", " llama-3-8b full 8xA100", " qwen2.5-7b 推理 长度 8k"]) {
          const reply = await ask(`why ${part}${run}`, locale);
          expect(reply.blocks[0]).toMatchObject({ kind: "heading" });
        }
      }
    }
  });

  it("to two set-ups side by side, and which takes less", async () => {
    const reply = await ask("compare qwen2.5-7b lora 4090 | qlora");
    const table = reply.blocks.find((block) => block.kind === "table");
    expect(table?.columns).toHaveLength(3);
    expect(wordsOf(reply)).toMatch(/Qwen2\.5-7B QLoRA takes .* less|QLoRA.*less/);
  });

  it("with buttons whose answers take its place, and that can be pressed", async () => {
    const reply = await ask("qwen2.5-7b full bs=4 4090");
    const buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    expect(buttons.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Halve the batch", "Use QLoRA", "4 cards"]),
    );
    expect(buttons.length).toBeLessThanOrEqual(5);
    for (const { action } of buttons) {
      const pressed = await vram.run(
        {
          locale: "en",
          options: parseOptions(vram, { kind: "typed", options: action.options }),
        } as RequestWith<Record<string, unknown>>,
        servicesWith({ models: catalogue }),
      );
      expect(pressed.placement).toBe("edit");
      expect(pressed.blocks[0]).toMatchObject({ kind: "heading" });
    }
  });

  it("with one line for a change that is made several times on the way into a card", async () => {
    expect(wordsOf(await ask("llama-3.1-405b qlora 4090"))).toMatch(/share the model, \d times over — saves/);
    expect(wordsOf(await ask("llama-3.1-405b qlora 4090", "zh"))).toMatch(/一起分担模型，连做 \d 次，省/);
  });

  it("about preference training with the word “unmeasured” and the widest interval", async () => {
    expect(wordsOf(await ask("qwen2.5-7b full dpo 8xA100"))).toContain("unmeasured");
    expect(wordsOf(await ask("qwen2.5-7b full dpo 8xA100", "zh"))).toContain("未实测");
  });

  it("to nothing at all with examples that work, and a form", async () => {
    const reply = await ask("");
    expect(reply.blocks.some((block) => block.kind === "form")).toBe(true);
    for (const example of vram.examples) {
      const answer = await ask(example.replace(/^\/vram /, ""));
      expect(answer.blocks[0]).toMatchObject({ kind: "heading" });
    }
  });
});
