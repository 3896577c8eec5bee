import { changes } from "./vram-changes.ts";
import { lessons } from "./vram-lessons.ts";
import { refusals, short } from "./vram-refusals.ts";

const onCards = (card: string, gpus: number): string => (gpus === 1 ? card : `${gpus} × ${card}`);
const each = (gpus: number): string => (gpus === 1 ? "" : " on each");

export const vram = {
  ...refusals,
  ...changes,
  ...lessons,

  assumedShape: (size: string, shapeOf: string): string =>
    `${size} without a model name: shape of ${shapeOf}; name the model for a narrower interval`,
  assumedUnknown: (typed: string, size: string, shapeOf: string): string =>
    `“${short(typed)}” is in no table here, so only its size ${size} counts, with the shape of ${shapeOf}; paste its config.json for a narrower interval`,
  assumedModel: (typed: string, name: string): string => `“${short(typed)}” read as ${name}`,
  assumedMethod: (method: string): string => `method=${method}`,
  assumedValue: (option: string, value: string): string => `${option}=${value}`,
  assumedMetric: "metric=device (what nvidia-smi shows)",
  assumedParallel: (gpus: number): string => `parallel=ddp (each of the ${gpus} GPUs holds everything)`,
  assumedSharded: (parallel: string, gpus: number): string =>
    `parallel=${parallel} (a whole copy does not fit one card, so the ${gpus} GPUs share it)`,
  assumedLayerSplit: (gpus: number): string => `parallel=null (the layers are split over the ${gpus} GPUs)`,
  assumedFlash: "flash_attn=true (FlashAttention or SDPA)",
  assumedPrompt: "gen_tokens=0 (the whole of seq is read as one prompt)",
  assumedFreeze: (layers: number): string =>
    `freeze_layers=${layers} (the last ${layers} layers are trained)`,
  assumedConfig: (size: string): string => `config.json counted as ${size} parameters`,
  assumedCard: (card: string): string => `largest batch and sequence are for ${card}`,

  warnSize: (name: string, size: string): string =>
    `${name} has ${size.toUpperCase()} parameters; the other size was ignored.`,
  warnPublished: (name: string, called: string, counted: string, nearest: string): string =>
    `${name} is published in ${called}, and this counts ${counted}; weights_dtype=${nearest} comes near what it needs as published.`,
  warnQuantisedZero3:
    "ZeRO-3 shards 4-bit weights only if their storage dtype is a float type (bnb_4bit_quant_storage).",
  warnFsdpMixed:
    "FSDP1 also holds gradients for frozen weights unless use_orig_params is on; FSDP2 does not.",
  warnNoSync: "With no_sync, FSDP accumulates unsharded gradients; synchronise every micro-step instead.",
  warnOffload: "Offload is a lower bound: pinned staging buffers are not modelled.",
  warnKvHeads: (heads: number): string =>
    `The model has ${heads} key-value heads: beyond that, tensor parallelism copies the cache.`,
  warnPreallocates: (engine: string, share: number): string =>
    `${engine} takes ${share} of the card whatever the need (${engine === "sglang" ? "mem_fraction_static" : "gpu_memory_utilization"}); this is what the load itself needs.`,
  warnPaged: (gib: number): string =>
    `Paged states count as if they stayed on the GPU; under pressure ${gib.toFixed(1)} GiB of them move to host memory.`,
  warnRollout:
    "The engine that writes the answers counts with one 16-bit copy of the weights and the cache of this batch; colocated vLLM fills its whole share unless it sleeps while training.",
  warnVaried:
    "With lengths that vary, fragments of the logits count 2.3 times; that share comes from one source (ms-swift's benchmark).",
  warnUnmeasured: "Unmeasured: no published run checks these settings, so the interval is the widest, ±30 %.",
  kvBudget: (
    engine: string,
    share: number,
    budget: string,
    tokens: string,
    sequences: number,
    seq: number,
    card: string,
  ): string =>
    `${engine} at ${share} of ${card} leaves ${budget} GiB for the cache: about ${tokens} tokens, ${sequences} sequences of ${seq} at once.`,

  method: {
    full: "full fine-tuning",
    lora: "LoRA",
    qlora: "QLoRA",
    freeze: "freeze-tuning",
    inference: "inference",
  },
  metric: {
    allocated: "as the allocator's peak (max_memory_allocated)",
    reserved: "as the allocator reserves it (max_memory_reserved)",
    device: "as nvidia-smi shows it",
  },
  verdict: { fits: "fits", tight: "tight", no: "does not fit" },

  title: (model: string, method: string, task: string | null): string =>
    task === null ? `${model}: ${method}` : `${model}: ${method}, ${task}`,
  fitsCard: (card: string, gpus: number, peak: string, usable: string): string =>
    `Fits ${onCards(card, gpus)}: ${peak} of ${usable} usable GiB${each(gpus)}.`,
  tightCard: (card: string, gpus: number, peak: string, usable: string): string =>
    `Just fits ${onCards(card, gpus)}, with less than 10 % to spare: ${peak} of ${usable} usable GiB${each(gpus)}.`,
  noCard: (card: string, gpus: number, peak: string, usable: string): string =>
    `Does not fit ${onCards(card, gpus)}: it takes ${peak} GiB${each(gpus)}, and ${usable} are usable.`,
  fitsFrom: (card: string, nominal: number, gpus: number): string =>
    gpus === 1
      ? `Fits from ${nominal} GB up: the smallest common card that holds it is ${card}.`
      : `Fits ${gpus} GPUs of ${nominal} GB or more, ${card} for example.`,
  fitsNone: (card: string, usable: string): string =>
    `Fits no common card alone: the largest, ${card}, offers ${usable} GiB.`,
  figure: (
    peak: string,
    gb: string,
    low: string,
    high: string,
    metric: string,
    unmeasured: boolean,
  ): string =>
    `About ${peak} GiB (${gb} GB) per GPU, between ${low} and ${high} GiB, ${metric}${unmeasured ? "; unmeasured" : ""}.`,
  steady: (steady: string): string => `${steady} GiB of it stay allocated between steps.`,
  steadyServing: (steady: string): string => `${steady} GiB of it stay while serving (weights and KV cache).`,
  hostRam: (ram: string): string => `Host memory: about ${ram} GiB per node.`,
  hostLoad: (ram: string): string =>
    `Host memory: about ${ram} GiB, one copy of the checkpoint while it loads.`,
  cheapest: (card: string, gpus: number, scheme: string | null, peak: string): string =>
    `Cheapest that fits, by memory bought: ${gpus} × ${card}${scheme === null ? "" : ` with ${scheme}`}, ${peak} GiB each.`,
  cheapestNone: "Eight of the largest common card do not hold it as it stands.",
  trainable: (count: string, share: string): string => `Trained parameters: ${count} (${share} %).`,
  columnPart: "part of the peak",
  columnShare: "share",
  columnCard: "card",
  columnUsable: "usable GiB",
  columnVerdict: "verdict",
  columnMethod: "method",
  columnInterval: "interval, GiB",
  rowPeak: "peak per GPU",
  rowSteady: "stays allocated",
  rowHost: "host memory",
  rowSmallest: "smallest card",
  compareTitle: (one: string, other: string): string => `${one} beside ${other}`,
  compareDifference: (saves: string, one: string, other: string): string =>
    `${one} takes ${saves} GiB less than ${other}.`,
  compareSame: "Both take the same.",
  none: "none",
  total: "total",
  largest: (
    card: string,
    batch: number,
    seq: number,
    atSeq: number,
    atBatch: number,
    margin: number,
  ): string => {
    const most = seq === 0 ? `no length fits at batch ${atBatch}` : `length ${seq} fits at batch ${atBatch}`;
    const some = batch === 0 ? `no batch fits at length ${atSeq}` : `batch ${batch} fits at length ${atSeq}`;
    return `On ${card}, with a ${margin} % margin, at most: ${some}; ${most}.`;
  },
  assumptions: (list: string): string => `Assumed (repeat the command with any of them set): ${list}.`,
  nearest: (run: string, measured: string, source: string): string =>
    `Nearest published run: ${run}: ${measured} GiB (${source}).`,
  noNearest: "No published run is close to this one.",
  run: (model: string, method: string, batch: string, seq: string, framework: string, gpus: number): string =>
    `${model}, ${method}, batch ${batch}, length ${seq}, ${framework}, ${gpus} GPU${gpus === 1 ? "" : "s"}`,
  whyTitle: "How the figure comes about",
  formula: (part: string, formula: string, result: string): string => `${part}: ${formula} → ${result}`,
  whyPeak: (rule: string): string => `Peak: ${rule}`,
  peakRules: {
    inference: "weights + KV cache + reading the prompt, or weights + full KV cache, whichever is larger",
    once: "weights + states + the larger of (activations and logits) and gradients: they never meet in one micro-step",
    kept: "weights + states + gradients + the larger of (activations and logits) and the optimizer's step",
  },
  unclear: "not stated",
  listSeparator: "; ",

  help: "I estimate GPU memory for training and inference: per GPU, by component, with an interval and a verdict per card. Write the model and what you know; the rest I assume and list.",
  examplesTitle: "For example:",
  helpFields:
    "A pasted config.json works for a model I don't know. Write a | b to see two set-ups side by side, compare for every method, why for the formulas with their numbers, why weights for one part.",
  formTitle: "Estimate GPU memory",
  formModel: "Model or size",
  formModelHint: "qwen2.5-7b",
  formSubmit: "Estimate",
};
