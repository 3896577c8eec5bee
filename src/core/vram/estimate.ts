import type { Sentence } from "#core/refusal";
import type { ModelCatalogue } from "./catalogue.ts";
import { type Components, type Memory, memoryBytes } from "./memory.ts";
import type { VramRequest } from "./request.ts";
import { isTraining } from "./settings.ts";
import { type Settled, settle } from "./settle.ts";

interface Interval {
  readonly lowBytes: number;
  readonly highBytes: number;
}

export interface Estimate extends Memory {
  readonly interval: Interval;
  readonly assumptions: readonly Sentence[];
  readonly warnings: readonly Sentence[];
  readonly settled: Settled;
}

const LONG_SEQUENCE = 65_536;

/**
 * Half-width of the interval as a share: narrow where framework, loss and metric are known, wide where no
 * measurement has checked the formulas (offload, experts, hybrids, borrowed shapes, very long sequences).
 */
function intervalShare({ settings, model, settingsKnown }: Settled): number {
  const { parallel, shape, seq } = settings;
  const unmeasured =
    (parallel?.endsWith("offload") ?? false) ||
    model.kind === "assumed" ||
    shape.linearAttention !== null ||
    (isTraining(settings) && (shape.moe !== null || seq > LONG_SEQUENCE));
  if (unmeasured) return 0.3;
  return settingsKnown ? 0.1 : 0.2;
}

/** What is allocated whatever happens: the interval cannot reach below it. */
const floorBytes = ({ weights, gradients, optimizer }: Components): number => weights + gradients + optimizer;

/** Puts an interval around settled settings' memory. */
function estimateSettled(settled: Settled): Estimate {
  const memory = memoryBytes(settled.settings);
  const share = intervalShare(settled);
  const low = Math.max(memory.peakBytes * (1 - share), floorBytes(memory.components));
  return {
    ...memory,
    interval: { lowBytes: Math.min(low, memory.peakBytes), highBytes: memory.peakBytes * (1 + share) },
    assumptions: settled.assumptions,
    warnings: settled.warnings,
    settled,
  };
}

/**
 * GPU memory of a run, per GPU, in bytes; pure, no input or output.
 *
 * @throws Refusal for an unknown model or card and for settings that contradict each other
 */
export const estimate = (request: VramRequest, catalogue: ModelCatalogue): Estimate =>
  estimateSettled(settle(request, catalogue));
