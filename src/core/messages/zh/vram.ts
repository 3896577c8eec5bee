import { changes } from "./vram-changes.ts";
import { lessons } from "./vram-lessons.ts";
import { refusals, short } from "./vram-refusals.ts";

const onCards = (card: string, gpus: number): string => (gpus === 1 ? card : `${gpus} 张 ${card}`);

const each = (gpus: number): string => (gpus === 1 ? "" : "每张");

export const vram = {
  ...refusals,
  ...changes,
  ...lessons,

  assumedShape: (size, shapeOf) => `只给了参数量 ${size}，按 ${shapeOf} 的结构估算；写明模型名可缩小区间`,
  assumedUnknown: (typed, size, shapeOf) =>
    `没有收录“${short(typed)}”，只按参数量 ${size} 和 ${shapeOf} 的结构估算；贴上它的 config.json 可缩小区间`,
  assumedModel: (typed, name) => `“${short(typed)}”按 ${name} 理解`,
  assumedMethod: (method) => `method=${method}`,
  assumedValue: (option, value) => `${option}=${value}`,
  assumedMetric: "metric=device（nvidia-smi 显示的口径）",
  assumedParallel: (gpus) => `parallel=ddp（${gpus} 张卡各存一整份）`,
  assumedSharded: (parallel, gpus) => `parallel=${parallel}（单卡放不下一整份，由 ${gpus} 张卡分担）`,
  assumedLayerSplit: (gpus) => `parallel=null（按层切分到 ${gpus} 张卡）`,
  assumedFlash: "flash_attn=true（FlashAttention 或 SDPA）",
  assumedPrompt: "gen_tokens=0（整个 seq 都当作提示一次读入）",
  assumedFreeze: (layers) => `freeze_layers=${layers}（只训练最后 ${layers} 层）`,
  assumedConfig: (size) => `config.json 按 ${size} 参数计`,
  assumedCard: (card) => `最大批次和最大长度按 ${card} 计算`,

  warnSize: (name, size) => `${name} 的参数量是 ${size.toUpperCase()}，另写的参数量没有采用。`,
  warnPublished: (name, called, counted, nearest) =>
    `${name} 发布的就是 ${called} 权重，这里按 ${counted} 计；写上 weights_dtype=${nearest} 更接近原版的需要。`,
  warnQuantisedZero3: "ZeRO-3 要切分 4 比特权重，其存储类型必须是浮点型（bnb_4bit_quant_storage）。",
  warnFsdpMixed: "FSDP1 若不开 use_orig_params，会给冻结的权重也保留梯度；FSDP2 不会。",
  warnNoSync: "FSDP 用 no_sync 累积的是未切分的梯度，建议每个微步都同步。",
  warnOffload: "卸载（offload）的结果是下限：没有计入锁页内存的中转缓冲。",
  warnKvHeads: (heads) => `该模型只有 ${heads} 个 KV 头，张量并行再多也只是复制缓存。`,
  warnPreallocates: (engine, share) =>
    `${engine} 不管实际需要多少，都会先占满显卡的 ${share}（${engine === "sglang" ? "mem_fraction_static" : "gpu_memory_utilization"}）；这里算的是负载本身的需要。`,
  warnPaged: (gib) => `分页优化器状态按留在显存里计；显存吃紧时，其中 ${gib.toFixed(1)} GiB 会挪到内存。`,
  warnRollout:
    "生成回答的推理引擎按一份 16 位权重加本批次的 KV 缓存计；同卡部署的 vLLM 若训练时不休眠，会占满它的份额。",
  warnVaried: "各批长度不一时，logits 的碎片按 2.3 倍计；这个比例只来自一个来源（ms-swift 的基准）。",
  warnUnmeasured: "未实测：没有公开的实测数据可以对照这种设置，所以区间取最宽的 ±30%。",
  kvBudget: (engine, share, budget, tokens, sequences, seq, card) =>
    `${engine} 占用 ${card} 的 ${share}，留给 KV 缓存 ${budget} GiB：合计约 ${tokens} 个 token，可同时容纳 ${sequences} 条长 ${seq} 的序列。`,

  method: { full: "全参微调", lora: "LoRA", qlora: "QLoRA", freeze: "冻结微调", inference: "推理" },
  metric: {
    allocated: "按分配器峰值（max_memory_allocated）",
    reserved: "按分配器预留（max_memory_reserved）",
    device: "按 nvidia-smi 显示的口径",
  },
  verdict: { fits: "放得下", tight: "勉强放得下", no: "放不下" },

  title: (model, method, task) => (task === null ? `${model}：${method}` : `${model}：${method}，${task}`),
  fitsCard: (card, gpus, peak, usable) =>
    `${onCards(card, gpus)} 放得下：${each(gpus)}可用 ${usable} GiB，需要 ${peak}。`,
  tightCard: (card, gpus, peak, usable) =>
    `${onCards(card, gpus)} 勉强放得下，余量不到 10%：${each(gpus)}可用 ${usable} GiB，需要 ${peak}。`,
  noCard: (card, gpus, peak, usable) =>
    `${onCards(card, gpus)} 放不下：${each(gpus)}需要 ${peak} GiB，可用只有 ${usable}。`,
  fitsFrom: (card, nominal, gpus) =>
    gpus === 1
      ? `${nominal} GB 起就放得下：最小的常见显卡是 ${card}。`
      : `${gpus} 张 ${nominal} GB 以上的卡放得下，例如 ${card}。`,
  fitsNone: (card, usable) => `单张常见显卡都放不下：最大的 ${card} 也只有 ${usable} GiB 可用。`,
  figure: (peak, gb, low, high, metric, unmeasured) =>
    `每张卡约 ${peak} GiB（${gb} GB），区间 ${low}–${high} GiB，${metric}${unmeasured ? "；未实测" : ""}。`,
  steady: (steady) => `其中 ${steady} GiB 在两步之间一直占用。`,
  steadyServing: (steady) => `其中 ${steady} GiB 在服务期间一直占用（权重和 KV 缓存）。`,
  hostRam: (ram) => `内存：每个节点约 ${ram} GiB。`,
  hostLoad: (ram) => `内存：约 ${ram} GiB，加载时要放得下一份检查点。`,
  cheapest: (card, gpus, scheme, peak) =>
    `最省的方案（按显存总量）：${gpus} × ${card}${scheme === null ? "" : `，${scheme}`}，每张 ${peak} GiB。`,
  cheapestNone: "按现在的设置，8 张最大的常见显卡也放不下。",
  trainable: (count, share) => `可训练参数：${count}（${share}%）。`,
  columnPart: "峰值构成",
  columnShare: "占比",
  columnCard: "显卡",
  columnUsable: "可用 GiB",
  columnVerdict: "结论",
  columnMethod: "方式",
  columnInterval: "区间 GiB",
  rowPeak: "每张卡峰值",
  rowSteady: "一直占用",
  rowHost: "内存",
  rowSmallest: "最小的卡",
  compareTitle: (one, other) => `${one} 对比 ${other}`,
  compareDifference: (saves, one, other) => `${one} 比 ${other} 少用 ${saves} GiB。`,
  compareSame: "两者用量相同。",
  none: "无",
  total: "合计",
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
  helpFields:
    "没收录的模型可以直接贴 config.json。写 a | b 并排比较两种配置，加 compare 比较各种方式，加 why 看公式和代入的数，why 权重 只看一项。",
  formTitle: "估算显存",
  formModel: "模型或参数量",
  formModelHint: "qwen2.5-7b",
  formSubmit: "估算",
} satisfies typeof import("../en/vram.ts").vram;
