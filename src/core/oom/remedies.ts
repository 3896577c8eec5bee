import { z } from "zod";
import { bilingualSchema } from "#core/language";
import { CASES } from "./kinds.ts";
import { wordsSchema } from "./words.ts";

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
const fixIdSchema = z.enum(FIX_IDS);
export type FixId = z.infer<typeof fixIdSchema>;

const STACKS = [
  "hf",
  "llamafactory",
  "axolotl",
  "unsloth",
  "deepspeed",
  "fsdp",
  "torch",
  "vllm",
  "sglang",
  "docker",
] as const;
const stackSchema = z.enum(STACKS);
export type Stack = z.infer<typeof stackSchema>;

const fixSchema = z.strictObject({
  id: fixIdSchema,
  title: bilingualSchema,
  /** A share, never invented GiB: the message does not state the model. */
  saves: bilingualSchema,
  cost: bilingualSchema,
  /** When it does not help. */
  unless: bilingualSchema,
  /** How it is written, by trainer or tool. */
  snippets: z.partialRecord(stackSchema, z.string().trim().min(1)).optional(),
});
export type Fix = z.infer<typeof fixSchema>;

const questionIdSchema = z.enum(["setup", "rising", "nvidia-smi", "dmesg", "sacct", "shm", "df", "log"]);

const caseSchema = z.strictObject({
  /** What happened, behind the name of the memory and a colon. */
  what: bilingualSchema,
  /** The most useful first; what the text rules out is passed over. */
  fixes: z.array(fixIdSchema).max(8),
  /** What people try in this case in vain. */
  useless: bilingualSchema.optional(),
  /** The one question whose answer would change the advice most. */
  send: questionIdSchema,
});

const remedySchema = z.strictObject({
  title: bilingualSchema,
  right: bilingualSchema,
  /** Where the source document is wrong or silent. */
  wrong: bilingualSchema.optional(),
});

/** All that `/oom` knows and is not arithmetic: fixes, cases, the playbook, the words of people. */
export const remediesSchema = z.strictObject({
  fixes: z
    .array(fixSchema)
    .refine(
      (fixes) => fixes.map(({ id }) => id).join() === FIX_IDS.join(),
      "every fix once, in the published order",
    ),
  cases: z.record(z.enum(CASES), caseSchema),
  questions: z.record(questionIdSchema, bilingualSchema),
  playbook: z.array(remedySchema).min(1),
  words: wordsSchema,
});
export type Remedies = z.infer<typeof remediesSchema>;
