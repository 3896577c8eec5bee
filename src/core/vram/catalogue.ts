import { z } from "zod";
import { vramOptions } from "./request.ts";
import { weightsDtypes } from "./values.ts";

const count = z.number().int().nonnegative();

/** The dimensions of a transformer that decide how much memory it takes. */
const shapeSchema = z.object({
  params: z.number().positive(),
  hidden: count.positive(),
  layers: count.positive(),
  heads: count.positive(),
  kvHeads: count.positive(),
  /** For MLA, the part of a head that carries no position. */
  headDim: count.positive(),
  /** For a mixture of experts, the width of its dense layers; experts have `moe.expertIntermediate`. */
  intermediate: count.positive(),
  vocab: count.positive(),
  /** Learned position vectors, where a model has a table of them. */
  positions: count.optional(),
  tiedEmbeddings: z.boolean(),
  mlp: z.enum(["gated", "plain"]),
  moe: z
    .object({
      experts: count.positive(),
      topK: count.positive(),
      expertIntermediate: count.positive(),
      sharedIntermediate: count,
      denseLayers: count,
    })
    .nullable(),
  mla: z
    .object({
      qLoraRank: count.positive().nullable(),
      kvLoraRank: count.positive(),
      ropeHeadDim: count.positive(),
      nopeHeadDim: count.positive(),
      vHeadDim: count.positive(),
    })
    .nullable(),
  slidingWindow: z.object({ window: count.positive(), localLayers: count }).nullable(),
  linearAttention: z
    .object({
      fullAttentionLayers: count,
      linearLayers: count,
      keyHeads: count,
      valueHeads: count,
      keyHeadDim: count,
      valueHeadDim: count,
      convKernel: count,
    })
    .nullable(),
});
export type Shape = Readonly<z.infer<typeof shapeSchema>>;

export const architectureSchema = shapeSchema.extend({
  id: z.string().min(1),
  aliases: z.array(z.string()),
  /** The exact total that a checkpoint or its loader states, where it was read; `params` is counted from the dimensions. */
  published: count.positive().nullable(),
  note: z.string().nullable(),
  /** Where the dimensions were read. */
  source: z.string(),
});
export type Architecture = Readonly<z.infer<typeof architectureSchema>>;

export const gpuSchema = z.object({
  id: z.string().min(1),
  /** Nominal memory in GiB: what the vendor calls GB. */
  gib: z.number().positive(),
  /** What the driver or PyTorch reports as its total, in GiB, or what the system lets a GPU wire of unified memory. */
  total: z.number().positive().nullable(),
  kind: z.enum(["nvidia", "amd", "apple", "ascend"]),
  aliases: z.array(z.string()),
  /** Shown in every answer, one card per size. */
  common: z.boolean(),
  source: z.string(),
});
export type Gpu = Readonly<z.infer<typeof gpuSchema>>;

/** A published measurement: the settings it was made with, as far as its source prints them, and the figure. */
export const measurementSchema = vramOptions.extend({
  id: z.string(),
  source: z.string(),
  model: z.string(),
  measured_gib_per_gpu: z.number().positive(),
});
export type Measurement = Readonly<z.infer<typeof measurementSchema>>;

export const namesSchema = z.object({
  /** Chinese names of model families → the spelling that ids use. */
  families: z.record(z.string(), z.string()),
  /** Ids of one family in rising size, whose shapes stand in where only a size is given. */
  typical: z.array(z.string()).min(1),
  /** Ids whose checkpoints are published in fewer than 16 bits → what they call it, and the nearest dtype known here. */
  published: z.record(z.string(), z.tuple([z.string(), z.enum(weightsDtypes)])),
});

/** What /vram knows about models, cards and published runs. */
export interface ModelCatalogue {
  readonly architectures: readonly Architecture[];
  readonly gpus: readonly Gpu[];
  /** Runs that constants were chosen on. */
  readonly measurements: readonly Measurement[];
  /** Runs that were collected afterwards, to judge the estimates by. */
  readonly aside: readonly Measurement[];
  readonly names: Readonly<z.infer<typeof namesSchema>>;
}
