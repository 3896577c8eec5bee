import { companionsIn } from "./companions.ts";
import type { Memory } from "./memory.ts";
import { isTraining, type Settings } from "./settings.ts";
import type { Settled } from "./settle.ts";
import { documentedStates } from "./sharding.ts";

export interface Interval {
  readonly lowBytes: number;
  readonly highBytes: number;
}

const LONG_SEQUENCE = 65_536;

const sharedSchemes = new Set(["fsdp", "fsdp-offload", "zero2-offload", "zero3-offload", "tp", "pp"]);
const unmeasuredOptimizers = new Set([
  "muon",
  "galore",
  "lomo",
  "adalomo",
  "lisa",
  "badam",
  "adafactor",
  "lion",
]);

/**
 * Whether no published run checks these settings: several GPUs beyond ZeRO, experts in training, preference and
 * reinforcement learning, optimizers that nobody published figures for, offload, hybrids, freeze-tuning.
 */
export function isUnmeasured(settings: Settings): boolean {
  const { parallel, shape, task, optimizer, dora, seq, method } = settings;
  if (shape.linearAttention !== null) return true;
  if (!isTraining(settings)) return settings.gpus > 1 && parallel === "tp";
  return (
    (parallel !== null && sharedSchemes.has(parallel)) ||
    unmeasuredOptimizers.has(optimizer) ||
    companionsIn(settings).rollout ||
    task !== "sft" ||
    dora ||
    method === "freeze" ||
    shape.moe !== null ||
    seq > LONG_SEQUENCE
  );
}

/**
 * Half-width of the interval as a share. On runs that had no say in any constant, 90 % and more of the measured figures
 * lie inside (npm run vram:report).
 */
function shareOf({ settings, model, settingsKnown }: Settled): number {
  if (model.kind === "assumed" || isUnmeasured(settings)) return 0.3;
  if (isTraining(settings) && settings.packing === false && settings.metric !== "allocated") return 0.3;
  return settingsKnown ? 0.1 : 0.2;
}

/** An engine or a server that reads the prompt in pieces stays at weights and cache. */
const steadyShare = 0.97;

/** The range around an estimate in which a measured run is expected. */
export function intervalOf(settled: Settled, memory: Memory): Interval {
  const { settings } = settled;
  const { components, peakBytes, steadyBytes } = memory;
  const share = shareOf(settled);
  const { weights, gradients, optimizer, activations, logits } = components;
  // What is allocated whatever happens.
  const floor = weights + gradients + optimizer;
  const narrow = Math.max(peakBytes * (1 - share), floor);
  const low = isTraining(settings) ? narrow : Math.min(narrow, steadyBytes * steadyShare);
  const documented = documentedStates(settings);
  const high = Math.max(peakBytes * (1 + share), documented === null ? 0 : documented + activations + logits);
  return { lowBytes: Math.min(low, peakBytes), highBytes: high };
}
