import { z } from "zod";
import { bilingualSchema } from "#core/language";
import { FIX_IDS, fixIdSchema, fixSchema } from "./fixes.ts";
import { CASES } from "./kinds.ts";
import { STACKS, trainerSchema } from "./trainers.ts";
import { wordsSchema } from "./words.ts";

const questionIdSchema = z.enum(["setup", "rising", "nvidia-smi", "dmesg", "sacct", "shm", "df", "log"]);

const caseSchema = z.strictObject({
  /** What happened, behind the name of the memory and a colon. */
  what: bilingualSchema,
  /** How one can tell, what else it could have been, and why the fixes come in this order. */
  why: bilingualSchema,
  /** The most useful first; what the text rules out is passed over. */
  fixes: z.array(fixIdSchema).max(8),
  /** What people try in this case in vain. */
  useless: bilingualSchema.optional(),
  /** The one question whose answer would change the advice most. */
  send: questionIdSchema,
});

const pageIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/);

const pageSchema = z.strictObject({
  id: pageIdSchema,
  title: bilingualSchema,
  /** One line for the list. */
  short: bilingualSchema,
  /** Whether the source document has it, or left it out. */
  origin: z.enum(["document", "omitted"]),
  /** What is right about it. */
  right: bilingualSchema,
  /** Where the source document is wrong or silent. */
  wrong: bilingualSchema.optional(),
  /** A worked size, with its formula. */
  example: bilingualSchema.optional(),
  /** What it is called in the table of fixes: what it saves, costs, and when it is useless. */
  fixes: z.array(fixIdSchema).min(1).max(4),
});
export type PlaybookPage = z.infer<typeof pageSchema>;

/** All that `/oom` knows and is not arithmetic: fixes, cases, trainers, the playbook, the words of people. */
export const remediesSchema = z.strictObject({
  fixes: z
    .array(fixSchema)
    .refine(
      (fixes) => fixes.map(({ id }) => id).join() === FIX_IDS.join(),
      "every fix once, in the published order",
    ),
  trainers: z
    .array(trainerSchema)
    .refine(
      (trainers) => trainers.map(({ id }) => id).join() === STACKS.join(),
      "every trainer once, in the order of its stacks",
    ),
  cases: z.record(z.enum(CASES), caseSchema),
  questions: z.record(questionIdSchema, bilingualSchema),
  playbook: z
    .array(pageSchema)
    .min(1)
    // A menu holds no more on any platform.
    .max(25)
    .refine((pages) => new Set(pages.map(({ id }) => id)).size === pages.length, "every page has its own id"),
  words: wordsSchema,
});
export type Remedies = z.infer<typeof remediesSchema>;
