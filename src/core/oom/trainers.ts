import { z } from "zod";
import { fixIdSchema } from "./fixes.ts";
import { hits } from "./words.ts";

/** Trainers first, then what shards or serves, then where it runs: the first that has a snippet writes the fix. */
export const STACKS = [
  "llamafactory",
  "axolotl",
  "unsloth",
  "litgpt",
  "trl",
  "hf",
  "deepspeed",
  "fsdp",
  "vllm",
  "sglang",
  "tgi",
  "llamacpp",
  "ollama",
  "jax",
  "tensorflow",
  "docker",
  "kubernetes",
  "slurm",
  "torch",
] as const;
const stackSchema = z.enum(STACKS);
export type Stack = z.infer<typeof stackSchema>;

export const trainerSchema = z.strictObject({
  id: stackSchema,
  name: z.string().trim().min(1),
  /** Where the names of the options were read, and in which state. */
  documentation: z.string().trim().min(1),
  /** Words that name it, lower case. */
  signs: z.array(z.string().min(1).max(60)).min(1),
  /** How a fix is written there; `{accumulation}`, `{length}` and `{context}` stand for numbers of the run. */
  snippets: z.partialRecord(fixIdSchema, z.string().trim().min(1)),
});
export type Trainer = Readonly<z.infer<typeof trainerSchema>>;

/** What takes another's options as well as its own. */
const ALSO: Readonly<Partial<Record<Stack, readonly Stack[]>>> = {
  unsloth: ["trl", "hf"],
  trl: ["hf"],
};

/** The trainers, servers and places that a lower-case text names, the most specific first. */
export const readStacks = (text: string, trainers: readonly Trainer[]): readonly Stack[] => {
  const named = trainers.filter(({ signs }) => hits(text, signs).length > 0).map(({ id }) => id);
  const all = new Set(named.flatMap((id) => [id, ...(ALSO[id] ?? [])]));
  return STACKS.filter((id) => all.has(id));
};

/** Numbers that a snippet takes from the run. */
export interface SnippetNumbers {
  readonly accumulation: number;
  readonly length: number;
  readonly context: number;
}

/** Where nothing is known of the run. */
export const USUAL_NUMBERS: SnippetNumbers = { accumulation: 16, length: 2048, context: 8192 };

export interface Snippet {
  readonly trainer: string;
  readonly text: string;
}

/** How a fix is written by the first of the member's stacks that has a word for it; null where none has. */
export const snippetFor = (
  fix: z.infer<typeof fixIdSchema>,
  stacks: readonly Stack[],
  trainers: readonly Trainer[],
  numbers: SnippetNumbers,
): Snippet | null => {
  for (const stack of stacks) {
    const trainer = trainers.find(({ id }) => id === stack);
    const template = trainer?.snippets[fix];
    if (trainer === undefined || template === undefined) continue;
    const text = template
      .replaceAll("{accumulation}", String(numbers.accumulation))
      .replaceAll("{length}", String(numbers.length))
      .replaceAll("{context}", String(numbers.context));
    return { trainer: trainer.name, text };
  }
  return null;
};
