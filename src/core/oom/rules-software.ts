import type { Rule } from "./rule.ts";

const MEMORY_WORDS =
  /out of memory|oom|killed|sigkill(?!_)|显存|内存不足|爆|alloc_failed|unable to allocate|no space left|bus error|shared memory/i;
/** The ranks that were left waiting, or the device after the failure. */
const BARE_BEFORE = /CUDA error: out of memory|CUDA out of memory|Cuda failure (?:2 )?'out of memory'/i;
const SHM_CREATION =
  /creating shared memory segment|failed to extend \/dev\/shm|posix_fallocate|insufficient shared memory|out of shared memory/i;

/** Errors that read like a lack of memory, or are taken for one, and are none. */
export const NOT_MEMORY: readonly Rule[] = [
  { names: "none/triton_smem", pattern: /out of resources?: shared memory/i },
  { names: "none/allocator_conf", pattern: /INTERNAL ASSERT FAILED.{0,200}CachingAllocator/i },
  { names: "none/allocator_conf", pattern: /CachingAllocator\.cpp.{0,200}INTERNAL ASSERT/i },
  { names: "none/allocator_conf", pattern: /Unrecognized (?:CachingAllocator option|key .{0,40}allocator)/i },
  {
    names: "none/js_heap",
    pattern:
      /JavaScript heap out of memory|Reached heap limit|java\.lang\.OutOfMemoryError|GC overhead limit exceeded/i,
  },
  { names: "none/io_buffer", pattern: /not enough space: expected \d{1,20}, got \d{1,20}/i },
  {
    names: "none/hardware",
    pattern:
      /uncorrectable (?:NVLink |volatile )?ECC|Unable to determine the device handle|fallen off the bus|GPU is lost|UR_RESULT_ERROR_DEVICE_LOST|device lost/i,
  },
  // The driver's own spelling: three letters and a figure in any case also stand in noise.
  { names: "none/hardware", pattern: /NVRM: Xid|\bXid(?: error)?[ :]{0,2}\(?(?:PCI|\d{1,3}\b)/ },
  {
    names: "none/illegal_access",
    pattern:
      /illegal memory access|CUDA_ERROR_ILLEGAL_ADDRESS|misaligned address|Memory access fault by GPU/i,
  },
  {
    names: "none/device_assert",
    pattern:
      /device-side assert triggered|srcIndex < srcSelectDimSize|cudaErrorAssert\b|block: \[\d{1,9},\d{1,9},\d{1,9}\], thread: \[.{0,40}Assertion/i,
  },
  {
    names: "none/driver",
    pattern:
      /no kernel image is available|driver on your system is too old|driver version is insufficient|CUDA-capable device|Found no NVIDIA driver|Failed to initialize NVML|CUDA initialization: |CUDA unknown error/i,
  },
  {
    names: "none/nccl_timeout",
    pattern:
      /Watchdog caught collective|NCCL (?:operation )?time(?:d )?out|collective operation timeout|NCCL.{0,6}超时/i,
    unless: BARE_BEFORE,
  },
  {
    names: "none/nccl_other",
    pattern: /ncclRemoteError/i,
    // The other end is gone; where the launcher says that it was killed, that is the cause.
    unless: new RegExp(`SIGKILL|exit ?code:? -9|return code ?=? -9|${BARE_BEFORE.source}`, "i"),
  },
  {
    names: "none/nccl_other",
    pattern:
      /ncclUnhandledCudaError|ncclInternalError|ncclInvalidUsage|ncclSystemError|unhandled (?:cuda|system) error|Cuda failure (?:\d{1,3} )?'|NCCL communication aborted|while attaching to shared memory segment|\bNCCL error\b/i,
    unless: new RegExp(`${SHM_CREATION.source}|${BARE_BEFORE.source}|bus error`, "i"),
  },
];

/** Endings that say little: named only where the text has no word of memory. */
export const BARE_ENDINGS: readonly Rule[] = [
  {
    names: "none/nan",
    pattern:
      /\bloss\b["' ]{0,3}(?:is|=|:|became|becomes|变成|为|是)? ?["']?nan\b|\bnan loss|loss.{0,8}?(?:变成|为|是|变为|成了?|出现了?|会出现) ?nan/i,
    unless: /out of memory|oom|killed|爆|溢出/i,
  },
  {
    names: "none/segfault",
    pattern:
      /segmentation fault|段错误|\bSIGSEGV\b|exit ?code\)? ?[:=]? ?-?11\b|return code ?=? ?-11\b|signal 11\b/i,
    unless: MEMORY_WORDS,
  },
  {
    names: "none/exit_other",
    pattern:
      /exit ?code\)? ?[:=]? ?(?:-6|1)\b|(?:return|exit) code ?[:=]? ?(?:-6|1)\b|status code 1\b|\bSIGABRT\b|核心已转储|core dumped/i,
    unless: MEMORY_WORDS,
  },
  {
    names: "none/other_error",
    pattern:
      /\b(?:ImportError|ModuleNotFoundError|KeyError|AttributeError|TypeError|IndexError|NameError|SyntaxError|FileNotFoundError|PermissionError|JSONDecodeError|UnicodeDecodeError|NotImplementedError|ConnectionError|ValidationError)\b|Address already in use|expected scalar type|size mismatch for|Torch not compiled with CUDA|invalid device ordinal|INTERNAL ASSERT FAILED/,
    unless: new RegExp(`${MEMORY_WORDS.source}|memory|\\bram\\b|内存|崩|卡死`, "i"),
    confidence: "medium",
  },
];
