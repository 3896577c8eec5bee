/** A long word is shown by its head; the member knows the rest. */
export const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

/** What /vram cannot compute, why, and what would be valid. */
export const refusals = {
  noModel: "Name a model (qwen2.5-7b) or a size (7b). For example: /vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  noSuchModel: (model: string, near: readonly string[]): string =>
    `I don't know the model “${short(model)}”.${near.length === 0 ? "" : ` Nearest: ${near.join(", ")}.`} Its size alone (7b) or its config.json works too.`,
  sizeOutside: (typed: string): string =>
    `“${short(typed)}” is no size of a model; 1e6 to 2e13 parameters can be judged (0.5b, 7b, 671b).`,
  nameTooLong: (start: string, length: number, most: number): string =>
    `“${start}…” has ${length} characters; a name has ${most} at most.`,
  noSuchGpu: (gpu: string, known: readonly string[]): string =>
    `I don't know the card “${short(gpu)}”. Write its memory (24G) or one of: ${known.join(", ")}.`,

  configNotJson:
    "What stands between { and } is not JSON; paste the whole config.json, or give the model's size (7b).",
  configBadKey: (key: string): string =>
    `config.json has an impossible value at ${short(key)}; paste it as the model publishes it, or give the size (7b).`,
  configLacks: (key: string): string =>
    `config.json has no ${key}; paste the one that lies beside the weights, or give the model's size (7b).`,
  configImpossible: (params: number): string =>
    `These dimensions make ${params.toExponential(1)} parameters; 1e5 to 2e13 can be judged.`,

  quantisedFull: (dtype: string): string =>
    `Full and freeze fine-tuning update the weights themselves, which ${dtype} weights do not allow. Use weights_dtype=bf16, or method=qlora.`,
  unquantisedQlora: (dtype: string): string =>
    `QLoRA is LoRA on a quantised base; ${dtype} is not quantised. Use nf4, nf4-dq, int8, gptq-int4 or awq-int4, or method=lora.`,
  rankTooHigh: (rank: number, hidden: number): string =>
    `lora_rank is ${rank}, more than the model's hidden size ${hidden}; then it is no longer low rank. Use 1 to ${hidden}.`,
  generatedTooLong: (generated: number, seq: number): string =>
    `gen_tokens is ${generated}, but seq (prompt and generated together) is only ${seq}. Raise seq or lower gen_tokens.`,
  parallelOnOne: (parallel: string): string =>
    `parallel=${parallel} shares one model over several GPUs, but gpus is 1. Say how many (2x4090), or leave parallel out.`,
  tpHeads: (gpus: number, heads: number, allowed: readonly number[]): string =>
    `Tensor parallelism over ${gpus} GPUs does not divide ${heads} attention heads.${allowed.length === 0 ? "" : ` Possible: ${allowed.join(", ")}.`}`,
  ppLayers: (gpus: number, layers: number): string =>
    `Pipeline parallelism over ${gpus} GPUs needs at least ${gpus} layers; the model has ${layers}. Use ${layers} GPUs at most.`,
  engineTrains: (engine: string): string =>
    `${engine} serves models and cannot train. Use method=inference, or leave it out and name a training framework such as hf or deepspeed.`,
  taskServes: (task: string): string =>
    `task=${task} is a way of training, but method is inference. Use method=full, lora or qlora, or leave task out.`,
  doraWithout: (method: string): string =>
    `DoRA splits the weights of adapters; ${method} has none. Use method=lora or qlora, or leave dora out.`,
  freezeTooMany: (layers: number, all: number): string =>
    `freeze_layers is ${layers}, but the model has ${all} layers. Use 1 to ${all}, or method=full for all of them.`,
  shardedInference: (parallel: string): string =>
    `${parallel} shares training states; inference has none. Use tp, pp, or leave parallel out for a split by layers.`,
  hostTooSmall: (parallel: string, needed: number, given: number): string =>
    `${parallel} needs about ${needed} GiB of host memory per node; host_ram is ${given}. Use host_ram=${needed} or more, zero3 over more GPUs, or method=qlora.`,
  tooManyTokens: (batch: number, seq: number): string =>
    `batch × seq is ${batch} × ${seq} tokens on one GPU, more than the 1e9 this can judge. Lower one of them.`,
  compareTwo: (count: number): string =>
    `That is ${count} set-ups; two can be compared: /vram compare qwen2.5-7b lora | qlora`,
};
