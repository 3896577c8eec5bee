const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const vram = {
  noModel: "请写上模型名（qwen2.5-7b）或参数量（7b）。例如：/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  noSuchModel: (model, near) =>
    `不认识模型“${short(model)}”。${near.length === 0 ? "" : `最接近的有：${near.join("、")}。`}只写参数量也可以，例如 7b。`,
  nameTooLong: (start, length, most) => `“${start}…”共 ${length} 个字符，名称最长 ${most} 个字符。`,
  noSuchGpu: (gpu, known) =>
    `不认识显卡“${short(gpu)}”。可以直接写显存大小（24G），或用这些型号：${known.join("、")}。`,

  quantisedFull: (dtype) =>
    `全参和冻结微调要更新权重本身，${dtype} 量化权重做不到。请用 weights_dtype=bf16，或改用 method=qlora。`,
  unquantisedQlora: (dtype) =>
    `QLoRA 是在量化底座上做 LoRA，而 ${dtype} 没有量化。请用 nf4、nf4-dq、int8、gptq-int4 或 awq-int4，或改用 method=lora。`,
  rankTooHigh: (rank, hidden) =>
    `lora_rank 为 ${rank}，超过了模型隐藏维度 ${hidden}，就谈不上“低秩”了。请取 1 到 ${hidden}。`,
  generatedTooLong: (generated, seq) =>
    `gen_tokens 为 ${generated}，而 seq（提示加生成的总长）只有 ${seq}。请加大 seq 或减小 gen_tokens。`,
  tpHeads: (gpus, heads, allowed) =>
    `张量并行 ${gpus} 张卡，除不尽 ${heads} 个注意力头。${allowed.length === 0 ? "" : `可以用：${allowed.join("、")}。`}`,
  ppLayers: (gpus, layers) =>
    `流水线并行 ${gpus} 张卡至少要 ${gpus} 层，该模型只有 ${layers} 层。最多用 ${layers} 张卡。`,
  vllmTrains: "vLLM 只做推理，不能训练。请用 method=inference，或换成 hf、deepspeed 等训练框架。",
  shardedInference: (parallel) =>
    `${parallel} 切分的是训练状态，推理没有这些。请用 tp、pp，或不写 parallel（按层切分）。`,
  tooManyTokens: (batch, seq) =>
    `batch × seq 为 ${batch} × ${seq} 个 token，单卡超过 1e9，无法估算。请减小其中一个。`,

  assumedShape: (size, shapeOf) => `只给了参数量 ${size}，按 ${shapeOf} 的结构估算；写明模型名可缩小区间`,
  assumedModel: (typed, name) => `“${short(typed)}”按 ${name} 理解`,
  assumedMethod: (method) => `method=${method}`,
  assumedValue: (option, value) => `${option}=${value}`,
  assumedMetric: "metric=device（nvidia-smi 显示的口径）",
  assumedParallel: (gpus) => `parallel=ddp（${gpus} 张卡各存一整份）`,
  assumedLayerSplit: (gpus) => `parallel=null（按层切分到 ${gpus} 张卡）`,
  assumedFlash: "flash_attn=true（FlashAttention 或 SDPA）",
  assumedPrompt: "gen_tokens=0（整个 seq 都当作提示一次读入）",
  assumedFreeze: "冻结微调只训练最后 2 层",
  assumedCard: (card) => `最大批次和最大长度按 ${card} 计算`,

  warnSize: (name, size) => `${name} 的参数量是 ${size.toUpperCase()}，另写的参数量没有采用。`,
  warnQuantisedZero3: "ZeRO-3 要切分 4 比特权重，其存储类型必须是浮点型（bnb_4bit_quant_storage）。",
  warnFsdpMixed: "FSDP1 若不开 use_orig_params，会给冻结的权重也保留梯度；FSDP2 不会。",
  warnNoSync: "FSDP 用 no_sync 累积的是未切分的梯度，建议每个微步都同步。",
  warnOffload: "卸载（offload）的结果是下限：没有计入锁页内存的中转缓冲。",
  warnMoe: "MoE 训练没有公开实测可以对照，请以较宽的区间为准。",
  warnKvHeads: (heads) => `该模型只有 ${heads} 个 KV 头，张量并行再多也只是复制缓存。`,
  warnPreallocates:
    "vLLM 不管实际需要多少，都会先占满显卡的 gpu_memory_utilization（0.9）；这里算的是负载本身的需要。",
  kvBudget: (budget, tokens, card) =>
    `${card} 按 0.9 占用，留给 KV 缓存 ${budget}，所有序列合计约 ${tokens} 个 token。`,

  change: {
    "fused-loss": "融合或分块交叉熵（Liger、CCE）：ce=fused",
    "flash-attention": "FlashAttention 或 SDPA：flash_attn=true",
    checkpointing: "梯度检查点：grad_ckpt=true",
    "micro-batch": "微批次降为 1，配合梯度累积",
    "small-optimizer": "8 比特优化器：optimizer=adamw-8bit",
    lora: "改用 LoRA：method=lora",
    qlora: "4 比特底座加双重量化：method=qlora",
    "offload-checkpoints": "检查点放到内存：grad_ckpt=unsloth-offload",
    zero2: "切分梯度和优化器状态：parallel=zero2",
    zero3: "连权重一起切分：parallel=zero3",
    "cpu-offload": "状态和权重放到内存：parallel=zero3-offload",
    "half-length": "序列长度减半",
    "half-rank": "LoRA 秩减半",
    "quantised-weights": "4 比特权重：weights_dtype=awq-int4",
    "small-cache": "8 比特 KV 缓存：kv_dtype=int8",
    "half-batch": "并发序列数减半",
    "more-gpus": "显卡加倍，张量并行",
  },
  cost: {
    "fused-loss": "无",
    "flash-attention": "无",
    checkpointing: "约慢 20–30%",
    "micro-batch": "变慢，结果不变",
    "small-optimizer": "质量略有风险",
    lora: "可改变模型的程度变小",
    qlora: "变慢，质量略降",
    "offload-checkpoints": "占用内存和传输时间",
    zero2: "通信略增",
    zero3: "卡间通信增加",
    "cpu-offload": "慢好几倍",
    "half-length": "较长样本要截断或打包",
    "half-rank": "容量变小，省得最少",
    "quantised-weights": "质量略降",
    "small-cache": "长上下文质量略降",
    "half-batch": "吞吐降低",
    "more-gpus": "要更多显卡",
  },
  costWithRam: (cost, ram) => `${cost}；每个节点需要 ${ram} 内存`,

  method: { full: "全参微调", lora: "LoRA", qlora: "QLoRA", freeze: "冻结微调", inference: "推理" },
  metric: {
    allocated: "按分配器峰值（max_memory_allocated）",
    reserved: "按分配器预留（max_memory_reserved）",
    device: "按 nvidia-smi 显示的口径",
  },
  component: {
    weights: "权重（含适配器）",
    gradients: "梯度",
    optimizer: "优化器状态",
    activations: "激活值",
    logits: "logits 与损失",
    kvCache: "KV 缓存",
    overhead: "缓冲、上下文与碎片",
  },
  verdict: { fits: "放得下", tight: "勉强放得下", no: "放不下" },

  title: (model, method) => `${model}：${method}`,
  figure: (peak, gb, low, high, metric) =>
    `每张卡约 ${peak} GiB（${gb} GB），区间 ${low}–${high} GiB，${metric}。`,
  steady: (steady) => `其中 ${steady} GiB 在两步之间一直占用。`,
  steadyServing: (steady) => `其中 ${steady} GiB 在服务期间一直占用（权重和 KV 缓存）。`,
  hostRam: (ram) => `内存：每个节点约 ${ram} GiB。`,
  trainable: (count, share) => `可训练参数：${count}（${share}%）。`,
  columnPart: "峰值构成",
  columnShare: "占比",
  columnCard: "显卡",
  columnUsable: "可用 GiB",
  columnVerdict: "结论",
  columnMethod: "方式",
  columnInterval: "区间 GiB",
  total: "合计",
  adviceTitle: "代价从小到大，单独做每一项：",
  advice: (change, saves, cost) => `${change}，省 ${saves} GiB；代价：${cost}`,
  combination: (changes, peak, card) => `最先能放进 ${card} 的组合：${changes}，降到 ${peak} GiB。`,
  noCombination: (card) => `这些改动全做也放不进 ${card}，请换更大的卡或更小的模型。`,
  nothingToSave: "没有哪一项单独能省 1% 以上。",
  largest: (card, batch, seq, atSeq, atBatch, margin) => {
    const most = seq === 0 ? `批次 ${atBatch} 时任何长度都放不下` : `批次 ${atBatch} 时最长 ${seq}`;
    const some = batch === 0 ? `长度 ${atSeq} 时批次 1 也放不下` : `长度 ${atSeq} 时批次最大 ${batch}`;
    return `${card} 留 ${margin}% 余量：${some}；${most}。`;
  },
  assumptions: (list) => `以下按默认值估算，可在命令里写明：${list}。`,
  nearest: (run, measured, source) => `最接近的公开实测：${run}，${measured} GiB（${source}）。`,
  noNearest: "没有足够接近的公开实测。",
  run: (model, method, batch, seq, framework, gpus) =>
    `${model}，${method}，批次 ${batch}，长度 ${seq}，${framework}，${gpus} 张卡`,
  whyTitle: "这个数是怎么来的",
  formula: (part, formula, result) => `${part}：${formula} → ${result}`,
  whyPeak: (rule) => `峰值：${rule}`,
  peakRules: {
    inference: "“权重 + KV 缓存 + 读提示”与“权重 + 全长 KV 缓存”取大者",
    once: "权重 + 优化器状态 + max(激活与 logits, 梯度)：单个微步里两者不会同时达到最大",
    kept: "权重 + 优化器状态 + 梯度 + max(激活与 logits, 优化器更新时的临时量)",
  },
  unclear: "未注明",
  listSeparator: "；",

  help: "我来估算训练和推理的显存：按每张卡、分项列出，带区间，并说明各种卡放不放得下。写上模型和你知道的设置，其余按默认值估算并逐条列明。",
  examplesTitle: "例如：",
  helpFields: "加 compare 可并排比较全参、LoRA 和 QLoRA；加 why 可看公式和代入的数。",
  formTitle: "估算显存",
  formModel: "模型或参数量",
  formModelHint: "qwen2.5-7b",
  formSubmit: "估算",
} satisfies typeof import("../en/vram.ts").vram;
