import { SIZE, toGib } from "./quantities.ts";
import { bytes, type Rule, sizes } from "./rule.ts";

const SHARED_MEMORY: readonly Rule[] = [
  {
    names: "shm/nccl_shm",
    pattern:
      /failed to extend \/dev\/shm|posix_fallocate|creating shared memory segment|Call to (?:ftruncate|shm_open|posix_fallocate) failed/i,
  },
  { names: "shm/nccl_shm", pattern: /\bbus error\b/i, also: [/\bNCCL\b/i] },
  {
    names: "shm/dataloader_shm",
    pattern:
      /\bbus error\b|unable to write to file <\/torch_|insufficient shared memory|out of shared memory|shared memory limit|\bSIGBUS\b|exit ?code\)? ?[:=]? ?-7\b|共享内存(?:不足|不够|太小|满|爆)|总线错误|\/dev\/shm.{0,24}(?:full|满|不足|不够|太小|too small)/i,
  },
  {
    names: "shm/semaphore_shm",
    pattern: /Errno 28\b|No space left on device/i,
    also: [/joblib|SimpleQueue|SemLock|\bLock\(|synchronize\.py|\/dev\/shm/i],
    near: 900,
  },
];

const FILES: readonly Rule[] = [
  { names: "fd_limit/ancdata", pattern: /received \d items of ancdata|\bancdata\b/i },
  {
    names: "fd_limit/shm_open",
    pattern: /too many open files|unable to open shared memory obj|Errno 24\b|打开的文件过多|打开文件过多/i,
  },
  { names: "disk/quota", pattern: /Errno 122\b|disk quota exceeded|超出磁盘限额|超过磁盘配额/i },
  {
    names: "disk/full",
    pattern:
      /Errno 28\b|no space left on device|PytorchStreamWriter failed|file write failed|磁盘空间不足|磁盘(?:已|写|爆)?满|硬盘(?:已|写)?满|设备上没有空间/i,
  },
];

const PINNED: readonly Rule[] = [
  {
    names: "pinned_host/pin_warning",
    pattern: new RegExp(`failed to allocate ${SIZE} of pinned memory`, "i"),
    unless: /cudaMalloc failed|failed to allocate compute|unable to allocate .{0,12}buffer/i,
    read: sizes("tried"),
  },
  {
    names: "pinned_host/wsl_pin",
    pattern:
      /pin_memory\(|pin_memory\.py|_pin_memory_loop|in pin_memory\b|cudaHost(?:Alloc|Register)|pinned (?:host )?memory|page-locked|锁页内存/i,
    also: [/out of memory|oom|memory.{0,20}fail|fail.{0,40}memory|不足/i],
    unless: /Tried to allocate|ancdata|too many open/i,
  },
  {
    names: "pinned_host/wsl_pin",
    pattern: /CUDA error: out of memory/i,
    also: [/offload/i, /\bWSL|\/mnt\/[c-z]\//i],
    near: 4_000,
    unless: /Tried to allocate/i,
  },
];

const LOADING =
  /Loading checkpoint shards|Loading weights|load(?:ing)? (?:the )?(?:model|checkpoint|weights)|Initializing (?:language|model)|from_pretrained|_ckpt\/|加载模型|加载权重|模型加载/i;
const OFFLOAD = /offload|CPU ?Adam/i;
const SIGKILL =
  /exit ?code:? ?\)?[:=(]? ?-9\b|return(?:s|ed)? ?code ?[:=]? ?-9\b|exit(?:s|ed)?(?: with)?(?: status| code| return code| exit code)? ?[:=]? ?-9\b|\bSIGKILL\b|signal 9\b|signal: killed|信号 ?9\b|退出码 ?[:=]? ?-9\b|返回码 ?[:=]? ?-9\b|(?:返回|报错?|报了?|错误码?|code) ?-9\b/;

const HOST: readonly Rule[] = [
  {
    names: "host_ram/slurm",
    pattern:
      /Detected \d{1,6} oom[-_ ]kill|slurmstepd.{0,120}(?:oom|memory limit)|\bOUT_OF_ME(?:MORY|\+)|task \d{1,6}: Out Of Memory|Exceeded (?:job|step) memory limit|TERM_MEMLIMIT|killed by the cgroup out-of-memory handler/,
  },
  {
    names: "host_ram/kernel_oom",
    pattern:
      /oom-kill:|Out of memory: Kill(?:ed)? process|invoked oom-killer|Memory cgroup out of memory|Killed process \d{1,9}|oom_reaper|systemd-oomd|\bearlyoom\b/i,
  },
  { names: "host_ram/oomkilled", pattern: /OOM ?Killed\b/i },
  {
    names: "host_ram/evicted",
    pattern: /low on resource: memory|\bEvicted\b.{0,80}memory|memory.{0,80}\bEvicted\b/i,
  },
  {
    names: "host_ram/colab",
    pattern:
      /us(?:ed|ing) (?:up )?all (?:the )?available RAM|notebook tried to allocate more memory than is available|crashed for an unknown reason.{0,60}RAM|已使用完?所有可用的? ?RAM|用完了?所有可用的? ?RAM/i,
  },
  {
    names: "host_ram/ray",
    pattern:
      /due to memory pressure|ray\.exceptions\.OutOfMemory|node running low on memory|memory usage threshold/i,
  },
  {
    names: "host_ram/ollama",
    pattern: new RegExp(String.raw`more system memory \(?${SIZE}\)? than is available \(?${SIZE}`, "i"),
    read: sizes("tried", "free"),
  },
  { names: "host_ram/ollama", pattern: /requires more system memory/i },
  {
    names: "host_ram/pagefile",
    pattern:
      /WinError 1455|os error 1455|WinError 1450|WinError 8\]|pag(?:ing|e) files? (?:is|are|that are|was) too small|页面文件太小|頁面文件太小|分页文件太小/i,
  },
  {
    names: "host_ram/cpu_alloc",
    pattern: /DefaultCPUAllocator.{0,100}?(?:allocate|分配) (\d{1,20}) ?(?:bytes|字节)/i,
    read: bytes("tried"),
  },
  {
    names: "host_ram/cpu_alloc",
    pattern: /failed to allocate (?:CPU )?buffer of size (\d{1,20})|Fail to alloc memory of (\d{1,20}) size/i,
    unless: /cudaMalloc failed/i,
    read: (match) => ({ tried: toGib(match[1] ?? match[2] ?? "", "bytes") }),
  },
  {
    names: "host_ram/cpu_alloc",
    pattern: new RegExp(`not enough memory: you tried to allocate ${SIZE}`, "i"),
    read: sizes("tried"),
  },
  {
    names: "host_ram/cpu_alloc",
    pattern:
      /DefaultCPUAllocator|alloc_cpu\.cpp|CPUAllocator\.cpp|std::bad_alloc|device:CPU:0 by allocator|THGeneral\.c/i,
  },
  {
    names: "host_ram/numpy",
    pattern: new RegExp(`Unable to allocate (?:array with shape .{0,80})?${SIZE} for an array`, "i"),
    read: sizes("tried"),
  },
  {
    names: "host_ram/numpy",
    pattern: /Unable to allocate (?:an )?array|numpy.{0,40}MemoryError|\bMemoryError\b/,
    // Paddle heads its message with Python's class, whichever memory it was.
    unless: /out of memory error on GPU|CUDA out of memory|CUDA error/i,
  },
  {
    names: "host_ram/fork",
    pattern: /Errno 12\b|(?:Cannot|can't) allocate memory|无法分配内存/i,
    unless: /Cannot allocate memory on (?:GPU|NPU)/i,
  },
  {
    names: "host_ram/exit137",
    pattern: /(?:exit|exited|status|code|退出码|返回码|状态码|错误码)[^\d\n]{0,16}137\b|\(137\)/i,
    confidence: "medium",
  },
  { names: "host_ram/sigkill_offload", pattern: SIGKILL, also: [OFFLOAD], confidence: "medium" },
  { names: "host_ram/sigkill_load", pattern: SIGKILL, also: [LOADING], confidence: "medium" },
  { names: "host_ram/sigkill", pattern: SIGKILL, confidence: "medium" },
  {
    names: "host_ram/killed",
    pattern:
      /killed by signal: Killed|(?<!\d)\d{1,9} Killed {1,40}|^zsh: killed\b|^Killed: 9\b|it\/s\] ?(?:Killed|已杀死)|\d ?s ?(?:Killed|已杀死)\b|^[^\p{L}\p{N}\n]{0,12}(?:Killed|已杀死)[^\p{L}\p{N}\n]{0,12}$/mu,
    lines: true,
    confidence: "medium",
  },
  {
    names: "host_ram/sigkill_offload",
    pattern: /CPU Virtual Memory/i,
    also: [/error|problem|fail|crash|occur/i],
    confidence: "medium",
  },
  {
    names: "host_ram/sigkill",
    pattern: /\b(?:CPU|system|host) (?:RAM |memory )?OOM\b|\bRAM OOM\b/i,
    unless: /GPU RAM OOM/i,
    confidence: "medium",
  },
];

/** Memory of the machine rather than of a card, in the order in which the tests are to be made. */
export const HOST_RULES = { SHARED_MEMORY, FILES, PINNED, HOST } as const;
