import { z } from "zod";
import { bilingualSchema } from "#core/language";

/** Published once, in this order; scripts read them. */
export const FIX_IDS = [
  "micro-batch",
  "checkpointing",
  "cap-length",
  "flash-attention",
  "fused-loss",
  "lora",
  "quantised-base",
  "small-optimizer",
  "shard",
  "cpu-offload",
  "sequence-parallel",
  "activation-offload",
  "expandable-segments",
  "free-other-process",
  "server-budget",
  "eval-logits",
  "sharded-save",
  "resume-on-cpu",
  "shm-size",
  "fd-limit",
  "host-ram",
  "leak",
  "raise-cap",
  "fix-shape",
  "unpin",
  "driver",
  "disk-space",
  "smaller-model",
  "bigger-gpu",
  "not-memory",
] as const;
export const fixIdSchema = z.enum(FIX_IDS);
export type FixId = z.infer<typeof fixIdSchema>;

export const fixSchema = z.strictObject({
  id: fixIdSchema,
  title: bilingualSchema,
  /** A share, never invented GiB: the message does not state the model. */
  saves: bilingualSchema,
  cost: bilingualSchema,
  /** When it does not help. */
  unless: bilingualSchema,
});
export type Fix = z.infer<typeof fixSchema>;
