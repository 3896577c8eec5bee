import type { Measurement, ModelCatalogue } from "#core/vram/catalogue";
import { isTraining, type Settings, tokensPerGpu } from "#core/vram/settings";
import { settle } from "#core/vram/settle";
import { keyValueWidth, loraParameters } from "#core/vram/shape";
import { isFourBit } from "#core/vram/weights";

const GIB = 2 ** 30;
const GB = 1e9;
const MIB = 2 ** 20;

/** A calculator that people use today, derived again from what it publishes. */
export interface Calculator {
  readonly name: string;
  /** Where its formula stands. */
  readonly source: string;
  /** GiB per GPU, or null where it says nothing of such a run. */
  readonly gibFor: (settings: Settings) => number | null;
}

const checkpoints = ({ checkpointing }: Settings): boolean => checkpointing !== false;
const cards = ({ parallel, gpus }: Settings): number => (parallel === null ? 1 : gpus);
const zeroStage = ({ parallel }: Settings): number => Number(/^zero(\d)/.exec(parallel ?? "")?.[1] ?? 0);

/** Attention without its own head width, and as many key-value as query heads unless told otherwise: 4Lh². */
function cookbook(settings: Settings): number | null {
  const { shape, method, batch, seq, genTokens } = settings;
  if (method !== "full" && method !== "inference") return null;
  const { hidden: h, layers: l, heads: a, vocab, intermediate, mlp } = shape;
  const kvRatio = shape.kvHeads / a;
  const parameters =
    2 * vocab * h +
    h * seq +
    2 * (1 + kvRatio) * l * h * h +
    (8 * l + 2) * h +
    (mlp === "gated" ? 3 : 2) * l * h * intermediate;
  const n = cards(settings);
  const stage = zeroStage(settings);
  if (method === "inference") {
    const cache = 2 * 2 * h * kvRatio * l * seq * batch;
    const read = (seq - genTokens) * batch * h * 34;
    return (2 * parameters + cache + read) / GIB;
  }
  const model = (2 * parameters) / (stage === 3 ? n : 1);
  const gradients = (4 * parameters) / (stage >= 2 ? n : 1);
  const optimizer = (12 * parameters) / (stage >= 1 ? n : 1);
  const communication = n > 1 ? 5e8 * 2 + (stage === 3 ? 1e9 * 2 : 0) : 0;
  const perLayer = 34 + (checkpoints(settings) ? 0 : (5 * a * seq) / h);
  return (model + gradients + optimizer + communication + seq * batch * h * l * perLayer) / GIB;
}

/** `accelerate estimate-memory`: weights, and the largest of the steps of Adam; no activations, no adapters. */
function accelerate({ shape, method, weightsDtype }: Settings): number | null {
  const bytes = weightsDtype === "fp32" ? 4 : weightsDtype === "int8" ? 1 : isFourBit(weightsDtype) ? 0.5 : 2;
  if (method === "inference") return (shape.params * bytes) / GIB;
  if (method !== "full") return null;
  return (shape.params * (weightsDtype === "fp32" ? 16 : 8)) / GIB;
}

/** The table "Hardware Requirement": x billion parameters to so many GB, whatever the batch and the length. */
function llamaFactory({ shape, method, weightsDtype, optimizer }: Settings): number | null {
  const per = (): number | null => {
    if (method === "full") return optimizer === "adamw-bf16" ? 8 : 18;
    if (method === "lora" || method === "freeze") return 2;
    if (method === "qlora") return weightsDtype === "int8" ? 1 : 0.5;
    return null;
  };
  const bytes = per();
  return bytes === null ? null : (shape.params * bytes) / GIB;
}

function gpuPoorActivations({ shape, batch, seq }: Settings): number {
  const { hidden: h, layers: l, heads: a, intermediate: i } = shape;
  const attention = seq * h * 8 * 2 + seq * seq * a * (2 + 4 + 2);
  const mlp = 2 * h * seq * 2 + 6 * seq * i * 2;
  const norm = seq * 8 + seq * h * 2 * 6;
  return (attention + mlp + norm) * l * batch;
}

/** `RahulSChand/gpu_poor`: key-value heads as many as heads, attention scores in full, 650 MB on top. */
function gpuPoor(settings: Settings): number | null {
  const { shape, method, batch, seq, weightsDtype } = settings;
  const { hidden: h, layers: l, heads: a, vocab, intermediate: i } = shape;
  if (method === "freeze") return null;
  const parameters = 2 * vocab * h + 4 * l * h * h + 3 * l * i * h;
  const size = 2 * parameters;
  const extra = (15 * h + 6 * i) * l * 50 * Math.max(1, Math.sqrt(seq / 50)) * batch;
  const plain = weightsDtype === "int8" ? 0.56 * size : isFourBit(weightsDtype) ? 0.31 * size : size;
  if (method === "inference") {
    const cache = 8 * seq * h * l * batch;
    const read = (10 * seq * h + 2 * seq * seq * a) * batch;
    return (plain + cache + read + 650 * MIB) / GIB;
  }
  const activations = gpuPoorActivations(settings) * (checkpoints(settings) ? 0.15 : 1);
  const states = {
    full: size * 3,
    lora: l * 8 * h * 2 * 4 * 3 * 2,
    qlora: l * 8 * h * 0.5 * 4 * 3 + 0.75 * extra,
  }[method];
  const weights = method === "qlora" ? size / 4 - size / 64 + 0.06 * size : size;
  return (weights + states + activations + 650 * MIB) / GIB;
}

/** Unsloth's own estimate for its studio. */
function unsloth(settings: Settings): number | null {
  const { shape, method, weightsDtype, optimizer, loraRank, loraTargets, batch, seq, flashAttention } =
    settings;
  if (!isTraining(settings) || method === "freeze") return null;
  const { hidden: h, layers: l, vocab, heads: a, moe } = shape;
  const k = keyValueWidth(shape);
  const m = moe?.expertIntermediate ?? shape.intermediate;
  const experts = moe?.experts ?? 1;
  const quantisable = ((2 * h + 2 * k) * h + h * m * 3 * experts + (experts > 1 ? experts * h : 0)) * l;
  const rest = 2 * h * l + vocab * h * (shape.tiedEmbeddings ? 1 : 2);
  const share = weightsDtype === "nf4-dq" ? 2 / 3.6 : 2 / 3.2;
  const weights = quantisable * (method === "qlora" ? share : 2) + rest * 2;
  const adapters = method === "full" ? 0 : loraParameters(shape, loraRank, loraTargets);
  const trained = method === "full" ? quantisable + rest : adapters;
  const states = trained * (optimizer.includes("8bit") || optimizer === "sgd" ? 4 : 6);
  const perLayer = (seq * batch * (h + 2 * k) + seq * batch * 2 + seq * batch * 2 * m) * 2 * 1.25;
  const layers = !checkpoints(settings)
    ? l
    : method !== "full"
      ? 1
      : settings.framework === "unsloth"
        ? 1.5
        : 2;
  const scores = flashAttention ? 0 : batch * a * seq * seq * 24 * layers;
  const activations = Math.max(perLayer * layers, scores);
  const floor = method === "full" ? 0.15 * weights : Math.min(0.15 * weights, Math.max(activations, states));
  const gradients = Math.max(2 * trained, floor);
  return (weights + 2 * adapters + states + gradients + activations + 1.4 * GB) / GIB;
}

export const calculators: readonly Calculator[] = [
  {
    name: "EleutherAI cookbook",
    source: "EleutherAI/cookbook calc/calc_transformer_mem.py @827ee3b",
    gibFor: cookbook,
  },
  { name: "accelerate", source: "huggingface/accelerate commands/estimate.py @16cb6eb8", gibFor: accelerate },
  {
    name: "LLaMA-Factory table",
    source: "hiyouga/LLaMA-Factory README.md, Hardware Requirement @ff6d4d12",
    gibFor: llamaFactory,
  },
  { name: "gpu_poor", source: "RahulSChand/gpu_poor src/App.js @ad2fc0e", gibFor: gpuPoor },
  {
    name: "Unsloth formula",
    source: "unslothai/unsloth studio/backend/utils/hardware/VRAM_ESTIMATION.md @015bdef0",
    gibFor: unsloth,
  },
];

/** What a calculator says of a published run; its settings are read as /vram reads them. */
export const calculated = (
  calculator: Calculator,
  run: Measurement,
  catalogue: ModelCatalogue,
): number | null => {
  const { settings } = settle(run, catalogue);
  return tokensPerGpu(settings) > 0 ? calculator.gibFor(settings) : null;
};
