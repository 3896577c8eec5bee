import { idleCache, shortfall } from "./arithmetic.ts";
import type { Finding } from "./finding.ts";
import type { Fix, FixId } from "./fixes.ts";
import type { Plan } from "./plan.ts";
import type { Remedies } from "./remedies.ts";
import type { Flag, Setting } from "./setting.ts";
import type { Stack } from "./trainers.ts";

/** What a flag of the text makes superfluous. */
const SPENT: Readonly<Partial<Record<Flag, readonly FixId[]>>> = {
  microBatchIsOne: ["micro-batch"],
  checkpointing: ["checkpointing"],
  flashAttention: ["flash-attention"],
  adapters: ["lora", "small-optimizer"],
  quantised: ["quantised-base"],
  sharded: ["shard"],
  offload: ["cpu-offload"],
  fusedLoss: ["fused-loss"],
  smallOptimizer: ["small-optimizer"],
};

/** Trainers that checkpoint unless one forbids it. */
const CHECKPOINTS_BY_DEFAULT: readonly Stack[] = ["llamafactory", "trl", "unsloth"];

const isSpent = (id: FixId, { flags, stacks }: Setting): boolean =>
  [...flags].some((flag) => SPENT[flag]?.includes(id)) ||
  (id === "checkpointing" && stacks.some((stack) => CHECKPOINTS_BY_DEFAULT.includes(stack))) ||
  // One card has nothing to share with; only a text that speaks of several is advised to shard what is not sharded.
  (id === "fused-loss" && stacks.includes("unsloth"));

/** Cases whose cause stands in the model and its batch: what to turn depends on the run. */
const BY_BUDGET: ReadonlySet<string> = new Set([
  "gpu_device/capacity",
  "gpu_device/large_request",
  "gpu_device/bare",
  "gpu_device/hidden",
  "gpu_device/loss_logits",
  "gpu_device/long_sequence",
  "gpu_device/cuda_graph_pool",
  "gpu_device/auto_batch_zero",
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
const SERVERS: readonly Stack[] = ["vllm", "sglang", "tgi"];

/** Puts a fix at a place, wherever it stood. */
const moveTo = (ids: readonly FixId[], id: FixId, place: number): readonly FixId[] =>
  ids.filter((other) => other !== id).toSpliced(place, 0, id);

/** Fits the row of a case to what the text says is done with the model. */
const fitWork = (names: string, listed: readonly FixId[], setting: Setting): readonly FixId[] => {
  const { work, flags, stacks } = setting;
  if (!names.startsWith("gpu_device/")) return listed;
  const sharesCard = work === "training" && stacks.some((stack) => SERVERS.includes(stack));
  if (work === "serving") {
    const rest = listed.filter((id) => !TRAINING_ONLY.has(id));
    return BY_BUDGET.has(names) ? [...FOR_SERVING, ...rest.filter((id) => !FOR_SERVING.includes(id))] : rest;
  }
  let ids = work === "training" ? listed.filter((id) => id !== "server-budget") : listed;
  if (!BY_BUDGET.has(names)) return ids;
  if (flags.has("manyCards") && !flags.has("sharded")) ids = moveTo(ids, "shard", 2);
  if (flags.has("lengthDecides") && ids.includes("cap-length")) ids = moveTo(ids, "cap-length", 1);
  if (flags.has("attentionScores")) ids = moveTo(ids, "flash-attention", 0);
  if (flags.has("sharded") && !flags.has("offload")) ids = [...ids, "cpu-offload"];
  // A trainer and its rollout server share the card, so the server's share is the first thing to look at.
  return sharesCard ? moveTo(ids, "server-budget", 0) : ids;
};

const HOST_OFFLOAD: readonly FixId[] = ["host-ram", "lora", "small-optimizer"];

/** The fixes of a case before the text rules any out. */
const listedFor = (
  { names, setting, fragmented, figures }: Finding,
  remedies: Remedies,
): readonly FixId[] => {
  const listed = remedies.cases[names].fixes;
  if (names === "host_ram/killed" && setting.flags.has("offload")) return HOST_OFFLOAD;
  const fitting = fitWork(names, listed, setting);
  const idle = idleCache(figures) ?? 0;
  // In one piece the idle cache would have covered the request, so this comes first unless a phase names a better one.
  return fragmented && idle > (shortfall(figures) ?? 0) && !fitting.includes("expandable-segments")
    ? moveTo(fitting, "expandable-segments", 1)
    : fitting;
};

const MAX_FIXES = 8;

/**
 * The fixes for a case, the most useful first; what the text rules out is left out. Where a plan was made, its steps
 * come in their order, behind what the case asks for first where that is no matter of the budget.
 */
export const orderFixes = (
  finding: Finding,
  remedies: Remedies,
  plan: Plan | null = null,
): readonly Fix[] => {
  const listed = listedFor(finding, remedies);
  const open = listed.filter((id) => !isSpent(id, finding.setting));
  const row = open.length > 0 ? open : listed;
  const steps = plan?.steps.map(({ id }) => id) ?? [];
  const first = BY_BUDGET.has(finding.names) || finding.names === "unknown/unknown" ? [] : row.slice(0, 1);
  // Where all steps together do not make it fit, what does comes before them.
  const larger: readonly FixId[] = plan?.fits === false ? ["bigger-gpu", "smaller-model"] : [];
  const ids = plan === null ? row : [...new Set([...first, ...larger, ...steps, ...row])];
  return ids.slice(0, MAX_FIXES).flatMap((id) => remedies.fixes.find((fix) => fix.id === id) ?? []);
};

/** Memory that a plan of /vram speaks of. */
export const isPlanned = ({ names }: Pick<Finding, "names">): boolean =>
  names.startsWith("gpu_device/") ||
  names.startsWith("gpu_kv_cache/") ||
  names.startsWith("unknown/") ||
  names.startsWith("host_ram/sigkill") ||
  names === "host_ram/killed";
