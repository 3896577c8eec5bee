import { idleCache, shortfall } from "./arithmetic.ts";
import type { Examination } from "./examination.ts";
import type { Fix, FixId, Remedies } from "./remedies.ts";
import { readSetting, type Setting } from "./setting.ts";

/** What the text shows to be done already, or to be out of place. */
const isSpent = (id: FixId, setting: Setting): boolean => {
  switch (id) {
    case "micro-batch":
      return setting.microBatchIsOne;
    case "checkpointing":
      return setting.checkpointing;
    case "flash-attention":
      return setting.flashAttention;
    case "lora":
    case "small-optimizer":
      return setting.adapters;
    case "quantised-base":
      return setting.quantised;
    case "shard":
      return setting.sharded;
    default:
      return false;
  }
};

/** Cases whose cause stands in the model and its batch: what to turn depends on whether it trains or serves. */
const BY_BUDGET: ReadonlySet<string> = new Set([
  "gpu_device/capacity",
  "gpu_device/large_request",
  "gpu_device/bare",
  "gpu_device/loss_logits",
  "gpu_device/cuda_graph_pool",
]);
const TRAINING_ONLY: ReadonlySet<FixId> = new Set([
  "micro-batch",
  "checkpointing",
  "fused-loss",
  "lora",
  "small-optimizer",
  "shard",
]);
const FOR_SERVING: readonly FixId[] = ["server-budget", "cap-length", "smaller-model"];

/** Puts the fixes of a server in, or takes them out, by what the text says is done with the model. */
const fitWork = (names: string, listed: readonly FixId[], work: Setting["work"]): readonly FixId[] => {
  if (work === "training" && names.startsWith("gpu_device/"))
    return listed.filter((id) => id !== "server-budget");
  if (work !== "serving") return listed;
  const rest = listed.filter((id) => !TRAINING_ONLY.has(id));
  return BY_BUDGET.has(names) ? [...FOR_SERVING, ...rest.filter((id) => !FOR_SERVING.includes(id))] : rest;
};

const MAX_FIXES = 5;

/** The fixes for a case, the most useful first; what the text rules out is left out. */
export const orderFixes = (examined: Examination, remedies: Remedies): readonly Fix[] => {
  const setting = readSetting(examined.text);
  const listed = remedies.cases[examined.names].fixes;
  const fitting = fitWork(examined.names, listed, setting.work);
  const idle = idleCache(examined.figures) ?? 0;
  const gap = shortfall(examined.figures);
  // In one piece the idle cache would have covered the request, so this comes first unless a phase names a better one.
  const withSegments: readonly FixId[] =
    examined.fragmented && idle > (gap ?? 0) && !fitting.includes("expandable-segments")
      ? [...fitting.slice(0, 1), "expandable-segments", ...fitting.slice(1)]
      : fitting;
  const open = withSegments.filter((id) => !isSpent(id, setting));
  const ids = open.length > 0 ? open : listed;
  return ids.slice(0, MAX_FIXES).flatMap((id) => remedies.fixes.find((fix) => fix.id === id) ?? []);
};

/** How a fix is written in the trainer that the text names; null where that is not known. */
export const snippetFor = (fix: Fix, text: string): string | null => {
  const { stack } = readSetting(text);
  return (stack && fix.snippets?.[stack]) ?? null;
};
