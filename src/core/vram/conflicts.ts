import type { Sentence } from "#core/refusal";
import { hasAdapters, isTraining, type Settings } from "./settings.ts";
import { isFourBit, isQuantised } from "./weights.ts";

export interface Conflicts {
  /** Why this cannot be computed, and what can. */
  readonly refusal: Sentence | null;
  /** Combinations that run badly or not as expected. */
  readonly warnings: readonly Sentence[];
}

type Rule = readonly [applies: (settings: Settings) => boolean, sentence: (settings: Settings) => Sentence];

const refusals: readonly Rule[] = [
  [
    ({ method, weightsDtype }) => (method === "full" || method === "freeze") && isQuantised(weightsDtype),
    ({ weightsDtype }) =>
      (say) =>
        say.vram.quantisedFull(weightsDtype),
  ],
  [
    ({ method, weightsDtype }) => method === "qlora" && !isQuantised(weightsDtype),
    ({ weightsDtype }) =>
      (say) =>
        say.vram.unquantisedQlora(weightsDtype),
  ],
  [
    (settings) => hasAdapters(settings) && settings.loraRank > settings.shape.hidden,
    ({ loraRank, shape }) =>
      (say) =>
        say.vram.rankTooHigh(loraRank, shape.hidden),
  ],
  [
    ({ method, genTokens, seq }) => method === "inference" && genTokens > seq,
    ({ genTokens, seq }) =>
      (say) =>
        say.vram.generatedTooLong(genTokens, seq),
  ],
  [
    ({ parallel, gpus, shape }) => parallel === "tp" && shape.heads % gpus !== 0,
    ({ gpus, shape }) =>
      (say) =>
        say.vram.tpHeads(gpus, shape.heads, divisorsOf(shape.heads)),
  ],
  [
    ({ parallel, gpus, shape }) => parallel === "pp" && gpus > shape.layers,
    ({ gpus, shape }) =>
      (say) =>
        say.vram.ppLayers(gpus, shape.layers),
  ],
  [(settings) => isTraining(settings) && settings.framework === "vllm", () => (say) => say.vram.vllmTrains],
  [
    ({ method, parallel }) =>
      method === "inference" &&
      parallel !== null &&
      parallel !== "tp" &&
      parallel !== "pp" &&
      parallel !== "ddp",
    ({ parallel }) =>
      (say) =>
        say.vram.shardedInference(String(parallel)),
  ],
  [
    (settings) => isTraining(settings) && settings.batch * settings.seq > 1e9,
    ({ batch, seq }) =>
      (say) =>
        say.vram.tooManyTokens(batch, seq),
  ],
];

const warnings: readonly Rule[] = [
  [
    (settings) =>
      isFourBit(settings.weightsDtype) &&
      isTraining(settings) &&
      (settings.parallel?.startsWith("zero3") ?? false),
    () => (say) => say.vram.warnQuantisedZero3,
  ],
  [
    (settings) => hasAdapters(settings) && (settings.parallel?.startsWith("fsdp") ?? false),
    () => (say) => say.vram.warnFsdpMixed,
  ],
  [
    ({ parallel, accumulation }) => (parallel?.startsWith("fsdp") ?? false) && accumulation > 1,
    () => (say) => say.vram.warnNoSync,
  ],
  [({ parallel }) => parallel?.endsWith("offload") ?? false, () => (say) => say.vram.warnOffload],
  [(settings) => isTraining(settings) && settings.shape.moe !== null, () => (say) => say.vram.warnMoe],
  [
    ({ shape, parallel, gpus }) => parallel === "tp" && gpus > shape.kvHeads,
    ({ shape }) =>
      (say) =>
        say.vram.warnKvHeads(shape.kvHeads),
  ],
  [({ framework }) => framework === "vllm", () => (say) => say.vram.warnPreallocates],
];

const divisorsOf = (heads: number): number[] =>
  [2, 4, 8, 16, 32, 64].filter((gpus) => heads % gpus === 0).slice(0, 5);

/** Looks for contradictions in settled settings; the first one refuses, every warning is shown. */
export function conflictsIn(settings: Settings): Conflicts {
  const refused = refusals.find(([applies]) => applies(settings));
  return {
    refusal: refused === undefined ? null : refused[1](settings),
    warnings: warnings.filter(([applies]) => applies(settings)).map(([, sentence]) => sentence(settings)),
  };
}
