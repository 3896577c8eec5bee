export const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const refusals = {
  noModel: "请写上模型名（qwen2.5-7b）或参数量（7b）。例如：/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  noSuchModel: (model, near) =>
    `不认识模型“${short(model)}”。${near.length === 0 ? "" : `最接近的有：${near.join("、")}。`}只写参数量（7b），或贴上它的 config.json，也可以。`,
  sizeOutside: (typed) =>
    `“${short(typed)}”不是合理的参数量，只能估算 1e6 到 2e13 个参数的模型（如 0.5b、7b、671b）。`,
  nameTooLong: (start, length, most) => `“${start}…”共 ${length} 个字符，名称最长 ${most} 个字符。`,
  noSuchGpu: (gpu, known) =>
    `不认识显卡“${short(gpu)}”。可以直接写显存大小（24G），或用这些型号：${known.join("、")}。`,

  configNotJson: "大括号里的内容不是合法的 JSON。请贴上完整的 config.json，或者只写参数量（7b）。",
  configBadKey: (key) =>
    `config.json 里 ${short(key)} 的值不合理。请贴上模型发布时的原文件，或者只写参数量（7b）。`,
  configLacks: (key) => `config.json 里没有 ${key}。请贴上和权重放在一起的那一份，或者只写参数量（7b）。`,
  configImpossible: (params) =>
    `按这些维度算出来是 ${params.toExponential(1)} 个参数，只能估算 1e5 到 2e13 之间的模型。`,

  quantisedFull: (dtype) =>
    `全参和冻结微调要更新权重本身，${dtype} 量化权重做不到。请用 weights_dtype=bf16，或改用 method=qlora。`,
  unquantisedQlora: (dtype) =>
    `QLoRA 是在量化底座上做 LoRA，而 ${dtype} 没有量化。请用 nf4、nf4-dq、int8、gptq-int4 或 awq-int4，或改用 method=lora。`,
  rankTooHigh: (rank, hidden) =>
    `lora_rank 为 ${rank}，超过了模型隐藏维度 ${hidden}，就谈不上“低秩”了。请取 1 到 ${hidden}。`,
  generatedTooLong: (generated, seq) =>
    `gen_tokens 为 ${generated}，而 seq（提示加生成的总长）只有 ${seq}。请加大 seq 或减小 gen_tokens。`,
  parallelOnOne: (parallel) =>
    `parallel=${parallel} 要把一个模型切到多张卡上，而卡数是 1。请写明张数（2x4090），或不写 parallel。`,
  tpHeads: (gpus, heads, allowed) =>
    `张量并行 ${gpus} 张卡，除不尽 ${heads} 个注意力头。${allowed.length === 0 ? "" : `可以用：${allowed.join("、")}。`}`,
  ppLayers: (gpus, layers) =>
    `流水线并行 ${gpus} 张卡至少要 ${gpus} 层，该模型只有 ${layers} 层。最多用 ${layers} 张卡。`,
  engineTrains: (engine) =>
    `${engine} 只做推理，不能训练。请用 method=inference，或者去掉它，换成 hf、deepspeed 等训练框架。`,
  taskServes: (task) =>
    `task=${task} 是训练任务，而 method 是 inference。请用 method=full、lora 或 qlora，或者不写 task。`,
  doraWithout: (method) =>
    `DoRA 拆分的是适配器的权重，${method}没有适配器。请用 method=lora 或 qlora，或者不写 dora。`,
  freezeTooMany: (layers, all) =>
    `freeze_layers 为 ${layers}，而模型只有 ${all} 层。请取 1 到 ${all}，全部训练就用 method=full。`,
  shardedInference: (parallel) =>
    `${parallel} 切分的是训练状态，推理没有这些。请用 tp、pp，或不写 parallel（按层切分）。`,
  hostTooSmall: (parallel, needed, given) =>
    `${parallel} 每个节点约需 ${needed} GiB 内存，而 host_ram 只有 ${given}。请把 host_ram 提到 ${needed} 以上，或用更多卡的 zero3，或改用 method=qlora。`,
  tooManyTokens: (batch, seq) =>
    `batch × seq 为 ${batch} × ${seq} 个 token，单卡超过 1e9，无法估算。请减小其中一个。`,
  compareTwo: (count) => `这里有 ${count} 种配置，一次只能比两种：/vram compare qwen2.5-7b lora | qlora`,
} satisfies typeof import("../en/vram-refusals.ts").refusals;
