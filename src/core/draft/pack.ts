import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { instantSchema, memberIdSchema } from "#core/ids";
import { bilingualSchema } from "#core/language";
import { slugSchema } from "#core/pack/question";
import { rangeSchema } from "./question.ts";

export const MOST_PACKS = 100;
export const MOST_QUESTIONS = 500;
export const LONGEST_OWNER = 300;
const MOST_DROPPED = 600;

const documentSchema = z.strictObject({
  id: slugSchema,
  /** The file's name. */
  name: z.string().min(1).max(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  at: instantSchema,
  by: memberIdSchema.nullable(),
  /** Stretches that are in no question, why, and how they begin. */
  dropped: z
    .array(z.strictObject({ lines: rangeSchema, reason: z.string().max(100), begins: z.string().max(80) }))
    .max(MOST_DROPPED)
    .readonly(),
});
export type PackDocument = Readonly<z.infer<typeof documentSchema>>;

/** Questions of a tenant's own that are reviewed and published together. */
export const draftPackSchema = z.strictObject({
  schema: z.literal(1),
  /** Names its topic as well. */
  id: slugSchema,
  title: bilingualSchema,
  /** Whose the document is and under which terms it may be used here; nothing is published without it. */
  owner: z.string().min(1).max(LONGEST_OWNER).nullable(),
  documents: z.array(documentSchema).max(50).readonly(),
  /** In the order in which they are asked and reviewed. */
  questions: z.array(slugSchema).max(MOST_QUESTIONS).readonly(),
});
export type DraftPack = Readonly<z.infer<typeof draftPackSchema>>;

export const packId = (id: string): string => `pack/${id}`;

export const readDraftPack = ({ text }: Pick<Dossier, "text">): DraftPack =>
  draftPackSchema.parse(JSON.parse(text));

export const packText = (pack: DraftPack): Pick<Dossier, "text" | "wakeAt"> => ({
  text: JSON.stringify(pack),
  wakeAt: null,
});

/** Stretches as they are kept: in a document with very many the last ones are joined, and none is forgotten. */
export function keptDropped(dropped: PackDocument["dropped"]): PackDocument["dropped"] {
  if (dropped.length <= MOST_DROPPED) return dropped;
  const rest = dropped.slice(MOST_DROPPED - 1);
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return dropped;
  return [...dropped.slice(0, MOST_DROPPED - 1), { ...first, lines: [first.lines[0], last.lines[1]] }];
}

const entrySchema = z.strictObject({ id: slugSchema, title: bilingualSchema, at: instantSchema });

/** What packs a tenant has, and a mark that changes whenever something was published or withdrawn. */
export const indexSchema = z.strictObject({
  packs: z.array(entrySchema).max(MOST_PACKS).readonly(),
  published: z.int().nonnegative(),
});
export type DraftIndex = Readonly<z.infer<typeof indexSchema>>;

/** The dossier of the index. */
export const INDEX = "index";

export const readIndex = (dossier: Pick<Dossier, "text"> | null): DraftIndex =>
  dossier === null ? { packs: [], published: 0 } : indexSchema.parse(JSON.parse(dossier.text));
