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
  "needless",
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
  "marks",
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
  /** Concepts that some of the aliases name as well; said here, so that the lint takes it for meant. */
  shares: z.array(z.string()).default([]),
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

/** Slots for sixty thousand places, so that the table never widens while the glossary grows. */
const ROOM = 1 << 17;

/** Builds the glossary; the same id in two files adds aliases to it. */
export function compileGlossary(files: readonly GlossaryFile[]): Glossary {
  const entries: GlossaryEntry[] = [];
  const numberOf = new Map<string, number>();
  const lexicon = new Lexicon(ROOM);
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
  const state: Digest = { high: 0xdeadbeef, low: 0x41c6ce57 };
  digest(value, state);
  let { high, low } = state;
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
}

interface Digest {
  high: number;
  low: number;
}

/** Not a letter of any text: where one string ends and the next begins. */
const BORDER = 0xffff;

// Text by text, since one string of the whole glossary takes longer to build than to hash.
function digest(value: unknown, state: Digest): void {
  if (typeof value === "string") mix(value, state);
  else if (Array.isArray(value)) {
    mix("[", state);
    for (const inner of value) digest(inner, state);
    mix("]", state);
  } else if (value !== null && typeof value === "object") {
    mix("{", state);
    for (const [key, inner] of Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (inner === undefined) continue;
      mix(key, state);
      digest(inner, state);
    }
    mix("}", state);
  } else mix(`:${String(value)}`, state);
}

function mix(text: string, state: Digest): void {
  let { high, low } = state;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  state.high = Math.imul(high ^ BORDER, 2654435761);
  state.low = Math.imul(low ^ BORDER, 1597334677);
}
