import type { Sentence } from "#core/refusal";
import type { ModelCatalogue } from "./catalogue.ts";
import { type Interval, intervalOf } from "./interval.ts";
import { type Memory, memoryBytes } from "./memory.ts";
import type { VramRequest } from "./request.ts";
import { type Settled, settle } from "./settle.ts";

export interface Estimate extends Memory {
  readonly interval: Interval;
  readonly assumptions: readonly Sentence[];
  readonly warnings: readonly Sentence[];
  readonly settled: Settled;
}

/**
 * GPU memory of a run, per GPU, in bytes; pure, no input or output.
 *
 * @throws Refusal for an unknown model or card and for settings that contradict each other
 */
export function estimate(request: VramRequest, catalogue: ModelCatalogue): Estimate {
  const settled = settle(request, catalogue);
  const memory = memoryBytes(settled.settings);
  const { assumptions, warnings } = settled;
  return { ...memory, interval: intervalOf(settled, memory), assumptions, warnings, settled };
}
