import { layerBytesPerToken } from "./activations.ts";
import { gib } from "./bytes.ts";
import { companionsIn } from "./companions.ts";
import { type ComponentName, componentNames } from "./components.ts";
import { gibText } from "./figures.ts";
import { gaugeOf } from "./gauge.ts";
import { kvBytesPerNumber } from "./kv-cache.ts";
import { bytesPerLogit, referenceBytesPerLogit } from "./logits.ts";
import type { Memory } from "./memory.ts";
import { modelStateBytes } from "./model-states.ts";
import { hasAdapters, isTraining, type Settings, tokensPerGpu } from "./settings.ts";
import { linearParameters } from "./shape.ts";
import { bytesPerWeight, isQuantised, restBytes } from "./weights.ts";

/** One line of `why`: the part, its formula with numbers in signs that need no translation, and what it comes to. */
export interface FormulaLine {
  readonly part: ComponentName;
  readonly formula: string;
  readonly result: string;
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const perUnit = (bytes: number): string => `${Number(bytes.toFixed(4))} B`;

function weightsFormula(settings: Settings): string {
  const { shape, weightsDtype, loraRank } = settings;
  const each = bytesPerWeight[weightsDtype];
  const linear = linearParameters(shape);
  const base = isQuantised(weightsDtype)
    ? `${whole(linear)} × ${perUnit(each)} + ${whole(shape.params - linear)} (embedding, lm_head, norm) × ${perUnit(restBytes(settings))}`
    : `${whole(shape.params)} × ${perUnit(each)}`;
  const { frozen, rollout } = companionsIn(settings);
  // A reference or a reward model, and the engine that writes answers.
  const copies = frozen + (rollout ? 1 : 0);
  const beside = copies === 0 ? "" : ` + ${copies} × ${whole(shape.params)} × 2 B`;
  const { trainable } = modelStateBytes(settings);
  return hasAdapters(settings)
    ? `${base} + n${beside}, n = Σ r·(in + out) = ${whole(trainable)}, r = ${loraRank}`
    : base + beside;
}

function activationsFormula(settings: Settings): string {
  const { shape, checkpointing, seq, genTokens, batch } = settings;
  const { hidden: h, layers: L } = shape;
  const T = tokensPerGpu(settings);
  if (!isTraining(settings)) return `b·prompt·(6i + 8h) = ${batch} × ${whole(seq - genTokens)} token`;
  const layer = `${whole(layerBytesPerToken(settings))} B/(layer·token)`;
  if (checkpointing === true) return `2·h·T·L = 2 × ${h} × ${whole(T)} × ${L}, + max(logits, T × ${layer})`;
  if (checkpointing === "unsloth-offload")
    return `8·h·T = 8 × ${h} × ${whole(T)}, + max(logits, T × ${layer})`;
  return `L·T × ${layer} = ${L} × ${whole(T)} × …`;
}

function cacheFormula({ shape, kvDtype, batch, seq }: Settings): string {
  const { layers, kvHeads, headDim, mla } = shape;
  const perToken =
    mla === null
      ? `2·L·k·d = 2 × ${layers} × ${kvHeads} × ${headDim}`
      : `L·(c_kv + d_rope) = ${layers} × ${mla.kvLoraRank + mla.ropeHeadDim}`;
  return `${perToken} × ${perUnit(kvBytesPerNumber[kvDtype])} × ${batch} × ${whole(seq)} token`;
}

/** The parts of the peak that are not nothing, each with its formula and this run's numbers. */
export function formulaLines(settings: Settings, { components }: Memory): FormulaLine[] {
  const { shape, ce, optimizer, metric, gpus, parallel } = settings;
  const states = modelStateBytes(settings);
  const per = (bytes: number): string =>
    `n × ${perUnit(states.trainable === 0 ? 0 : bytes / states.trainable)}, n = ${whole(states.trainable)}`;
  const { add, fragments } = gaugeOf(settings);
  const shared = gpus > 1 ? ` ÷ ${gpus} (${parallel ?? "L/n"})` : "";
  const formulas: Readonly<Record<ComponentName, string>> = {
    weights: weightsFormula(settings) + shared,
    gradients: per(states.gradients) + shared,
    optimizer: `${optimizer}: ${per(states.optimizer)}${shared}`,
    activations: activationsFormula(settings),
    logits: `T·V × ${bytesPerLogit(settings) + referenceBytesPerLogit(settings)} B (ce=${ce}) = ${whole(tokensPerGpu(settings))} × ${shape.vocab} × …`,
    kvCache: cacheFormula(settings) + shared,
    overhead: `tmp + ${fragments} × Σ + ${gib(add).toFixed(2)} GiB (${metric})`,
  };
  return componentNames
    .filter((part) => components[part] > 0)
    .map((part) => ({ part, formula: formulas[part], result: `${gibText(components[part])} GiB` }));
}
