/** Which memory ran out; `none` is no memory problem, `unknown` is a text that does not say. */
export type MemoryKind =
  | "gpu_device"
  | "gpu_kv_cache"
  | "host_ram"
  | "pinned_host"
  | "shm"
  | "unified"
  | "fd_limit"
  | "disk"
  | "none"
  | "unknown";

/** Every cause that a diagnosis can name, as `kind/subkind`; the remedies hold one entry for each. */
export const CASES = [
  "gpu_device/capacity",
  "gpu_device/fragmentation",
  "gpu_device/other_process",
  "gpu_device/request_exceeds_device",
  "gpu_device/large_request",
  "gpu_device/free_exceeds_request",
  "gpu_device/allocator_limit",
  "gpu_device/sysmem_fallback",
  "gpu_device/cuda_graph_pool",
  "gpu_device/tiny_request",
  "gpu_device/bare",
  "gpu_device/hidden",
  "gpu_device/model_load",
  "gpu_device/optimizer_lazy",
  "gpu_device/long_sequence",
  "gpu_device/loss_logits",
  "gpu_device/eval_logits",
  "gpu_device/checkpoint_save",
  "gpu_device/checkpoint_resume",
  "gpu_device/leak",
  "gpu_device/auto_batch_zero",
  "gpu_device/quant_dispatch",
  "gpu_device/cublas_alloc",
  "gpu_device/cudnn_alloc",
  "gpu_device/nccl",
  "gpu_device/compute_buffer",
  "gpu_kv_cache/no_blocks",
  "gpu_kv_cache/max_len",
  "gpu_kv_cache/startup_free",
  "gpu_kv_cache/static_fraction",
  "gpu_kv_cache/request_slots",
  "gpu_kv_cache/prefill",
  "gpu_kv_cache/sampler_warmup",
  "gpu_kv_cache/rl_colocate",
  "unified/capacity",
  "unified/other_process",
  "unified/request_exceeds_device",
  "host_ram/kernel_oom",
  "host_ram/killed",
  "host_ram/exit137",
  "host_ram/oomkilled",
  "host_ram/evicted",
  "host_ram/slurm",
  "host_ram/ray",
  "host_ram/colab",
  "host_ram/sigkill",
  "host_ram/sigkill_load",
  "host_ram/sigkill_offload",
  "host_ram/cpu_alloc",
  "host_ram/numpy",
  "host_ram/fork",
  "host_ram/pagefile",
  "host_ram/ollama",
  "host_ram/leak",
  "host_ram/eval_logits",
  "pinned_host/wsl_pin",
  "pinned_host/pin_warning",
  "shm/dataloader_shm",
  "shm/nccl_shm",
  "shm/semaphore_shm",
  "fd_limit/ancdata",
  "fd_limit/shm_open",
  "disk/full",
  "disk/quota",
  "none/illegal_access",
  "none/device_assert",
  "none/driver",
  "none/nccl_timeout",
  "none/nccl_other",
  "none/triton_smem",
  "none/allocator_conf",
  "none/hardware",
  "none/nan",
  "none/js_heap",
  "none/io_buffer",
  "none/segfault",
  "none/exit_other",
  "none/other_error",
  "unknown/unknown",
] as const;

export type CaseId = (typeof CASES)[number];

/** `high`: numbers or a phrase that only one cause prints; `medium`: a bare kill; `low`: words of a person. */
export type Confidence = "high" | "medium" | "low";

/** What the text states, in GiB (2^30 bytes); null where it does not say, 0 where it says 0. */
export interface Figures {
  readonly tried: number | null;
  readonly total: number | null;
  readonly allocated: number | null;
  readonly reserved: number | null;
  readonly free: number | null;
  /** Held by others: as stated, or total − free − own where that is too much for this process's own context. */
  readonly others: number | null;
  readonly privatePools: number | null;
  /** All that this process holds beside others, where the message says it or one listed process must be it. */
  readonly own: number | null;
  /** A cap on this process that is lower than the card. */
  readonly allowed: number | null;
  readonly device: number | null;
  /** The longest context that the server itself says would fit, in tokens. */
  readonly fittingTokens: number | null;
}

export const NO_FIGURES: Figures = {
  tried: null,
  total: null,
  allocated: null,
  reserved: null,
  free: null,
  others: null,
  privatePools: null,
  own: null,
  allowed: null,
  device: null,
  fittingTokens: null,
};

/** A stretch of a text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
