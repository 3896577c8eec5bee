import { isTraining, type Settings } from "./settings.ts";

/** From the bytes of live tensors to what a gauge shows. */
export interface Gauge {
  /** CUDA context, kernels, cuBLAS workspaces, rounding: bytes whatever runs. */
  readonly add: number;
  /** Share by which activations and temporaries fragment; weights and states do not. */
  readonly fragments: number;
  /** The same for logits, the largest single blocks. */
  readonly logitFragments: number;
}

const GIB = 2 ** 30;

/**
 * What context and fragmentation add under a metric.
 *
 * The constants for training were chosen over QwenLM/Qwen (7B, 14B), hiyouga/LLaMA-Factory and Anassbzdd/fitcheck, where
 * both gauges are given: nvidia-smi stands 0.14 GiB above reserved on a T4, reserved 2 to 12 % above allocated. Those for
 * inference are from THUDM/ChatGLM2-6B and the driver's own context of 0.3 to 0.7 GiB.
 *
 * @returns bytes and a share of the short-lived bytes
 * @see PyTorch docs, CUDA semantics, memory management
 * @example 16 GiB of weights and 4 GiB of activations in training show as 16 + 4 · 1.06 + 0.5 = 20.7 GiB in nvidia-smi
 */
export function gaugeOf(settings: Settings): Gauge {
  const { metric } = settings;
  if (metric === "allocated")
    return { add: isTraining(settings) ? 0 : WORKSPACE, fragments: 0, logitFragments: 0 };
  const varied = isTraining(settings) && settings.packing === false;
  const shares = { fragments: PADDED, logitFragments: varied ? VARIED : PADDED };
  if (metric === "reserved") return { add: 0.15 * GIB, ...shares };
  return { add: (isTraining(settings) ? 0.5 : 0.6) * GIB, ...shares };
}

/**
 * What cuBLAS allots itself through PyTorch's allocator: 8 MiB, on Hopper 32; in between, since no card is asked for.
 *
 * @see PyTorch docs, CUDA semantics, cuBLAS workspaces; QwenLM/Qwen3 speed_benchmark.md: 31 to 48 MiB above weights and
 *   cache at every length from 0.6B to 32B
 */
const WORKSPACE = 0.02 * GIB;

/** Where every batch has the same shape. */
const PADDED = 0.06;
/**
 * Where lengths vary the allocator keeps blocks of every size it has met. Fitted to one source, modelscope/ms-swift
 * docs/source_en/LLM/Benchmark.md: max_memory_reserved stands 1.8 to 3 times the logits above the rest.
 */
const VARIED = 1.3;

/**
 * A cache that is joined anew at every generated token leaves its old blocks behind: reserved memory holds it twice.
 *
 * @see QwenLM/Qwen README.md, KV cache tables: 7B in bf16, 8192 tokens generated: 14.4 + 2 · 4.0 + 0.6 = 23.0, printed 23.2
 */
export const holdsCacheTwice = ({ metric, framework, genTokens, method }: Settings): boolean =>
  method === "inference" &&
  metric !== "allocated" &&
  genTokens > 0 &&
  (framework === "hf" || framework === "transformers");
