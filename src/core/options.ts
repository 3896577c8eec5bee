import type { z } from "zod";
import type { Bilingual } from "./language.ts";

/** What `.meta({...})` of an option says beside its zod type; all of it is optional. */
export interface OptionMeta {
  /** The option's name as a person reads it. */
  label?: Bilingual;
  /** Other keys that people type for it: `bs`, `batch_size`, `批次`. */
  aliases?: readonly string[];
  /** For enums, booleans and numbers: value → other words that people type for it, `{ full: ["全参", "full-ft"] }`. */
  words?: Readonly<Record<string, readonly string[]>>;
  /** A word that is one of the option's values sets it without its key: `qlora`, `flash`. */
  bare?: boolean;
  /** Words that nothing else claims fill the positional options in order. */
  positional?: boolean;
  /** Takes the whole text as it stands: an answer, a log. */
  rest?: boolean;
  /** Numbers may carry k, m or b (binary for `tokens`: 2k is 2048; decimal for `count`: 7b is 7e9). */
  scale?: "tokens" | "count";
}

declare module "zod" {
  interface GlobalMeta extends OptionMeta {}
}

/** Reads a word that sets several options at once; null where the word is not of its kind. */
export type Shorthand = (word: string) => Readonly<Record<string, unknown>> | null;

export type OptionsSchema = z.ZodObject;
