/** A long word is shown by its head; the member knows the rest. */
const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const vram = {
  noModel: "Name a model (qwen2.5-7b) or a size (7b). For example: /vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  noSuchModel: (model: string, near: readonly string[]): string =>
    `I don't know the model “${short(model)}”.${near.length === 0 ? "" : ` Nearest: ${near.join(", ")}.`} A size alone works too: 7b.`,
  nameTooLong: (start: string, length: number, most: number): string =>
    `“${start}…” has ${length} characters; a name has ${most} at most.`,
  noSuchGpu: (gpu: string, known: readonly string[]): string =>
    `I don't know the card “${short(gpu)}”. Write its memory (24G) or one of: ${known.join(", ")}.`,

  quantisedFull: (dtype: string): string =>
    `Full and freeze fine-tuning update the weights themselves, which ${dtype} weights do not allow. Use weights_dtype=bf16, or method=qlora.`,
  unquantisedQlora: (dtype: string): string =>
    `QLoRA is LoRA on a quantised base; ${dtype} is not quantised. Use nf4, nf4-dq, int8, gptq-int4 or awq-int4, or method=lora.`,
  rankTooHigh: (rank: number, hidden: number): string =>
    `lora_rank is ${rank}, more than the model's hidden size ${hidden}; then it is no longer low rank. Use 1 to ${hidden}.`,
  generatedTooLong: (generated: number, seq: number): string =>
    `gen_tokens is ${generated}, but seq (prompt and generated together) is only ${seq}. Raise seq or lower gen_tokens.`,
  tpHeads: (gpus: number, heads: number, allowed: readonly number[]): string =>
    `Tensor parallelism over ${gpus} GPUs does not divide ${heads} attention heads.${allowed.length === 0 ? "" : ` Possible: ${allowed.join(", ")}.`}`,
  ppLayers: (gpus: number, layers: number): string =>
    `Pipeline parallelism over ${gpus} GPUs needs at least ${gpus} layers; the model has ${layers}. Use ${layers} GPUs at most.`,
  vllmTrains:
    "vLLM serves models and cannot train. Use method=inference, or a training framework such as hf or deepspeed.",
  shardedInference: (parallel: string): string =>
    `${parallel} shares training states; inference has none. Use tp, pp, or leave parallel out for a split by layers.`,
  tooManyTokens: (batch: number, seq: number): string =>
    `batch × seq is ${batch} × ${seq} tokens on one GPU, more than the 1e9 this can judge. Lower one of them.`,

  assumedShape: (size: string, shapeOf: string): string =>
    `${size} without a model name: shape of ${shapeOf}; name the model for a narrower interval`,
  assumedModel: (typed: string, name: string): string => `“${short(typed)}” read as ${name}`,
  assumedMethod: (method: string): string => `method=${method}`,
  assumedValue: (option: string, value: string): string => `${option}=${value}`,
  assumedMetric: "metric=device (what nvidia-smi shows)",
  assumedParallel: (gpus: number): string => `parallel=ddp (each of the ${gpus} GPUs holds everything)`,
  assumedLayerSplit: (gpus: number): string => `parallel=null (the layers are split over the ${gpus} GPUs)`,
  assumedFlash: "flash_attn=true (FlashAttention or SDPA)",
  assumedPrompt: "gen_tokens=0 (the whole of seq is read as one prompt)",
  assumedFreeze: "freeze trains the last 2 layers",
  assumedCard: (card: string): string => `largest batch and sequence are for ${card}`,

  warnSize: (name: string, size: string): string =>
    `${name} has ${size.toUpperCase()} parameters; the other size was ignored.`,
  warnQuantisedZero3:
    "ZeRO-3 shards 4-bit weights only if their storage dtype is a float type (bnb_4bit_quant_storage).",
  warnFsdpMixed:
    "FSDP1 also holds gradients for frozen weights unless use_orig_params is on; FSDP2 does not.",
  warnNoSync: "With no_sync, FSDP accumulates unsharded gradients; synchronise every micro-step instead.",
  warnOffload: "Offload is a lower bound: pinned staging buffers are not modelled.",
  warnMoe: "No published run checks training of a mixture of experts: take the wide interval seriously.",
  warnKvHeads: (heads: number): string =>
    `The model has ${heads} key-value heads: beyond that, tensor parallelism copies the cache.`,
  warnPreallocates:
    "vLLM takes gpu_memory_utilization (0.9) of the card whatever the need; this is what the load itself needs.",
  kvBudget: (budget: string, tokens: string, card: string): string =>
    `On ${card} at utilisation 0.9, ${budget} are left for the cache: about ${tokens} tokens over all sequences.`,

  change: {
    "fused-loss": "fused or chunked cross-entropy (Liger, CCE): ce=fused",
    "flash-attention": "FlashAttention or SDPA: flash_attn=true",
    checkpointing: "gradient checkpointing: grad_ckpt=true",
    "micro-batch": "micro-batch 1 with gradient accumulation",
    "small-optimizer": "8-bit optimizer: optimizer=adamw-8bit",
    lora: "LoRA instead: method=lora",
    qlora: "4-bit base with double quantisation: method=qlora",
    "offload-checkpoints": "checkpoints in host memory: grad_ckpt=unsloth-offload",
    zero2: "shard gradients and states: parallel=zero2",
    zero3: "shard weights too: parallel=zero3",
    "cpu-offload": "states and weights in host memory: parallel=zero3-offload",
    "half-length": "half the sequence length",
    "half-rank": "half the LoRA rank",
    "quantised-weights": "4-bit weights: weights_dtype=awq-int4",
    "small-cache": "8-bit KV cache: kv_dtype=int8",
    "half-batch": "half as many sequences at once",
    "more-gpus": "twice as many GPUs, tensor parallel",
  },
  cost: {
    "fused-loss": "none",
    "flash-attention": "none",
    checkpointing: "about 20–30 % slower",
    "micro-batch": "slower, same result",
    "small-optimizer": "small risk to quality",
    lora: "less capacity to change the model",
    qlora: "slower, small loss of quality",
    "offload-checkpoints": "host memory and transfer time",
    zero2: "a little more traffic",
    zero3: "more traffic between GPUs",
    "cpu-offload": "several times slower",
    "half-length": "longer samples are cut or packed",
    "half-rank": "less capacity; saves least of all",
    "quantised-weights": "small loss of quality",
    "small-cache": "small loss of quality on long contexts",
    "half-batch": "lower throughput",
    "more-gpus": "more cards",
  },
  costWithRam: (cost: string, ram: string): string => `${cost}; needs ${ram} of host memory per node`,

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
  component: {
    weights: "weights (with adapters)",
    gradients: "gradients",
    optimizer: "optimizer states",
    activations: "activations",
    logits: "logits and loss",
    kvCache: "KV cache",
    overhead: "buffers, context, fragmentation",
  },
  verdict: { fits: "fits", tight: "tight", no: "does not fit" },

  title: (model: string, method: string): string => `${model}: ${method}`,
  figure: (peak: string, gb: string, low: string, high: string, metric: string): string =>
    `About ${peak} GiB (${gb} GB) per GPU, between ${low} and ${high} GiB, ${metric}.`,
  steady: (steady: string): string => `${steady} GiB of it stay allocated between steps.`,
  steadyServing: (steady: string): string => `${steady} GiB of it stay while serving (weights and KV cache).`,
  hostRam: (ram: string): string => `Host memory: about ${ram} GiB per node.`,
  trainable: (count: string, share: string): string => `Trained parameters: ${count} (${share} %).`,
  columnPart: "part of the peak",
  columnShare: "share",
  columnCard: "card",
  columnUsable: "usable GiB",
  columnVerdict: "verdict",
  columnMethod: "method",
  columnInterval: "interval, GiB",
  total: "total",
  adviceTitle: "Cheapest changes, each alone:",
  advice: (change: string, saves: string, cost: string): string =>
    `${change} — saves ${saves} GiB; cost: ${cost}`,
  combination: (changes: string, peak: string, card: string): string =>
    `First combination that fits ${card}: ${changes} → ${peak} GiB.`,
  noCombination: (card: string): string =>
    `None of these changes together makes it fit ${card}; take a larger card or a smaller model.`,
  nothingToSave: "No single change saves more than 1 %.",
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
    "Add compare for full, LoRA and QLoRA side by side, or why for the formulas with their numbers.",
  formTitle: "Estimate GPU memory",
  formModel: "Model or size",
  formModelHint: "qwen2.5-7b",
  formSubmit: "Estimate",
};
