import { z } from "zod";
import { Lexicon } from "./lexicon.ts";

/**
 * What an entry does in a clause. `concept` is a thing that is spoken of; the others are the small words that turn,
 * bend or colour what is said.
 */
export const entryTypeSchema = z.enum([
  "concept",
  "up",
  "down",
  "not",
  "forbid",
  "useless",
  "no-turn",
  "without",
  "reject",
  "contrast",
  "correct",
  "belief",
  "question",
  "relation",
  "subject",
  "former",
  "latter",
  "one",
  "injection",
]);
export type EntryType = z.infer<typeof entryTypeSchema>;

const entrySchema = z.strictObject({
  type: entryTypeSchema.default("concept"),
  /** What the concept belongs to; two or more topics make it shared. Words of everyday use have none. */
  topics: z.array(z.string()).default([]),
  /** The concept can grow or shrink, so direction words belong to it. */
  quantity: z.boolean().default(false),
  zh: z.array(z.string().min(1)).default([]),
  en: z.array(z.string().min(1)).default([]),
  /** Longer strings in which the aliases mean something else. */
  blockers: z.array(z.string().min(1)).default([]),
});

/** A glossary file: concept id to what it is called. */
export const glossaryFileSchema = z.strictObject({
  schema: z.literal(1),
  entries: z.record(z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), entrySchema),
});
export type GlossaryFile = z.infer<typeof glossaryFileSchema>;

export interface GlossaryEntry {
  readonly id: string;
  readonly type: EntryType;
  readonly topics: readonly string[];
  readonly quantity: boolean;
}

/** All glossary files as one, ready to read texts with. */
export interface Glossary {
  readonly entries: readonly GlossaryEntry[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly lexicon: Lexicon;
  readonly hash: string;
}

/** Meaning of a blocker: it takes the place and says nothing. */
export const BLOCKED = -1;

/** Builds the glossary; the same id in two files adds aliases to it. */
export function compileGlossary(files: readonly GlossaryFile[]): Glossary {
  const entries: GlossaryEntry[] = [];
  const numberOf = new Map<string, number>();
  const lexicon = new Lexicon();
  for (const file of files) {
    for (const [id, entry] of Object.entries(file.entries)) {
      let number = numberOf.get(id);
      if (number === undefined) {
        number = entries.length;
        numberOf.set(id, number);
        entries.push({ id, type: entry.type, topics: entry.topics, quantity: entry.quantity });
      }
      for (const alias of entry.zh) lexicon.add(alias, number);
      for (const alias of entry.en) lexicon.add(alias, number);
      for (const blocker of entry.blockers) lexicon.add(blocker, BLOCKED);
    }
  }
  return { entries, numberOf, lexicon, hash: hashOf(files) };
}

/** A stable 53-bit hash of plain data, keys in any order, as 14 hexadecimal digits (cyrb53). */
export function hashOf(value: unknown): string {
  const text = canonical(value);
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
    return `{${parts.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
