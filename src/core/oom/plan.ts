import { Refusal, type Sentence } from "#core/refusal";
import { gib } from "#core/vram/bytes";
import type { ModelCatalogue } from "#core/vram/catalogue";
import { type Estimate, estimate } from "#core/vram/estimate";
import { MARGIN, resolveGpu, usableGib } from "#core/vram/gpus";
import type { VramRequest } from "#core/vram/request";
import type { FixId } from "./fixes.ts";
import type { Figures } from "./kinds.ts";

export interface Step {
  readonly id: FixId;
  /** Behind the steps before it, in GiB per GPU. */
  readonly savesGib: number;
}

/** Fixes for one run, each with what it saves there, and what the run needs after all of them. */
export interface Plan {
  /** The model as /vram names it. */
  readonly model: string;
  readonly method: string;
  readonly batch: number;
  readonly seq: number;
  readonly gpus: number;
  readonly needsGib: number;
  readonly lowGib: number;
  readonly highGib: number;
  /** What this run can have of the card; null where no card is known. */
  readonly roomGib: number | null;
  readonly steps: readonly Step[];
  readonly afterGib: number;
  /** With the usual margin; null where no card is known. */
  readonly fits: boolean | null;
  /** Per node, where the run offloads. */
  readonly hostRamGib: number | null;
  readonly assumptions: readonly Sentence[];
  /** The run after all steps, for /vram. */
  readonly after: VramRequest;
}

/** What a fix makes of a run; null where it is on already or has no meaning there. */
type Change = (run: VramRequest, now: Estimate) => Partial<VramRequest> | null;

const training =
  (change: Change): Change =>
  (run, now) =>
    now.settled.settings.method === "inference" ? null : change(run, now);
const serving =
  (change: Change): Change =>
  (run, now) =>
    now.settled.settings.method === "inference" ? change(run, now) : null;

/** Cheapest first; what changes the method or loses text comes after what only costs time. */
const CHANGES: readonly (readonly [FixId, Change])[] = [
  ["fused-loss", training((_, { settled }) => (settled.settings.ce === "fused" ? null : { ce: "fused" }))],
  [
    "flash-attention",
    training((_, { settled }) => (settled.settings.flashAttention ? null : { flash_attn: true })),
  ],
  [
    "checkpointing",
    training((_, { settled }) => (settled.settings.checkpointing === false ? { grad_ckpt: true } : null)),
  ],
  [
    "micro-batch",
    training((_, { settled }) => {
      const { batch, accumulation } = settled.settings;
      return batch === 1 ? null : { batch: 1, accumulation: accumulation * batch };
    }),
  ],
  [
    "small-optimizer",
    training((_, { settled }) =>
      settled.settings.optimizer === "adamw" ? { optimizer: "paged-adamw-8bit" } : null,
    ),
  ],
  [
    "shard",
    training((_, { settled }) => {
      const { gpus, parallel } = settled.settings;
      return gpus > 1 && (parallel === null || parallel === "ddp" || parallel === "zero2")
        ? { parallel: "zero3" }
        : null;
    }),
  ],
  [
    "server-budget",
    serving((_, { settled }) => (settled.settings.kvDtype === "bf16" ? { kv_dtype: "fp8" } : null)),
  ],
  [
    "quantised-base",
    serving((_, { settled }) =>
      settled.settings.weightsDtype.includes("4") ? null : { weights_dtype: "awq-int4" },
    ),
  ],
  ["lora", training((_, { settled }) => (settled.settings.method === "full" ? { method: "lora" } : null))],
  [
    "quantised-base",
    training((_, { settled }) =>
      settled.settings.method === "lora" ? { method: "qlora", weights_dtype: "nf4-dq" } : null,
    ),
  ],
  [
    "cap-length",
    (_, { settled }) => {
      const { seq } = settled.settings;
      return seq < 256 ? null : { seq: Math.floor(seq / 2), gen_tokens: null };
    },
  ],
  [
    "cpu-offload",
    training((_, { settled }) => {
      const { method, parallel } = settled.settings;
      return method === "qlora" || (parallel?.endsWith("offload") ?? false)
        ? null
        : { parallel: "zero3-offload" };
    }),
  ],
  ["bigger-gpu", serving((_, { settled }) => ({ gpus: settled.settings.gpus * 2, parallel: "tp" }))],
];

/** A step that saves less than this share of the need is not worth its line. */
const LEAST_SHARE = 0.02;

/** The estimate, or null where settings contradict each other: then the change cannot be made. */
const tryEstimate = (run: VramRequest, catalogue: ModelCatalogue): Estimate | null => {
  try {
    return estimate(run, catalogue);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

interface State {
  readonly run: VramRequest;
  readonly now: Estimate;
}

const apply = (state: State, index: number, catalogue: ModelCatalogue): State | null => {
  const partial = CHANGES[index]?.[1](state.run, state.now) ?? null;
  if (partial === null) return null;
  const run = { ...state.run, ...partial };
  const now = tryEstimate(run, catalogue);
  if (now === null) return null;
  const saved = state.now.peakBytes - now.peakBytes;
  return saved < state.now.peakBytes * LEAST_SHARE ? null : { run, now };
};

const peakGib = ({ now }: State): number => gib(now.peakBytes);

const STRONGEST = 3;

/** Where no card is known: the changes that save most, each taken alone. */
const strongest = (before: State, catalogue: ModelCatalogue): number[] =>
  CHANGES.flatMap((_, index) => {
    const next = apply(before, index, catalogue);
    return next === null ? [] : [{ index, left: peakGib(next) }];
  })
    .toSorted((a, b) => a.left - b.left)
    .slice(0, STRONGEST)
    .map(({ index }) => index);

/** The card's memory that this run can have: as the message states it, less what others hold. */
const roomFor = (figures: Figures, run: VramRequest, catalogue: ModelCatalogue): number | null => {
  if (figures.total !== null) return figures.total - (figures.others ?? 0);
  if (run.gpu === null || run.gpu === undefined) return null;
  try {
    return usableGib(resolveGpu(run.gpu, catalogue));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

/**
 * The shortest row of fixes, cheapest first, after which the run fits with the usual margin, each with what it saves.
 * Without a card, what each of them saves behind the others.
 * @throws Refusal for a model that /vram does not know and for settings that contradict each other
 */
export const makePlan = (run: VramRequest, figures: Figures, catalogue: ModelCatalogue): Plan => {
  const before: State = { run, now: estimate(run, catalogue) };
  const room = roomFor(figures, run, catalogue);
  const fits = (state: State): boolean => room !== null && peakGib(state) * MARGIN <= room;
  const all = (indexes: readonly number[]): State =>
    indexes.reduce((state, index) => apply(state, index, catalogue) ?? state, before);

  let taken: number[] = [];
  let state = before;
  for (let index = 0; room !== null && index < CHANGES.length && !fits(state); index += 1) {
    const next = apply(state, index, catalogue);
    if (next === null) continue;
    state = next;
    taken.push(index);
  }
  // The last change made it fit; earlier ones may have become superfluous, the dearest first.
  if (fits(state)) {
    for (const index of taken.toReversed()) {
      const without = taken.filter((other) => other !== index);
      if (fits(all(without))) taken = without;
    }
  }
  if (room === null) taken = strongest(before, catalogue);
  const steps: Step[] = [];
  let current = before;
  for (const index of taken) {
    const next = apply(current, index, catalogue);
    const id = CHANGES[index]?.[0];
    if (next === null || id === undefined) continue;
    steps.push({ id, savesGib: peakGib(current) - peakGib(next) });
    current = next;
  }
  const { settings, model } = before.now.settled;
  return {
    model: model.name,
    method: settings.method,
    batch: settings.batch,
    seq: settings.seq,
    gpus: settings.gpus,
    needsGib: peakGib(before),
    lowGib: gib(before.now.interval.lowBytes),
    highGib: gib(before.now.interval.highBytes),
    roomGib: room,
    steps,
    afterGib: peakGib(current),
    fits: room === null ? null : fits(current),
    hostRamGib: before.now.hostRamBytes === null ? null : gib(before.now.hostRamBytes),
    assumptions: before.now.assumptions,
    after: current.run,
  };
};
