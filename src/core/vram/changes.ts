import { hasAdapters, isTraining, type Settings } from "./settings.ts";
import { isQuantised } from "./weights.ts";

export const changeIds = [
  "fused-loss",
  "flash-attention",
  "checkpointing",
  "micro-batch",
  "packed",
  "small-optimizer",
  "lora",
  "qlora",
  "offload-checkpoints",
  "zero2",
  "zero3",
  "cpu-offload",
  "half-length",
  "half-rank",
  "quantised-weights",
  "small-cache",
  "half-batch",
  "more-gpus",
] as const;
export type ChangeId = (typeof changeIds)[number];

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
export const changes: readonly (readonly [ChangeId, Change])[] = [
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
  ["packed", training(({ packing }) => (packing === false ? { packing: true } : null))],
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
  ["half-batch", ({ batch }) => (batch === 1 ? null : { batch: Math.floor(batch / 2) })],
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
    (settings) => {
      const { gpus, parallel, weightsDtype } = settings;
      if (parallel === "pp") return null;
      if (!isTraining(settings)) return { gpus: gpus * 2, parallel: "tp" };
      const scheme = isQuantised(weightsDtype) ? "fsdp" : "zero3";
      return { gpus: gpus * 2, parallel: parallel === "ddp" || parallel === null ? scheme : parallel };
    },
  ],
];
