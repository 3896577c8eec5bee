import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_FIGURES } from "#core/oom/kinds";
import { makePlan } from "#core/oom/plan";
import { parseRun } from "#core/oom/run";
import { estimate } from "#core/vram/estimate";
import { models } from "#test/core/oom/samples";

const GIB = 2 ** 30;
const planFor = (line: string, total: number | null = null, others: number | null = null) =>
  makePlan(parseRun(line, models), { ...NO_FIGURES, total, others }, models);
const lines = fc
  .record({
    model: fc.constantFrom("qwen2.5-1.5b", "qwen2.5-7b", "llama-3-8b", "qwen2.5-32b"),
    method: fc.constantFrom("full", "lora", "qlora", "inference"),
    batch: fc.integer({ min: 1, max: 16 }),
    seq: fc.integer({ min: 256, max: 16_384 }),
    gpus: fc.constantFrom(1, 2, 8),
  })
  .map(({ model, method, batch, seq, gpus }) => `${model} ${method} bs=${batch} seq=${seq} gpus=${gpus}`);

describe("a plan for a known run", () => {
  test("starts at what /vram says and ends at what /vram says of the run after all steps", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(12, 24, 48, 80), (line, total) => {
        const run = parseRun(line, models);
        const plan = makePlan(run, { ...NO_FIGURES, total }, models);
        expect(plan.needsGib).toBeCloseTo(estimate(run, models).peakBytes / GIB, 6);
        expect(plan.afterGib).toBeCloseTo(estimate(plan.after, models).peakBytes / GIB, 6);
        const saved = plan.steps.reduce((sum, { savesGib }) => sum + savesGib, 0);
        expect(plan.needsGib - saved).toBeCloseTo(plan.afterGib, 6);
        for (const { savesGib } of plan.steps) expect(savesGib).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  test("says that it fits exactly where ten percent stay free", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(8, 24, 80), (line, total) => {
        const plan = planFor(line, total);
        expect(plan.fits).toBe(plan.afterGib * 1.1 <= total);
      }),
      { numRuns: 40 },
    );
  });

  test("takes no step that is not needed", () => {
    const plan = planFor("qwen2.5-7b lora bs=8 seq=2k", 80);
    const needed = planFor("qwen2.5-7b lora bs=1 seq=2k", 80);
    expect(plan.fits).toBe(true);
    expect(needed.steps).toEqual([]);
  });

  test("what others hold is not room for this run", () => {
    expect(planFor("qwen2.5-7b lora bs=1 seq=2k", 80, 59.58).roomGib).toBeCloseTo(20.42);
  });

  test("takes the card from the run where the message names no total", () => {
    expect(planFor("qwen2.5-7b lora bs=1 seq=2k 1x4090").roomGib).toBeCloseTo(23.28);
    expect(planFor("qwen2.5-7b lora bs=1 seq=2k").fits).toBeNull();
  });

  test("shards over cards before it changes the method", () => {
    const ids = planFor("qwen2.5-7b full bs=1 seq=2k gpus=8 ddp", 80).steps.map(({ id }) => id);
    expect(ids).toContain("shard");
    expect(ids).not.toContain("lora");
  });

  test("keeps the global batch when it lowers the micro-batch", () => {
    const { after } = planFor("qwen2.5-7b qlora bs=16 seq=8k", 24);
    expect(after).toMatchObject({ batch: 1, accumulation: 16 });
  });

  test("says how much host RAM an offloading run takes", () => {
    expect(planFor("qwen2.5-7b full bs=1 zero3-offload gpus=1", 24).hostRamGib).toBeGreaterThan(150);
  });
});
