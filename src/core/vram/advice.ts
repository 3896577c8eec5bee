import { gib } from "./bytes.ts";
import { conflictsIn } from "./conflicts.ts";
import { type Card, verdictFor } from "./gpus.ts";
import { memoryBytes } from "./memory.ts";
import { hasAdapters, isTraining, type Settings } from "./settings.ts";
import { isQuantised } from "./weights.ts";

export type ChangeId =
  | "fused-loss"
  | "flash-attention"
  | "checkpointing"
  | "micro-batch"
  | "small-optimizer"
  | "lora"
  | "qlora"
  | "offload-checkpoints"
  | "zero2"
  | "zero3"
  | "cpu-offload"
  | "half-length"
  | "half-rank"
  | "quantised-weights"
  | "small-cache"
  | "half-batch"
  | "more-gpus";

export interface Advice {
  readonly id: ChangeId;
  readonly savesBytes: number;
  /** Per node, where the change moves something to host memory. */
  readonly hostRamBytes: number | null;
}

/** What a change makes of the settings, or null where it is already on or has no meaning. */
type Change = (settings: Settings) => Partial<Settings> | null;

const training =
  (change: Change): Change =>
  (settings) =>
    isTraining(settings) ? change(settings) : null;
const inference =
  (change: Change): Change =>
  (settings) =>
    isTraining(settings) ? null : change(settings);

const unsharded = ({ gpus, parallel }: Settings): boolean =>
  gpus > 1 && (parallel === null || parallel === "ddp");

/** Cheapest first. */
const changes: readonly (readonly [ChangeId, Change])[] = [
  ["fused-loss", training(({ ce }) => (ce === "fused" ? null : { ce: "fused" }))],
  ["flash-attention", training(({ flashAttention }) => (flashAttention ? null : { flashAttention: true }))],
  [
    "checkpointing",
    training(({ checkpointing }) =>
      checkpointing === false || checkpointing === "selective" ? { checkpointing: true } : null,
    ),
  ],
  [
    "micro-batch",
    training(({ batch, accumulation }) =>
      batch === 1 ? null : { batch: 1, accumulation: accumulation * batch },
    ),
  ],
  [
    "small-optimizer",
    training(({ optimizer }) =>
      optimizer === "adamw" || optimizer === "adamw-bf16" || optimizer === "lion" || optimizer === "muon"
        ? { optimizer: "adamw-8bit" }
        : null,
    ),
  ],
  ["lora", training(({ method }) => (method === "full" || method === "freeze" ? { method: "lora" } : null))],
  [
    "qlora",
    training(({ method, weightsDtype }) =>
      method === "qlora" && weightsDtype !== "nf4" && weightsDtype !== "int8"
        ? null
        : { method: "qlora", weightsDtype: "nf4-dq" },
    ),
  ],
  [
    "offload-checkpoints",
    training(({ checkpointing }) => (checkpointing === true ? { checkpointing: "unsloth-offload" } : null)),
  ],
  ["zero2", training((settings) => (unsharded(settings) ? { parallel: "zero2" } : null))],
  [
    "zero3",
    training((settings) =>
      unsharded(settings) || settings.parallel === "zero1" || settings.parallel === "zero2"
        ? { parallel: "zero3" }
        : null,
    ),
  ],
  [
    "cpu-offload",
    training(({ parallel, weightsDtype }) =>
      isQuantised(weightsDtype) ||
      (parallel?.endsWith("offload") ?? false) ||
      parallel === "tp" ||
      parallel === "pp"
        ? null
        : { parallel: "zero3-offload" },
    ),
  ],
  [
    "quantised-weights",
    inference(({ weightsDtype }) => (weightsDtype.includes("4") ? null : { weightsDtype: "awq-int4" })),
  ],
  ["small-cache", inference(({ kvDtype }) => (kvDtype === "bf16" ? { kvDtype: "int8" } : null))],
  ["half-batch", inference(({ batch }) => (batch === 1 ? null : { batch: Math.floor(batch / 2) }))],
  [
    "half-length",
    ({ seq, genTokens }) =>
      seq < 128 ? null : { seq: Math.floor(seq / 2), genTokens: Math.floor(genTokens / 2) },
  ],
  [
    "half-rank",
    training((settings) =>
      hasAdapters(settings) && settings.loraRank > 1 ? { loraRank: Math.floor(settings.loraRank / 2) } : null,
    ),
  ],
  [
    "more-gpus",
    inference(({ gpus, parallel }) => (parallel === "pp" ? null : { gpus: gpus * 2, parallel: "tp" })),
  ],
];

/** A change that saves less than this share of the peak is not worth its line. */
const LEAST_SHARE = 0.01;

/** What each change saves on its own, cheapest change first; those that save under 1 % are left out. */
export function adviceFor(settings: Settings): Advice[] {
  const { peakBytes } = memoryBytes(settings);
  return changes.flatMap(([id, change]) => {
    const partial = change(settings);
    if (partial === null) return [];
    const changed = { ...settings, ...partial };
    if (conflictsIn(changed).refusal !== null) return [];
    const memory = memoryBytes(changed);
    const savesBytes = peakBytes - memory.peakBytes;
    if (savesBytes < peakBytes * LEAST_SHARE) return [];
    return [{ id, savesBytes, hostRamBytes: memory.hostRamBytes }];
  });
}

/** Applies changes in their order; null where one is already on, contradicts the rest or saves under 1 %. */
function applied(settings: Settings, id: ChangeId): Settings | null {
  const change = changes.find(([known]) => known === id)?.[1];
  const partial = change?.(settings) ?? null;
  if (partial === null) return null;
  const changed = { ...settings, ...partial };
  if (conflictsIn(changed).refusal !== null) return null;
  const before = memoryBytes(settings).peakBytes;
  return before - memoryBytes(changed).peakBytes < before * LEAST_SHARE ? null : changed;
}

/** Settings after all of the changes that can be made. */
const afterAll = (settings: Settings, ids: readonly ChangeId[]): Settings =>
  ids.reduce((current, id) => applied(current, id) ?? current, settings);

/**
 * The first set of changes that fits a card: taken in order of cost one after the other until it fits, then without
 * those that turn out not to be needed.
 *
 * @returns the changes and the peak they lead to, or null where all of them together do not fit
 */
export function firstCombination(
  settings: Settings,
  card: Card,
): { readonly ids: readonly ChangeId[]; readonly peakBytes: number } | null {
  const fits = (candidate: Settings): boolean =>
    verdictFor(gib(memoryBytes(candidate).peakBytes), card.gib) === "fits";
  let current = settings;
  let ids: ChangeId[] = [];
  for (const [id] of changes) {
    const changed = applied(current, id);
    if (changed === null) continue;
    current = changed;
    ids.push(id);
    if (fits(current)) break;
  }
  if (!fits(current)) return null;
  // The dearest change is the one that made it fit; an earlier one may have become superfluous.
  for (const id of [...ids]) {
    const without = ids.filter((other) => other !== id);
    if (fits(afterAll(settings, without))) ids = without;
  }
  return { ids, peakBytes: memoryBytes(afterAll(settings, ids)).peakBytes };
}
