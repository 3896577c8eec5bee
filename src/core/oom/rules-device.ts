import { SIZE, toGib } from "./quantities.ts";
import { bytes, type Rule, sizes, wholeNumber } from "./rule.ts";
import { tensorGib } from "./tensor-size.ts";

const KV_CACHE: readonly Rule[] = [
  {
    names: "gpu_kv_cache/startup_free",
    pattern:
      /Free memory on device[^(]{0,40}\((\d{1,6}(?:\.\d{1,4})?) ?\/ ?(\d{1,6}(?:\.\d{1,4})?) GiB\) on startup is less than desired GPU memory utilization \([\d.]{1,8}, (\d{1,6}(?:\.\d{1,4})?) GiB/i,
    read: (match) => {
      const [free, total, tried] = [match[1], match[2], match[3]].map(Number);
      if (free === undefined || total === undefined || tried === undefined) return {};
      // Nothing was allocated yet, so what is not free is held by others (or is this process's own context).
      return { free, total, tried, others: Number(Math.max(0, total - free).toFixed(4)) };
    },
    outranks: true,
  },
  {
    names: "gpu_kv_cache/startup_free",
    pattern: /Free memory on device.{0,80}on startup|Error in memory profiling\. Initial free memory/i,
  },
  {
    names: "gpu_kv_cache/max_len",
    pattern: new RegExp(
      `${SIZE} KV cache is needed.{0,60}available KV cache memory \\(?${SIZE}(?:.{0,60}maximum model length is (\\d{1,9}))?`,
      "i",
    ),
    read: (match) => ({ ...sizes("tried", "free")(match), fittingTokens: wholeNumber(match[5]) }),
  },
  {
    names: "gpu_kv_cache/max_len",
    pattern:
      /number of tokens that can be stored in (?:the )?KV cache(?: \((\d{1,9})\))?|KV cache is needed/i,
    read: (match) => ({ fittingTokens: wholeNumber(match[1]) }),
  },
  {
    names: "gpu_kv_cache/no_blocks",
    pattern:
      /No available memory for the cache blocks|No available memory for (?:the )?KV cache|# GPU blocks: 0\b/i,
  },
  { names: "gpu_kv_cache/sampler_warmup", pattern: /warming up (?:the )?sampler/i, outranks: true },
  { names: "gpu_kv_cache/rl_colocate", pattern: /cumem_allocator|CuMemAllocator/, also: [/out of memory/i] },
  {
    names: "gpu_kv_cache/prefill",
    pattern: /Not enough memory to handle \d{1,9} prefill tokens|Prefill out of memory/i,
  },
  { names: "gpu_kv_cache/request_slots", pattern: /alloc_req_slots|Decode out of memory/i },
  {
    names: "gpu_kv_cache/static_fraction",
    pattern:
      /(?:increase|raise|Not enough memory).{0,40}mem[-_]fraction[-_]static|max_total_num_tokens ?= ?-\d|negative value for.{0,12}max_total_num_tokens|profiled.{0,30}tokens.{0,20}-\d/i,
  },
  {
    names: "gpu_kv_cache/static_fraction",
    pattern: /mem[-_]fraction[-_]static/i,
    also: [/out of memory|not enough memory|OOM/i],
    unless: /CUDA out of memory|CUDA error/i,
  },
];

const UNIFIED: readonly Rule[] = [
  {
    names: "unified/request_exceeds_device",
    pattern:
      /metal::malloc\].{0,40}allocate (\d{1,20}) bytes.{0,60}maximum allowed buffer size of (\d{1,20}) bytes/i,
    read: bytes("tried", "total"),
  },
  {
    names: "unified/capacity",
    pattern:
      /metal::malloc|MPS backend out of memory|kIOGPUCommandBufferCallbackErrorOutOfMemory|\[METAL\].{0,80}Insufficient Memory/i,
  },
];

const LIBRARIES: readonly Rule[] = [
  {
    names: "gpu_device/allocator_limit",
    pattern: /can NOT allocate memory block with size larger than 4 ?GB/i,
  },
  {
    names: "gpu_device/model_load",
    pattern: new RegExp(`allocating ${SIZE} on device \\d{1,3}: cudaMalloc failed`, "i"),
    also: [/alloc_tensor_range|load_tensors: |error loading model/i],
    unless: /graph_reserve|compute buffers|ggml_gallocr/i,
    read: sizes("tried"),
  },
  {
    names: "gpu_device/compute_buffer",
    pattern: new RegExp(`allocating ${SIZE} on device \\d{1,3}: cudaMalloc failed`, "i"),
    read: sizes("tried"),
  },
  {
    names: "gpu_device/compute_buffer",
    pattern: /failed to allocate (?:CUDA|ROCm|Vulkan|SYCL|MUSA)\d{0,2} buffer of size (\d{1,20})/i,
    read: bytes("tried"),
  },
  {
    names: "gpu_device/compute_buffer",
    pattern: /ggml_vulkan: Device memory allocation of size (\d{1,20}) failed/i,
    read: bytes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern:
      /Ran out of memory in memory space hbm.{0,40}Used [\d.]{1,12}[KMGT] of (\d{1,9}(?:\.\d{1,4})?)([KMGT]) hbm/i,
    read: (match) => ({ total: toGib(match[1] ?? "", `${match[2] ?? ""}iB`) }),
  },
  { names: "gpu_device/model_load", pattern: /Failed to load model[^.]{0,8}not enough GPU memory/i },
  {
    names: "gpu_device/compute_buffer",
    pattern:
      /failed to allocate compute|unable to allocate \w{1,12} buffer|ErrorOutOfDeviceMemory|cudaMalloc failed: out of memory/i,
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(
      `Cannot allocate ${SIZE} memory on (?:GPU|NPU) \\d{1,3}(?:, ${SIZE} memory has been allocated)?(?: and|,)? ?available memory is only ${SIZE}`,
      "i",
    ),
    read: sizes("tried", "allocated", "free"),
  },
  {
    names: "gpu_device/capacity",
    pattern: /enforce allocating <= available failed, (\d{1,20}) > (\d{1,20})/i,
    read: bytes("tried", "free"),
  },
  {
    names: "gpu_device/capacity",
    pattern: /OOM when allocating tensor (?:with|of) shape ?\[([\d, ]{1,80})\](?: and type (\w{1,12}))?/i,
    unless: /device:CPU:0 by allocator/i,
    read: (match) => ({ tried: tensorGib(match[1] ?? "", match[2]) }),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(
      `(?:Out of memory|RESOURCE.EXHAUSTED:?) ?(?:while trying to allocate|allocating|trying to allocate) ${SIZE}`,
      "i",
    ),
    read: sizes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(`Failed to allocate request for ${SIZE}`, "i"),
    read: sizes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: /failed to alloc(?:ate)? [\d.]{1,12}[KMGT]?i?B? \((\d{1,20}) bytes\) from device/i,
    read: bytes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(`failed to alloc(?:ate)? ${SIZE}.{0,40}CUDA_ERROR_OUT_OF_MEMORY`, "i"),
    read: sizes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(`_bfc\\) ran out of memory trying to allocate ${SIZE}`, "i"),
    read: sizes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(`无法.{0,16}?分配.{0,6}?${SIZE}.{0,40}?${SIZE}.{0,40}?${SIZE}`, "i"),
    also: [/GPU|NPU|显存/i],
    read: sizes("tried", "allocated", "free"),
  },
  {
    names: "gpu_device/capacity",
    pattern: /Failed to allocate memory for requested buffer of size (\d{1,20})/i,
    read: bytes("tried"),
  },
  {
    names: "gpu_device/capacity",
    pattern: new RegExp(
      `Currently allocated ?: ?${SIZE} Requested ?: ?${SIZE} Device limit ?: ?${SIZE}(?: Free \\(according to CUDA\\) ?: ?${SIZE})?`,
      "i",
    ),
    read: sizes("allocated", "tried", "total", "free"),
  },
  { names: "gpu_device/nccl", pattern: /Cuda failure (?:2 )?'out of memory'/i },
  { names: "gpu_device/cublas_alloc", pattern: /CUBLAS_STATUS_(?:ALLOC_FAILED|NOT_INITIALIZED)/i },
  {
    names: "gpu_device/cudnn_alloc",
    pattern: /CUDNN_STATUS_(?:ALLOC_FAILED|INTERNAL_ERROR|NOT_INITIALIZED)|create cudnn handle/i,
  },
  {
    names: "gpu_device/hidden",
    pattern:
      /Unable to find a valid cuDNN algorithm|FIND was unable to find an engine|GET was unable to find an engine/i,
  },
  { names: "gpu_device/auto_batch_zero", pattern: /No executable batch size found/i },
  {
    names: "gpu_device/quant_dispatch",
    pattern: /modules are dispatched on the (?:CPU|disk)|enough GPU RAM to fit the quantized/i,
  },
  {
    names: "gpu_device/bare",
    pattern:
      /\b(?:CUDA|HIP|NPU|XPU|MUSA|MLU)(?: runtime)? error ?(?:\(2\) ?)?:? ?out of memory|\b(?:CUDA|HIP|NPU|XPU|GPU|MUSA|MLU|HPU) ?out of ?memory|CUDA error \d{1,3} at .{0,60}out of memory|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|hipErrorOutOfMemory|UR_RESULT_ERROR_OUT_OF_|OutOfMemoryError: CUDA|ACL_ERROR_RT_MEMORY_ALLOCATION|out of memory error on (?:GPU|NPU)|GPU ?\d{1,2} ?上?出现内存不足|torch\.(?:cuda\.)?OutOfMemoryError|\bCUDA OOM\b|Error Code 2: OutOfMemory|Error out of memory at line \d|\bEL0004\b|rtMalloc.{0,40}fail|failed to allocate memory \[Op:/i,
  },
];

/** Memory of a card or of a unified pool, in the order in which the tests are to be made. */
export const DEVICE_RULES = { KV_CACHE, UNIFIED, LIBRARIES } as const;
