export const lessons = {
  component: {
    weights: "权重（含适配器）",
    gradients: "梯度",
    optimizer: "优化器状态",
    activations: "激活值",
    logits: "logits 与损失",
    kvCache: "KV 缓存",
    overhead: "缓冲、上下文与碎片",
  },
  lesson: {
    weights:
      "模型本身：参数量 × 每个参数的字节数。量化只作用于线性层，词嵌入、输出头和归一化层仍是 16 位；PEFT 为 QLoRA 做准备时会把它们转成 fp32。适配器，以及冻结的参考模型、奖励模型，也算在这里。（arXiv:2305.14314）",
    gradients:
      "每个可训练参数一个数，从反向传播一直留到优化器更新。冻结的权重没有梯度，LoRA 省下的主要就是这一块。（arXiv:1910.02054）",
    optimizer:
      "AdamW 为每个可训练参数保存两个动量；权重是 16 位时还要一份 fp32 主权重。除权重和梯度外是 12 字节，合计 16 字节。（arXiv:1910.02054 第 3.1 节）",
    activations:
      "前向传播为反向传播留下的中间结果，随“批次 × 长度”线性增长。梯度检查点每层只留输入，其余重算；不用 FlashAttention 还要加上长度的平方项。（arXiv:2205.05198）",
    logits:
      "每个 token 对词表里每个词一个数，算损失时还会同时存在好几份：词表 15.2 万、fp32 时，每 1000 个 token 约 2 GiB。融合损失每次只保留一小块。",
    kvCache:
      "到目前为止每个 token 的键和值：2 × 层数 × KV 头数 × 头维度。GQA、MLA、滑动窗口都能缩小它；拿隐藏维度去算是最常见的错误，会多算到 8 倍。（arXiv:2305.13245）",
    overhead:
      "不属于任何一个张量的部分：CUDA 上下文和算子、工作区、分配器碎片、通信缓冲、临时聚合的层、反量化回 16 位的矩阵。",
  },
  lessonTitle: (component, model) => `${component}为什么要这么多：${model}`,
  lessonHere: (component, formula, result) => `代入这次的数，${component}：${formula} → ${result}。`,
  lessonNone: (component) => `这次运行在峰值时刻没有${component}。`,
  lessonShare: (share, peak) => `占峰值 ${peak} GiB 的 ${share}%。`,
  claims: {
    "full-precision": (gib) =>
      `“7B 全精度约 26.08 GB”：单位应是 GiB。7.0e9 × 4 B = 26.08 GiB = 28.0 GB，而且只是权重；这个模型的 fp32 权重是 ${gib} GiB。`,
    "half-precision": () =>
      "“半精度约 14 GB”只够把 70 亿参数装进显存（14.0 GB = 13.04 GiB）。训练还要更多：全参 AdamW 约 104 GiB 再加激活，纯 bf16 约 52，LoRA 约 15–24，QLoRA 约 5–10。",
    accumulation: () =>
      "梯度累积是省显存的办法，多累积几步并不多占：用小的微批次凑成大批次，梯度都加在同一块缓冲里。例外有两个：全参微调时这块缓冲在前向期间也不释放；FSDP 的 no_sync 累积的是未切分的梯度。",
    "host-memory": () =>
      "“内存要显存的两倍”没有依据：不卸载时只要放得下一份检查点；ZeRO 卸载时每个参数约 16 B × 1.5，单卡 7B 就是 168 GB。加内存只有配合卸载才能解决 OOM。",
  },
  claimsTitle: "常见说法，应当这样理解：",
} satisfies typeof import("../en/vram-lessons.ts").lessons;
