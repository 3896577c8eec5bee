import type { Sentence } from "#core/refusal";
import { gib } from "./bytes.ts";
import { companionsIn } from "./companions.ts";
import { isUnmeasured } from "./interval.ts";
import { memoryBytes } from "./memory.ts";
import { hasAdapters, isTraining, type Settings } from "./settings.ts";
import { isFourBit, isQuantised } from "./weights.ts";

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
    ({ parallel, gpus }) => (parallel === "tp" || parallel === "pp") && gpus === 1,
    ({ parallel }) =>
      (say) =>
        say.vram.parallelOnOne(String(parallel)),
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
  [
    (settings) => isTraining(settings) && (settings.framework === "vllm" || settings.engine !== null),
    ({ engine }) =>
      (say) =>
        say.vram.engineTrains(engine ?? "vllm"),
  ],
  [
    ({ method, task }) => method === "inference" && task !== "sft",
    ({ task }) =>
      (say) =>
        say.vram.taskServes(task),
  ],
  [
    (settings) => settings.dora && !hasAdapters(settings),
    ({ method }) =>
      (say) =>
        say.vram.doraWithout(say.vram.method[method]),
  ],
  [
    ({ method, freezeLayers, shape }) => method === "freeze" && freezeLayers > shape.layers,
    ({ freezeLayers, shape }) =>
      (say) =>
        say.vram.freezeTooMany(freezeLayers, shape.layers),
  ],
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
  [
    ({ shape, parallel, gpus }) => parallel === "tp" && gpus > shape.kvHeads,
    ({ shape }) =>
      (say) =>
        say.vram.warnKvHeads(shape.kvHeads),
  ],
  [
    (settings) => settings.engine !== null,
    ({ engine, utilisation }) =>
      (say) =>
        say.vram.warnPreallocates(engine ?? "vllm", utilisation),
  ],
  [
    ({ optimizer, method }) => optimizer.startsWith("paged") && method !== "inference",
    (settings) => (say) => say.vram.warnPaged(gib(memoryBytes(settings).components.optimizer)),
  ],
  [(settings) => companionsIn(settings).rollout, () => (say) => say.vram.warnRollout],
  [
    (settings) => isTraining(settings) && settings.packing === false && settings.metric !== "allocated",
    () => (say) => say.vram.warnVaried,
  ],
  [isUnmeasured, () => (say) => say.vram.warnUnmeasured],
];

const divisorsOf = (heads: number): number[] =>
  [2, 4, 8, 16, 32, 64].filter((gpus) => heads % gpus === 0).slice(0, 5);

/** Offload to a host that is too small for it. */
function hostTooSmall(settings: Settings, hostRamGib: number | null): Sentence | null {
  if (hostRamGib === null || !settings.parallel?.endsWith("offload")) return null;
  const needed = gib(memoryBytes(settings).hostRamBytes ?? 0);
  return needed <= hostRamGib
    ? null
    : (say) => say.vram.hostTooSmall(String(settings.parallel), Math.ceil(needed), hostRamGib);
}

/**
 * The first contradiction in settled settings as a sentence that says which and what would be valid.
 *
 * @param hostRamGib host memory per node, where it was said
 */
export function refusalIn(settings: Settings, hostRamGib: number | null = null): Sentence | null {
  const refused = refusals.find(([applies]) => applies(settings));
  return refused === undefined ? hostTooSmall(settings, hostRamGib) : refused[1](settings);
}

/** Combinations that run badly or not as expected. */
export const warningsIn = (settings: Settings): readonly Sentence[] =>
  warnings.filter(([applies]) => applies(settings)).map(([, sentence]) => sentence(settings));
