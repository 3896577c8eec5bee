import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { adviceFor, wayToFit } from "#core/vram/advice";
import { estimate } from "#core/vram/estimate";
import { followUps } from "#core/vram/followups";
import { fitsCard, resolveGpu } from "#core/vram/gpus";
import { memoryBytes } from "#core/vram/memory";
import { estimateReport, findingsFor } from "#core/vram/report";
import { vramOptions } from "#core/vram/request";
import { catalogue, estimateFor, request, settingsFor } from "./catalogue.ts";

const report = (fields: Record<string, unknown>, locale: "en" | "zh" = "en") =>
  estimateReport(request(fields), catalogue, locale);

const example = {
  model: "Llama-3-8B",
  method: "lora",
  weights_dtype: "bf16",
  optimizer: "adamw",
  lora_rank: 16,
  lora_targets: ["q", "v"],
  trainable_emb: null,
  batch: 1,
  seq: 2048,
  accumulation: 1,
  grad_ckpt: true,
  flash_attn: true,
  parallel: null,
  gpus: 1,
  gpu: null,
  framework: "hf",
  ce: null,
  metric: "allocated",
  gen_tokens: null,
  kv_dtype: null,
};

describe("The report of a run", () => {
  it("has exactly the promised fields", () => {
    const given = report(example);
    expect(Object.keys(given)).toEqual([
      "gib_per_gpu",
      "low",
      "high",
      "breakdown",
      "steady_gib",
      "host_ram_gib",
      "fits",
      "advice",
      "largest",
      "assumptions",
      "nearest_measured",
    ]);
    expect(Object.keys(given.breakdown)).toEqual([
      "weights",
      "gradients",
      "optimizer",
      "activations",
      "logits",
      "kv_cache",
      "overhead",
    ]);
    expect(given.gib_per_gpu).toBeGreaterThan(15);
    expect(given.gib_per_gpu).toBeLessThan(24);
  });

  it("judges a card by the printed figure: fits with 10 % to spare, tight without, else no", () => {
    for (const { usable_gib, verdict } of report(example).fits) {
      const { gib_per_gpu } = report(example);
      const expected = gib_per_gpu * 1.1 <= usable_gib ? "fits" : gib_per_gpu <= usable_gib ? "tight" : "no";
      expect(verdict).toBe(expected);
    }
  });

  it("names the asked card first, then one of every common size", () => {
    const [asked, ...others] = report({ ...example, gpu: "3090" }).fits;
    expect(asked).toEqual({ gpu: "RTX 3090", usable_gib: 23.28, verdict: "fits" });
    expect(others.map(({ usable_gib }) => Math.round(usable_gib / 0.97))).toEqual([
      8, 12, 16, 24, 32, 40, 48, 80, 96, 141,
    ]);
  });

  it("takes 97 % of the nominal size for scripts, also of a card that reports less", () => {
    expect(report({ ...example, gpu: "T4" }).fits[0]).toMatchObject({ gpu: "T4", usable_gib: 15.52 });
  });

  it("lists every default it used, and none that was given", () => {
    const bare = report({ model: "Llama-3-8B" }).assumptions.join("\n");
    for (const option of [
      "method",
      "weights_dtype",
      "framework",
      "seq",
      "batch",
      "metric",
      "optimizer",
      "grad_ckpt",
      "ce",
      "lora_rank",
      "lora_targets",
    ]) {
      expect(bare).toContain(`${option}=`);
    }
    const given = report({ ...example, ce: "fp32", gpu: "24G" });
    expect(given.assumptions).toEqual([]);
  });

  it("speaks Chinese where asked, with the same figures", () => {
    const [english, chinese] = [report(example), report(example, "zh")];
    expect(chinese.gib_per_gpu).toBe(english.gib_per_gpu);
    expect(chinese.advice.every(({ cost }) => /[\u4e00-\u9fff]/.test(cost))).toBe(true);
  });

  it("names the nearest published run, and none where nothing is close", () => {
    expect(report({ model: "Qwen-7B", method: "lora", seq: 2048, framework: "hf" }).nearest_measured).toEqual(
      {
        source: 'QwenLM/Qwen README.md "Profiling of Memory and Speed"',
        gib_per_gpu: 22.165,
      },
    );
    expect(report({ model: "Llama-3.1-405B", method: "full" }).nearest_measured).toBeNull();
  });

  it("says what offload needs of the host, and null without", () => {
    expect(report(example).host_ram_gib).toBeNull();
    const offloaded = report({ model: "Llama-3-8B", method: "full", parallel: "zero3-offload", gpus: 8 });
    expect(offloaded.host_ram_gib).toBeGreaterThan(300);
    expect(offloaded.breakdown.optimizer).toBe(0);
  });

  it("warns of combinations that do not work together", () => {
    const warnings = report({ model: "Llama-3-8B", method: "qlora", parallel: "zero3", gpus: 2 }).assumptions;
    expect(warnings.join("\n")).toContain("bnb_4bit_quant_storage");
  });
});

describe("Advice", () => {
  it("is what each change alone takes off the estimate", () => {
    const fields = {
      model: "Qwen2.5-7B",
      method: "full",
      batch: 4,
      seq: 4096,
      grad_ckpt: false,
      flash_attn: false,
      ce: "fp32",
      optimizer: "adamw",
    };
    const peak = (change: Record<string, unknown>): number => estimateFor({ ...fields, ...change }).peakBytes;
    const saves = new Map(adviceFor(settingsFor(fields)).map(({ id, savesBytes }) => [id, savesBytes]));
    expect(saves.get("flash-attention")).toBe(peak({}) - peak({ flash_attn: true }));
    expect(saves.get("checkpointing")).toBe(peak({}) - peak({ grad_ckpt: true }));
    expect(saves.get("micro-batch")).toBe(peak({}) - peak({ batch: 1, accumulation: 4 }));
    expect([...saves.keys()].slice(0, 3)).toEqual(["fused-loss", "flash-attention", "checkpointing"]);
  });

  it("never names what is already on, nor what saves under 1 %", () => {
    const settings = settingsFor({
      model: "Qwen2.5-7B",
      method: "qlora",
      batch: 1,
      seq: 512,
      ce: "fused",
      lora_rank: 8,
    });
    const ids = adviceFor(settings).map(({ id }) => id);
    expect(ids).not.toContain("fused-loss");
    expect(ids).not.toContain("half-rank");
    expect(ids).not.toContain("qlora");
  });

  it("leads to a run that fits, each step's figure estimated anew, without steps that turned out superfluous", () => {
    const settings = settingsFor({ model: "Llama-3-8B", method: "full", seq: 1024 });
    const card = { name: "RTX 4090", gib: 24, total: null };
    const way = wayToFit(settings, card);
    expect(way?.steps.map(({ id }) => id)).toEqual(["lora"]);
    const [step] = way?.steps ?? [];
    expect(step?.peakBytes).toBe(memoryBytes(way?.settings ?? settings).peakBytes);
    expect(step?.savesBytes).toBe(memoryBytes(settings).peakBytes - (step?.peakBytes ?? 0));
    const longer = wayToFit(settingsFor({ model: "Qwen2.5-7B", method: "lora", batch: 8, seq: 4096 }), card);
    expect(longer?.steps.length).toBeGreaterThan(0);
    expect(fitsCard(memoryBytes(longer?.settings ?? settings).peakBytes, card)).toBe(true);
  });

  it("says so where nothing makes it fit", () => {
    const giant = settingsFor({ model: "Llama-3.1-405B", method: "full", grad_ckpt: true });
    expect(
      wayToFit({ ...giant, shape: { ...giant.shape, vocab: 2e9 } }, { name: "8 GB", gib: 8, total: null }),
    ).toBeNull();
  });
});

describe("A button under an answer", () => {
  it.each([
    { model: "Qwen2.5-7B", method: "lora", gpus: 2, seq: 32_768, gpu: "8G" },
    { model: "Qwen2.5-7B", method: "full", batch: 4, gpus: 2, gpu: "4090" },
    { model: "Llama-3-8B", method: "qlora", seq: 8192, grad_ckpt: false },
    { model: "Qwen2.5-14B", method: "inference", batch: 8, seq: 16_384, gpus: 2 },
    { model: "Llama-3-8B", method: "lora", seq: 16_384 },
  ])("saves what the advice promised: %j", (fields) => {
    const request = vramOptions.parse(fields);
    const findings = findingsFor(request, catalogue);
    const say = messagesFor("en");
    const block = followUps(request, findings, say);
    const buttons = block.kind === "buttons" ? block.buttons : [];
    const promised = findings.advice.flatMap(({ id, savesBytes }) => {
      const pressed = buttons.find(({ label }) => label === say.vram.press[id]);
      return pressed === undefined ? [] : [{ savesBytes, options: pressed.action.options }];
    });
    expect(promised.length).toBeGreaterThan(0);
    for (const { savesBytes, options } of promised) {
      const { peakBytes } = estimate(vramOptions.parse(options), catalogue);
      expect(findings.estimate.peakBytes - peakBytes).toBeCloseTo(savesBytes, -3);
    }
  });
});

describe("The way into a card that is far too small", () => {
  it("goes on over more and more GPUs until the run fits", () => {
    const card = resolveGpu("4090", catalogue);
    const settings = settingsFor({ model: "Llama-3.1-405B", method: "qlora" });
    const way = wayToFit(settings, card);
    expect(way?.steps.filter(({ id }) => id === "more-gpus").length).toBeGreaterThan(2);
    expect(fitsCard(memoryBytes(way?.settings ?? settings).peakBytes, card)).toBe(true);
  });
});
