/** What each part of the memory is, and what the study document says of memory, put right. */
export const lessons = {
  component: {
    weights: "weights (with adapters)",
    gradients: "gradients",
    optimizer: "optimizer states",
    activations: "activations",
    logits: "logits and loss",
    kvCache: "KV cache",
    overhead: "buffers, context, fragmentation",
  },
  lesson: {
    weights:
      "The model itself: parameters × the bytes of their dtype. Quantisation reaches the linear layers; embedding, head and norms stay in 16 bit, or fp32 where PEFT prepares the model for QLoRA. Adapters and frozen companions (a reference, a reward model) count here too. (arXiv:2305.14314)",
    gradients:
      "One number for each trained parameter, from the backward pass to the optimizer's step. Frozen weights have none: that is most of what LoRA saves. (arXiv:1910.02054)",
    optimizer:
      "AdamW keeps two moments for each trained parameter, and an fp32 master copy where the weights are 16 bit: 12 bytes beside weight and gradient, 16 in all. (arXiv:1910.02054, section 3.1)",
    activations:
      "What the forward pass keeps for the backward pass, linear in batch × length. Checkpointing keeps one input per layer and computes the rest again; without FlashAttention the square of the length comes on top. (arXiv:2205.05198)",
    logits:
      "A number for each token and each entry of the vocabulary, in several copies while the loss is computed: 2 GiB per 1,000 tokens at a vocabulary of 152k in fp32. A fused loss holds a slice at a time.",
    kvCache:
      "Keys and values of every token so far: 2 × layers × key-value heads × head width. GQA, MLA and sliding windows shrink it; taking the hidden size instead is the usual mistake, up to 8 times too much. (arXiv:2305.13245)",
    overhead:
      "What belongs to none of your tensors: CUDA context and kernels, workspaces, fragments in the allocator, communication buckets, gathered layers, matrices turned back to 16 bit.",
  },
  lessonTitle: (component: string, model: string): string => `Explained, ${component}: ${model}`,
  lessonHere: (component: string, formula: string, result: string): string =>
    `Here, ${component}: ${formula} → ${result}.`,
  lessonNone: (component: string): string => `At the peak of this run nothing goes to ${component}.`,
  lessonShare: (share: number, peak: string): string => `That is ${share} % of the peak of ${peak} GiB.`,
  claims: {
    "full-precision": (gib: string): string =>
      `“7B in full precision takes 26.08 GB”: the unit is GiB. 7.0e9 × 4 B = 26.08 GiB = 28.0 GB, and that is the weights alone; in fp32 this model's are ${gib} GiB.`,
    "half-precision": (): string =>
      "“About 14 GB in half precision” only loads 7e9 parameters (14.0 GB = 13.04 GiB). Training them takes more: full AdamW about 104 GiB and activations, pure bf16 about 52, LoRA about 15–24, QLoRA about 5–10.",
    accumulation: (): string =>
      "Gradient accumulation saves memory, it does not cost any per step: small micro-batches stand in for a large batch and add up in the one gradient buffer. Two exceptions: a full fine-tune keeps that buffer through the forward pass, and FSDP's no_sync accumulates unsharded gradients.",
    "host-memory": (): string =>
      "“Host memory twice the VRAM” has no basis: without offload it is one copy of the checkpoint, with ZeRO offload 16 B × 1.5 for each parameter, 168 GB for 7B on one GPU. More host memory cures an OOM only together with offload.",
  },
  claimsTitle: "What one reads, put right:",
};
